"""Two people, one engagement: what the form of one and the record of the other have to be chosen from."""

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import Office, Sensitivity, User
from common import saves
from common.bilingual import reader_language
from common.history.models import Revision
from common.history.tracking import State
from common.partial_dates import PartialDate
from common.side_by_side import (
    MINE,
    THEIRS,
    Aspect,
    Cell,
    Chosen,
    Comparison,
    Data,
    Listing,
    LongText,
    choices_in,
    compare,
    told,
    typed_in,
)
from common.templatetags.liaison import money
from engagements.forms import EngagementForm, dates, opening
from engagements.forms import partner as new_partner
from engagements.forms.approval import asks_approval
from engagements.forms.money import amount_from
from engagements.forms.parts import Role, clean, part_rows
from engagements.kinds import Kind
from engagements.models import Engagement
from objectives.models import Objective
from partners.models import Country, Partner

# Columns that the form shows as they are kept, once they are text.
SAID_ALIKE = ("lead_office", "planned_cost", "actual_cost", "approved_on")


@dataclass(frozen=True, kw_only=True)
class DateAspect(Aspect):
    """Five inputs, one date: said as it will be kept, or as it was typed while it is none."""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(f"{self.name}_{part}" for part in dates.PARTS)

    def value(self, data: Data):
        typed = {name: told(data, name) for name in self.names}
        given = "day" if self.name == "start" else "not-given"
        typed[f"{self.name}_precision"] = typed[f"{self.name}_precision"] or given
        try:
            return dates.date_from(self.name, typed)
        except (ValidationError, ValueError, KeyError):
            return tuple(typed.items())

    def said(self, data: Data) -> str:
        value = self.value(data)
        if not isinstance(value, tuple):
            return str(value)
        return " ".join(told(data, name) for name in self.names[1:] if told(data, name))


@dataclass(frozen=True, kw_only=True)
class MoneyAspect(Aspect):
    def value(self, data: Data):
        typed = told(data, self.name)
        amount = amount_from(typed)
        return typed if amount is None else amount

    def said(self, data: Data) -> str:
        value = self.value(data)
        return value if isinstance(value, str) else str(money(value))

    def cell(self, data: Data, other: Data):
        value = self.value(data)
        return super().cell(data, other) if isinstance(value, str) else Cell(text=money(value))


@dataclass(frozen=True, kw_only=True)
class LevelAspect(Chosen):
    """A marking: the higher one is proposed."""

    def proposed(self, now: Data, mine: Data) -> str:
        return THEIRS if str(self.value(now)) > str(self.value(mine)) else MINE


def compared(
    record: Engagement, typed: QueryDict, *, reader: User, opened: int, choices: bool = True
) -> Comparison:
    """The record as it is beside what was typed on the version `opened`."""
    mine = _typed(typed)
    now = opening.of(record)
    began = base_of(record, opened, reader=reader)
    base = as_opened(began.state) if began else None
    known: list[Data] = [data for data in (now, mine, base) if data is not None]
    return compare(
        aspects(record, known),
        now=now,
        mine=mine,
        base=base,
        choices=choices_in(typed) if choices else None,
    )


def base_of(record: Engagement, version: int, *, reader: User) -> Revision | None:
    """What was on record at that version; None where nobody knows, as of a draft."""
    if record.is_draft:
        return None
    return saves.base_of("engagement", record.pk, version, reader=reader)


def saves_since(record: Engagement, version: int, *, reader: User) -> list[saves.Save]:
    """Who saved what since that version, the newest first; [] where nobody knows."""
    began = base_of(record, version, reader=reader)
    return saves.saves_since(began, reader=reader, changed=partial(_changed, record))


def _changed(record: Engagement, before: State, after: State) -> list[str]:
    """The labels of what differs; the stage and the reasons, which the form does not ask, included."""
    was, became = as_opened(before), as_opened(after)
    fields = aspects(record, [was, became])
    labels = [str(each.label) for each in fields if each.value(was) != each.value(became)]
    if before["stage"] != after["stage"]:
        labels.append(_("Stage"))
    if _reasons(before) != _reasons(after):
        labels.append(_("Reasons and primary objectives"))
    return labels


def _reasons(state: State) -> set[tuple]:
    return {(one["objective"], one["reason"], one["primary"]) for one in state["objectives"]}


def as_opened(state: State) -> QueryDict:
    """What the form shows of a record in that state: see opening.of."""
    values = {name: [opening.said(state[name])] for name in (*opening.PLAIN, *SAID_ALIKE)}
    for prefix in ("start", "end"):
        told_by = dates.initial_of(prefix, _date(prefix, state))
        values |= {name: [value] for name, value in told_by.items()}
    officer = User.objects.filter(pk=state["lead_officer"]).first()
    values |= {
        "partner": [part["partner"] for part in state["partners"]],
        "role": [part["role"] for part in state["partners"]],
        "country": state["countries"],
        "objectives": [one["objective"] for one in state["objectives"]],
        "lead_officer": [officer.username if officer else ""],
    }
    return opening.as_data(values)


def _date(prefix: str, state: State) -> PartialDate:
    days = (state[f"{prefix}_{end}"] for end in ("earliest", "latest"))
    earliest, latest = (dt.date.fromisoformat(day) if day else None for day in days)
    return PartialDate(state[f"{prefix}_precision"], earliest, latest)


def _typed(sent: QueryDict) -> QueryDict:
    data = typed_in(sent)
    # A partner without a role, or with none we know, takes part: as the form reads it.
    rows = part_rows(data)
    data.setlist("partner", [row.code for row in rows])
    data.setlist("role", [row.role for row in rows])
    return data


def aspects(record: Engagement, known: list[Data]) -> list[Aspect]:
    """What the form asks, in its order and its words. `known` are all the texts to be named."""
    labels = {name: str(field.label) for name, field in EngagementForm.base_fields.items()}
    found: list[Aspect] = [
        Chosen(name="kind", label=labels["kind"], words=dict(Kind.choices)),
        Aspect(name="title_en", label=labels["title_en"], language="en"),
        Aspect(name="title_fr", label=labels["title_fr"], language="fr"),
        _long("purpose", labels),
        Chosen(
            name="text_language",
            label=_("Language of the text"),
            words=dict(User.Language.choices),
            empty=reader_language(),
        ),
        DateAspect(name="start", label=_("Start")),
        DateAspect(name="end", label=_("End")),
        Listing(name="country", label=_("Countries"), words=_countries(known), ordered=False),
        Aspect(name="place", label=labels["place"], language_input="text_language"),
        _partners(known),
        _objectives(known),
        _long("outcome", labels),
        _long("lessons", labels),
        MoneyAspect(name="planned_cost", label=labels["planned_cost"]),
        MoneyAspect(name="actual_cost", label=labels["actual_cost"]),
        Aspect(name="paid_by", label=labels["paid_by"]),
        Chosen(name="lead_office", label=labels["lead_office"], words=_offices(known)),
        Chosen(name="lead_officer", label=labels["lead_officer"], words=_people(known)),
        Aspect(name="csc_participants", label=labels["csc_participants"]),
        _long("csc_posts", labels),
        *_approval(record, labels),
        LevelAspect(
            name="sensitivity",
            label=labels["sensitivity"],
            words={str(value): label for value, label in Sensitivity.choices},
            empty="0",
        ),
        Aspect(name="source_url", label=labels["source_url"]),
        *_being_added(known, labels),
    ]
    return found


def _long(name: str, labels: dict[str, str]) -> Aspect:
    return LongText(name=name, label=labels[name], language_input="text_language")


def _approval(record: Engagement, labels: dict[str, str]) -> list[Aspect]:
    if not asks_approval(record):
        return []
    return [
        Chosen(
            name="approval",
            label=labels["approval"],
            words=dict(Engagement.Approval.choices),
            empty=Engagement.Approval.UNKNOWN,
        ),
        Aspect(name="approved_by", label=labels["approved_by"]),
        Aspect(name="approved_on", label=labels["approved_on"]),
    ]


def _being_added(known: list[Data], labels: dict[str, str]) -> list[Aspect]:
    """What is typed where a partner or a country is added: a draft keeps it too."""
    begun = {name for data in known for name in data if name.startswith(new_partner.PREFIX)}
    found = [Aspect(name=name, label=labels[name]) for name in ("add_country", "add_partner")]
    if begun:
        names = tuple(
            f"{new_partner.PREFIX}-{name}" for name in new_partner.NewPartnerForm.base_fields
        )
        found.append(Aspect(name="new_partner", label=_("New partner"), inputs=names))
    return found


# What codes are called. A code that stands for nothing is shown as it is.


def _values(known: list[Data], name: str) -> list[str]:
    return clean([value for data in known for value in data.getlist(name)])


def _countries(known: list[Data]) -> dict[tuple[str, ...], Any]:
    countries = Country.objects.filter(iso2__in=_values(known, "country"))
    return {(country.iso2,): country.name for country in countries}


def _partners(known: list[Data]) -> Aspect:
    partners = Partner.objects.filter(code__in=_values(known, "partner"))
    words: dict[tuple[str, ...], Any] = {
        (partner.code, role): f"{partner.label} ({label})"
        for partner in partners
        for role, label in Role.choices
    }
    return Listing(name="partners", label=_("Partners"), inputs=("partner", "role"), words=words)


def _objectives(known: list[Data]) -> Aspect:
    objectives = Objective.objects.with_codes(_values(known, "objectives"))
    words: dict[tuple[str, ...], Any] = {
        (one.code,): f"{one.code} {one.short}" for one in objectives
    }
    return Listing(name="objectives", label=_("Objectives"), words=words, ordered=False)


def _offices(known: list[Data]) -> dict[str, Any]:
    offices = Office.objects.filter(code__in=_values(known, "lead_office"))
    return {office.code: office.name for office in offices}


def _people(known: list[Data]) -> dict[str, Any]:
    people = User.objects.filter(username__in=_values(known, "lead_officer"))
    return {person.username: str(person) for person in people}
