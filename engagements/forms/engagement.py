"""The form in which an engagement is told: what, when, where, with whom, for what, outcome and cost."""

import datetime as dt
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.models import Office, Sensitivity, User
from accounts.people import PersonField
from common.bilingual import reader_language
from common.cautions import Caution
from common.filter_fields import shown
from common.forms import (
    AskedChoiceField,
    CautiousForm,
    ErrorLink,
    FixedChoiceField,
    FixedTypedChoiceField,
)
from common.partial_dates import END_PRECISIONS, START_PRECISIONS, PartialDate, Precision
from common.text import (
    LINE_LENGTH,
    TITLE_LENGTH,
    PlainTextField,
)
from engagements.alignments import Tag, alignments_of, objectives_allowed
from engagements.forms import dates
from engagements.forms.approval import APPROVAL, asks_approval, judge_approval
from engagements.forms.money import MoneyField
from engagements.forms.parts import (
    countries_in,
    part_rows,
    parts_from,
    why_archived,
    why_not_found,
    with_what_is_being_added,
)
from engagements.forms.sensitivity import levels_offered, lowering, why_not_so_high
from engagements.forms.texts import WebAddressField, long_text
from engagements.kinds import Kind
from engagements.models import Alignment, Engagement
from objectives.models import FrameworkKind, Objective
from partners.models import Partner


class EngagementForm(CautiousForm):
    """Validates what is told; `values()` is what the actions take.

    `data` is always a QueryDict, for a form that is opened as well (see `opened`), because partners,
    countries and objectives are lists that live in it. With `draft=True` a title is enough.
    """

    summary_labels = dates.SUMMARY_LABELS

    kind = FixedChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("", gettext_lazy("choose a kind")), *Kind.choices],
        help_text=gettext_lazy("Changing it later wipes nothing."),
        widget=forms.Select(attrs={"class": "w-16"}),
        error_messages={"required": gettext_lazy("Choose a kind.")},
    )
    title_en = PlainTextField(
        label=gettext_lazy("Title in English"), max_length=TITLE_LENGTH, required=False
    )
    title_fr = PlainTextField(
        label=gettext_lazy("Title in French"), max_length=TITLE_LENGTH, required=False
    )
    text_language = FixedChoiceField(
        label=gettext_lazy("The text below is written in"),
        choices=User.Language,
        required=False,
        widget=forms.Select(attrs={"class": "select-auto"}),
    )
    purpose = long_text(gettext_lazy("Purpose"))
    locals().update(dates.date_fields("start", START_PRECISIONS))
    locals().update(dates.date_fields("end", END_PRECISIONS))
    place = PlainTextField(
        label=gettext_lazy("Place"),
        max_length=LINE_LENGTH,
        required=False,
        help_text=gettext_lazy("City, institution or venue."),
    )
    outcome = long_text(
        gettext_lazy("Outcome"),
        help_text=gettext_lazy("What changed, or what was agreed. Two sentences serve the brief."),
    )
    lessons = long_text(gettext_lazy("Lessons"))
    lead_office = AskedChoiceField(
        Office.objects.current(),
        called="current offices",
        label=gettext_lazy("Lead office"),
        to_field_name="code",
        empty_label=pgettext_lazy("office", "choose an office"),
        error_messages={
            "required": gettext_lazy("Choose the office that leads."),
            "invalid_choice": gettext_lazy("There is no such office. Choose one from the list."),
        },
    )
    lead_officer = PersonField(
        User.objects.filter(is_active=True),
        called="active people",
        label=gettext_lazy("Lead officer"),
        to_field_name="username",
        required=False,
        empty_label=gettext_lazy("not named"),
    )
    csc_participants = forms.IntegerField(
        label=gettext_lazy("People from CSC"),
        required=False,
        min_value=0,
        max_value=100_000,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-4"}),
        error_messages={
            "invalid": gettext_lazy("Give a whole number, such as 4."),
            "min_value": gettext_lazy("Give a number from 0 to 100,000."),
            "max_value": gettext_lazy("Give a number from 0 to 100,000."),
        },
    )
    csc_posts = long_text(
        gettext_lazy("Their posts, as they were that day"),
        help_text=gettext_lazy("Posts, not names."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    planned_cost = MoneyField(label=gettext_lazy("Planned cost (CAD)"))
    actual_cost = MoneyField(label=gettext_lazy("Actual cost (CAD)"))
    paid_by = PlainTextField(label=gettext_lazy("Paid by"), max_length=LINE_LENGTH, required=False)
    sensitivity = FixedTypedChoiceField(
        label=gettext_lazy("Sensitivity"),
        choices=Sensitivity,
        coerce=int,
        required=False,
        empty_value=Sensitivity.UNCLASSIFIED,  # type: ignore[arg-type]
        help_text=gettext_lazy(
            "Above Protected B has no place here. You can mark it as high as you are cleared."
        ),
        widget=forms.RadioSelect,
    )
    approval = FixedChoiceField(
        label=gettext_lazy("Approval"),
        choices=Engagement.Approval,
        required=False,
        widget=forms.RadioSelect,
    )
    approved_by = PlainTextField(
        label=gettext_lazy("Approved by"),
        max_length=LINE_LENGTH,
        required=False,
        help_text=gettext_lazy("If it was given and you know by whom."),
    )
    approved_on = forms.DateField(
        label=gettext_lazy("Approved on"),
        required=False,
        help_text=gettext_lazy("Such as 2026-11-22."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"class": "w-10"}),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": gettext_lazy("This is not a date. Write it as 2026-11-22.")},
    )
    source_url = WebAddressField(
        label=gettext_lazy("Source page"),
        help_text=gettext_lazy("Where it can be read about, if anywhere."),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={
            "invalid": gettext_lazy(
                "This is not an address. Write it as https://www.example.org/page."
            )
        },
    )

    data: QueryDict

    def __init__(
        self,
        data: QueryDict,
        *,
        user: User,
        engagement: Engagement | None = None,
        draft: bool = False,
    ) -> None:
        self.user, self.engagement, self.is_draft = user, engagement, draft
        super().__init__(with_what_is_being_added(data))
        cast(forms.ChoiceField, self.fields["sensitivity"]).choices = levels_offered(self)
        self.fields["sensitivity"].error_messages["invalid_choice"] = why_not_so_high(self)
        for language in ("en", "fr"):
            self.fields[f"title_{language}"].widget.attrs["lang"] = language
        self.fields[f"title_{reader_language()}"].help_text = _(
            "In the language you work in; the other can follow."
        )
        if draft:
            for field in self.fields.values():
                field.required = False
        if not asks_approval(engagement):
            for name in APPROVAL:
                del self.fields[name]
        self.rows = part_rows(self.data)
        self.countries = countries_in(self.data)

    # Looked up: a row of a spreadsheet has it at hand (engagements/imports/row_form.py)

    def objectives_allowed(self, day: dt.date) -> dict[str, Objective]:
        """By code: what may be tagged on that day, of what is chosen at least."""
        return objectives_allowed(self.logged_record, day, wanted=self.objective_codes)

    def alignments_known(self) -> dict[int, Alignment]:
        """What it is tagged with already, by objective."""
        known = alignments_of(self.engagement) if self.engagement else []
        return {alignment.objective_id: alignment for alignment in known}

    def had(self, partner: Partner) -> bool:
        """Whether the record has this partner already."""
        return bool(
            self.engagement and self.engagement.participations.filter(partner=partner).exists()
        )

    # Asked once more

    def saved_text(self, name: str) -> str:
        """A draft is saved as it is typed, by itself: what it holds was confirmed by nobody."""
        return getattr(self.logged_record, name, "") or ""

    def cautions(self) -> list[Caution]:
        return [*super().cautions(), *lowering(self)]

    # Shown, not judged

    def unjudged(self) -> "EngagementForm":
        """The same form, everything typed in it and nothing said against it."""
        self._errors = ErrorDict(renderer=self.renderer)
        self.cleaned_data = {}
        return self

    def asked_alone(self) -> "EngagementForm":
        """The same form with what it asks once more alone: a draft may be wrong or half told."""
        self._errors = ErrorDict(renderer=self.renderer)
        for caution in self.confirmation.pending:
            self.add_error(caution.name, caution.message)
        return self

    @property
    def error_links(self) -> list[ErrorLink]:
        """In the summary a year or a day says whether it is the start's or the end's."""
        return [replace(link, label=self._label(link)) for link in super().error_links]

    @staticmethod
    def _label(link: ErrorLink) -> str:
        if link.target.startswith("id_start_"):
            return _("Start")
        return _("End") if link.target.startswith("id_end_") else link.label

    @property
    def start_inputs(self) -> list[forms.BoundField]:
        return [self[f"start_{part}"] for part in dates.PARTS]

    @property
    def end_inputs(self) -> list[forms.BoundField]:
        return [self[f"end_{part}"] for part in dates.PARTS]

    @property
    def titles_in_order(self) -> list[forms.BoundField]:
        """The reader's own language first."""
        first, second = (
            ("title_fr", "title_en") if reader_language() == "fr" else ("title_en", "title_fr")
        )
        return [self[first], self[second]]

    def date(self, prefix: str) -> PartialDate | None:
        """The date as typed so far, or None while it is not one."""
        told = {name: self.data.get(name) for name in self.fields if name.startswith(f"{prefix}_")}
        try:
            return dates.date_from(prefix, told)
        except (ValidationError, ValueError, KeyError):
            return None

    @property
    def framework_day(self):
        """The day whose frameworks are offered: that of the start as typed, or else of logging."""
        start = self.date("start")
        if start and start.middle:
            return start.middle
        logged_at = self.engagement.logged_at if self.engagement else timezone.now()
        return timezone.localdate(logged_at)

    @property
    def level(self) -> int:
        """How it is marked as typed so far."""
        typed = self.data.get("sensitivity", "")
        return int(typed) if typed in {str(level) for level in Sensitivity.values} else 0

    @property
    def logged_record(self) -> Engagement | None:
        """What it amends: its tags stay as they were. A draft's follow its date until it is logged."""
        return None if self.engagement is None or self.engagement.is_draft else self.engagement

    @property
    def objective_codes(self) -> list[str]:
        return list(dict.fromkeys(self.data.getlist("objectives")))

    # Judged

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._clean_titles(cleaned)
        for prefix in ("start", "end"):
            self._clean_date(prefix, cleaned)
        self._clean_order(cleaned)
        self._clean_places()
        self._clean_parts(cleaned)
        self._clean_objectives(cleaned)
        if not self.is_draft:
            judge_approval(self, cleaned)
        return cleaned

    def _clean_titles(self, cleaned: dict) -> None:
        if self.is_draft:
            return
        asked = self.titles_in_order[0].name
        if not (cleaned.get("title_en") or cleaned.get("title_fr") or self.has_error(asked)):
            self.add_error(asked, _("Give it a title, in English or in French."))

    def _clean_date(self, prefix: str, cleaned: dict) -> None:
        precision = cleaned.get(f"{prefix}_precision")
        if not precision:
            cleaned[f"{prefix}_precision"] = (
                Precision.DAY if prefix == "start" else Precision.NOT_GIVEN
            )
        if any(self.has_error(f"{prefix}_{part}") for part in dates.PARTS):
            return
        not_told_yet = self.is_draft and prefix == "start" and not dates.is_told(prefix, cleaned)
        if not_told_yet and cleaned["start_precision"] != Precision.UNKNOWN:
            return
        try:
            cleaned[prefix] = dates.date_from(prefix, cleaned)
        except ValidationError as error:
            self.add_error(None, error)

    def _clean_order(self, cleaned: dict) -> None:
        start, end = cleaned.get("start"), cleaned.get("end")
        if start and end and start.is_dated and end.is_dated and end.latest < start.earliest:
            message = _("It ends before it starts. Give a date on or after %(start)s.")
            self.add_error("end_year", message % {"start": start})
            cleaned.pop("end")

    def _clean_places(self) -> None:
        known = {country.iso2 for country in self.countries}
        for code in self.data.getlist("country"):
            if code and code not in known:
                self._refuse(
                    "add_country", _("There is no country with the code “%(code)s”."), code
                )
        self.refuse_what_is_not_found("add_country")

    def _clean_parts(self, cleaned: dict) -> None:
        for row in self.rows:
            if row.partner is None:
                self._refuse(
                    "add_partner", _("There is no partner “%(code)s”. Remove it."), row.code
                )
            elif row.partner.is_archived and not self.had(row.partner):
                self.add_error("add_partner", why_archived(row.partner))
        self.refuse_what_is_not_found("add_partner")
        cleaned["parts"] = parts_from(self.rows)
        if not self.is_draft and not cleaned["parts"] and not self.has_error("add_partner"):
            self.add_error("add_partner", _("Choose at least one partner."))

    def _clean_objectives(self, cleaned: dict) -> None:
        day = (
            cleaned["start"].middle
            if cleaned.get("start") and cleaned["start"].middle
            else self.framework_day
        )
        allowed = self.objectives_allowed(day)
        for code in self.objective_codes:
            if code not in allowed:
                message = _(
                    "“%(code)s” is no objective of a framework in force on %(day)s. "
                    "Choose again from those offered."
                )
                self.add_error(
                    "objectives", message % {"code": shown(code), "day": day.isoformat()}
                )
        chosen = [allowed[code] for code in self.objective_codes if code in allowed]
        kinds = {objective.framework.kind for objective in chosen}
        if not self.is_draft and FrameworkKind.PILLAR not in kinds:
            self.add_error("objectives", _("Choose at least one pillar."))
        known = self.alignments_known()
        cleaned["tags"] = [tag_of(objective, known.get(objective.pk)) for objective in chosen]

    def refuse_what_is_not_found(self, name: str) -> None:
        """What is still typed in "add a partner" or "add a country" names none: say so there."""
        if typed := self.data.get(name, "").strip():
            self.add_error(name, why_not_found(name, typed))

    def _refuse(self, field: str, message: str, code: str) -> None:
        self.add_error(field, message % {"code": shown(code)})

    def values(self) -> dict[str, Any]:
        """What log_engagement, save_draft and amend_engagement take, besides by=."""
        cleaned = self.cleaned_data
        kept = {
            name: cleaned[name]
            for name in self.fields
            if name in cleaned
            and not name.startswith(("start_", "end_", "add_"))
            and name != "objectives"
        }
        kept["start"] = cleaned.get("start") or PartialDate("")
        kept["end"] = cleaned.get("end") or PartialDate(Precision.NOT_GIVEN)
        kept["text_language"] = kept.get("text_language") or reader_language()
        return kept | {
            "parts": cleaned.get("parts", []),
            "tags": cleaned.get("tags", []),
            "countries": self.countries,
        }


# What is being added stands in the form as a field, so that its errors have a place to be.
for _name, _label in (
    ("add_country", gettext_lazy("Add a country")),
    ("add_partner", gettext_lazy("Add a partner")),
    ("objectives", gettext_lazy("Objectives")),
):
    EngagementForm.base_fields[_name] = forms.Field(label=_label, required=False)


def tag_of(objective: Objective, known: Alignment | None) -> Tag:
    """An alignment that is there already keeps its reason; tagging has a page of its own."""
    if known is None:
        return Tag(objective=objective)
    return Tag(
        objective=objective,
        reason=known.reason,
        primary=known.primary,
        demonstration=known.demonstration,
    )
