"""The form in which administrators add and edit a partner, and the one that archives it."""

from typing import Any, cast

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q
from django.forms import formset_factory
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from common.bilingual import reader_language
from common.forms import CautiousForm
from common.text import TITLE_LENGTH, PlainTextField, binary_order, fold
from partners.duplicates import similar_partners
from partners.models import PARTIAL_DATE, Country, Partner

ACRONYM_LENGTH = 40
# Partners that are named to whoever typed none.
FEW = 5
NAMES = ("name_en", "name_fr", "name_own")
ACRONYMS = ("acronym_en", "acronym_fr")
SECTORS = ("in_police", "in_courts", "in_corrections")


def name_field(label: Any, **kwargs) -> PlainTextField:
    return PlainTextField(label=label, max_length=TITLE_LENGTH, required=False, **kwargs)


def acronym_field(label: Any) -> PlainTextField:
    widget = forms.TextInput(attrs={"class": "w-16"})
    return PlainTextField(label=label, max_length=ACRONYM_LENGTH, required=False, widget=widget)


class PartialDateField(PlainTextField):
    """A year, a month or a day, kept as it is written: 2002, 2002-10, 2002-10-01."""

    def __init__(self, *, label: Any) -> None:
        widget = forms.TextInput(attrs={"class": "w-10"})
        super().__init__(label=label, max_length=10, required=False, widget=widget)
        self.validators.append(PARTIAL_DATE)


class PartnerField(PlainTextField):
    """A partner by its code or, as people type them, its whole name or acronym."""

    def __init__(self, **kwargs) -> None:
        super().__init__(max_length=TITLE_LENGTH + ACRONYM_LENGTH, required=False, **kwargs)

    def clean(self, value: str | None) -> Partner | None:
        text = super().clean(value)
        if not text:
            return None
        partner = self._coded(text) or Partner.objects.called(text)
        if partner is None:
            raise forms.ValidationError(_not_called(text), code="unknown")
        return partner

    def _coded(self, text: str) -> Partner | None:
        """Its code, in small or capital letters. Beyond ASCII the databases fold case differently."""
        return Partner.objects.filter(code__iexact=text).first() if text.isascii() else None


def _not_called(text: str) -> Any:
    """Nobody is called so: with the few that come near, for whoever has no list to choose from."""
    near = Partner.objects.active().matching(text).by_name(reader_language())[:FEW]
    if not near:
        return _("There is no partner called that. Write its whole name, its acronym or its code.")
    named = "; ".join(f"{partner.name} ({partner.code})" for partner in near)
    return _("There is no partner called just that. Do you mean one of these? %(partners)s") % {
        "partners": named
    }


class LookedFor(forms.TextInput):
    """Where a script runs, partners are suggested while one types."""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        asks = {
            "hx-get": f"{reverse('engagements:partner_suggestions')}?only=known",
            "hx-trigger": "input changed delay:200ms, typed-early",
            "hx-target": "#parent-list",
            "hx-swap": "innerHTML",
        }
        return super().get_context(name, value, (attrs or {}) | asks)


class PartnerForm(CautiousForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", "–"), *Partner.Kind.choices])
    name_en = name_field(_("Name in English"))
    acronym_en = acronym_field(_("Acronym in English"))
    name_fr = name_field(_("Name in French"))
    acronym_fr = acronym_field(_("Acronym in French"))
    name_own = name_field(
        _("Name in its own language"), help_text=_("Where that is neither English nor French.")
    )
    own_language = PlainTextField(
        label=_("Code of that language"),
        max_length=12,
        required=False,
        help_text=_("Two or three letters: es for Spanish, ar for Arabic."),
        widget=forms.TextInput(attrs={"class": "w-4"}),
    )
    parent = PartnerField(
        label=_("Part of"),
        help_text=_("The organization it stands under: its code, or its whole name or acronym."),
        widget=LookedFor(attrs={"autocomplete": "off"}),
    )
    country = forms.ModelChoiceField(
        label=_("Country"),
        queryset=Country.objects.none(),
        required=False,
        to_field_name="iso2",
        empty_label=_("none"),
        help_text=_("The country whose government it is, or where it has its seat."),
    )
    seat_en = PlainTextField(label=_("Seat in English"), max_length=100, required=False)
    seat_fr = PlainTextField(label=_("Seat in French"), max_length=100, required=False)
    in_police = forms.BooleanField(label=_("Police"), required=False)
    in_courts = forms.BooleanField(label=_("Courts"), required=False)
    in_corrections = forms.BooleanField(label=_("Corrections"), required=False)
    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=300,
        assume_scheme="https",
        help_text=_("Its address: www.example.org will do."),
    )
    crs_code = PlainTextField(
        label=_("CRS channel code"),
        max_length=10,
        required=False,
        help_text=_("Of the OECD’s list of aid channels, where it has one."),
        widget=forms.TextInput(attrs={"class": "w-10"}),
    )
    existed_from = PartialDateField(label=_("Exists since"))
    existed_until = PartialDateField(label=_("Existed until"))

    def __init__(self, *args, partner: Partner | None = None, **kwargs) -> None:
        self.partner = partner
        super().__init__(*args, **kwargs)
        self.fields["own_language"].validators.append(LANGUAGE_CODE)
        offered = Q(retired_on=None)
        if partner and partner.country_id:
            offered |= Q(pk=partner.country_id)
        countries = Country.objects.filter(offered).order_by(
            binary_order(f"sort_{reader_language()}")
        )
        cast(forms.ModelChoiceField, self.fields["country"]).queryset = countries

    @classmethod
    def initial_of(cls, partner: Partner) -> dict[str, Any]:
        initial = {name: getattr(partner, name) for name in cls.base_fields}
        initial["parent"] = partner.parent.code if partner.parent else ""
        initial["country"] = partner.country.iso2 if partner.country else None
        return initial

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        named = {"name_en", "name_fr"} & set(self.errors) or cleaned.get("name_en")
        if not named and not cleaned.get("name_fr"):
            self.add_error("name_en", _("Give the partner a name in English or in French."))
        if cleaned.get("name_own") and not cleaned.get("own_language"):
            self.add_error("own_language", _("Say which language its own name is in."))
        first, last = cleaned.get("existed_from"), cleaned.get("existed_until")
        if first and last and last < first[: len(last)]:
            self.add_error("existed_until", _("It ends before it begins."))
        return cleaned

    # Duplicates

    @cached_property
    def similar(self) -> list[Partner]:
        """Partners this may be, where its names are new; only after is_valid()."""
        if self.partner and not {*NAMES, *ACRONYMS} & set(self.changed_data):
            return []
        values = self.cleaned_data
        return similar_partners(
            [values[name] for name in NAMES],
            acronyms=[values[name] for name in ACRONYMS],
            exclude=self.partner,
        )

    @property
    def names_typed(self) -> str:
        """What a person confirms with “all the same”: these very names, and no others."""
        return fold(" / ".join(self.cleaned_data[name] for name in (*NAMES, *ACRONYMS)))

    @property
    def names(self) -> list:
        return [self[name] for name in ("name_en", "acronym_en", "name_fr", "acronym_fr")]

    @property
    def own_name(self) -> list:
        return [self["name_own"], self["own_language"]]

    @property
    def place(self) -> list:
        return [self[name] for name in ("country", "seat_en", "seat_fr")]

    @property
    def sectors(self) -> list:
        return [self[name] for name in SECTORS]

    @property
    def more(self) -> list:
        return [self[n] for n in ("website", "crs_code", "existed_from", "existed_until")]


LANGUAGE_CODE = RegexValidator(
    r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?$", _("Write the code of a language: es, ar, uk.")
)


class FormerNameForm(CautiousForm):
    """One row; an empty one is no former name."""

    name_en = name_field(_("Name in English"))
    acronym_en = acronym_field(_("Acronym in English"))
    name_fr = name_field(_("Name in French"))
    acronym_fr = acronym_field(_("Acronym in French"))
    used_from = PartialDateField(label=_("In use from"))
    used_until = PartialDateField(label=_("In use until"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = [cleaned.get(name) for name in ("name_en", "name_fr", *ACRONYMS)]
        first, last = cleaned.get("used_from"), cleaned.get("used_until")
        if (first or last) and not any(names) and not self.errors:
            self.add_error("name_en", _("Give the former name in English or in French."))
        if first and last and last < first[: len(last)]:
            self.add_error("used_until", _("It ends before it begins."))
        return cleaned

    @property
    def is_empty(self) -> bool:
        return not any(self.cleaned_data.values())


MOST_FORMER_NAMES = 20
FormerNames = formset_factory(
    FormerNameForm,
    extra=1,
    max_num=MOST_FORMER_NAMES,
    validate_max=True,
    absolute_max=MOST_FORMER_NAMES,
)


def former_names_of(partner: Partner | None) -> list[dict[str, str]]:
    if partner is None:
        return []
    return [
        {name: getattr(former, name) for name in FormerNameForm.base_fields}
        for former in partner.former_names.all()
    ]


class ArchiveForm(CautiousForm):
    reason = PlainTextField(
        label=_("Why is it archived?"),
        max_length=300,
        lines=True,
        help_text=_(
            "Everybody who opens the partner reads this: “merged into …”, “dissolved in …”."
        ),
        error_messages={"required": _("Say why the partner is archived.")},
    )
