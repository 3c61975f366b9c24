"""A load of engagements taken back, and of the partners that were created with it what nothing else uses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from accounts.models import Office, User
from common.history.tracking import State
from common.partial_dates import PartialDate
from engagements.actions import Part
from engagements.alignments import Tag
from engagements.imports.existing import in_lots
from engagements.imports.undone import (
    CREATED,
    Rows,
    Undone,
    delete,
    known_by,
    partners_unused,
    states_before,
)
from engagements.many import Amendment, Entry, amend_engagements
from engagements.models import Engagement, LoadedRow, Note
from objectives.models import Objective
from partners.models import Country, Partner

# What of a state a load may have changed, as it stands in columns of the record.
PLAIN = (
    "sensitivity", "title_en", "title_fr", "kind", "text_language", "purpose", "outcome", "lessons", "place",
    "csc_participants", "csc_posts", "paid_by", "approval", "approved_by", "source_url",
)  # fmt: skip


def sorted_out(rows: Rows, *, by: User) -> Undone:
    about = [row for row in rows if row.engagement is not None]
    as_loaded = unchanged(about, by)
    gone = [row for row in about if row.outcome == CREATED and row.pk in as_loaded]
    return Undone.of(about, as_loaded, partners=partners_unused(rows, gone))


def take_back(planned: Undone, *, by: User) -> None:
    """In the transaction of the load."""
    _put_back(by, planned.put_back)
    delete(by, Engagement, [row.engagement_id for row in planned.deleted])
    delete(by, Partner, [row.partner_id for row in planned.partners])


def unchanged(rows: Iterable[LoadedRow], by: User) -> set[int]:
    """Keys of the rows whose records nobody changed since, and that this person may change."""
    rows = list(rows)
    found: set[int] = set()
    for lot in in_lots(rows):
        pks = [row.engagement_id for row in lot]
        records = Engagement.objects.editable_by(by).filter(pk__in=pks)
        versions = dict(records.values_list("pk", "version"))
        noted = set(Note.objects.filter(engagement__in=pks).values_list("engagement", flat=True))
        found |= {
            row.pk
            for row in lot
            if versions.get(row.engagement_id) == row.version
            and not (row.outcome == CREATED and row.engagement_id in noted)
        }
    return found


def _put_back(by: User, rows: tuple[LoadedRow, ...]) -> None:
    known = Known()
    for lot in in_lots(list(rows)):
        states = states_before(lot, "engagement")
        amend_engagements(
            by=by,
            amendments=[
                Amendment(
                    engagement=row.engagement,
                    version=row.version,
                    entry=known.entry(states[row.pk]),
                )
                for row in lot
                if row.engagement is not None and row.pk in states
            ],
            act="restored",
        )


@dataclass
class Known:
    """What a state names by code, read once."""

    partners: dict[str, Partner] = field(default_factory=lambda: known_by(Partner, "code"))
    countries: dict[str, Country] = field(default_factory=lambda: known_by(Country, "iso2"))
    objectives: dict[str, Objective] = field(default_factory=lambda: known_by(Objective, "code"))
    offices: dict[str, Office] = field(default_factory=lambda: known_by(Office, "code"))
    people: dict[int, User] = field(default_factory=lambda: known_by(User, "pk"))

    def entry(self, state: State) -> Entry:
        """The record as it was, all that a load can change."""
        fields: dict[str, Any] = {name: state[name] for name in PLAIN}
        for name in ("planned_cost", "actual_cost"):
            fields[name] = Decimal(state[name]) if state[name] is not None else None
        for name in ("start", "end"):
            fields[name] = date_in(state, name)
        approved_on = state["approved_on"]
        fields["approved_on"] = dt.date.fromisoformat(approved_on) if approved_on else None
        fields["lead_office"] = self.offices.get(state["lead_office"])
        fields["lead_officer"] = self.people.get(state["lead_officer"])
        return Entry(
            parts=[
                Part(partner=self.partners[part["partner"]], role=part["role"])
                for part in state["partners"]
                if part["partner"] in self.partners
            ],
            tags=[
                Tag(
                    objective=self.objectives[tag["objective"]],
                    reason=tag["reason"],
                    primary=tag["primary"],
                    demonstration=tag["demonstration"],
                )
                for tag in state["objectives"]
            ],
            countries=[self.countries[code] for code in state["countries"]],
            fields=fields,
        )


def date_in(state: State, name: str) -> PartialDate:
    days = (state[f"{name}_{end}"] for end in ("earliest", "latest"))
    earliest, latest = (dt.date.fromisoformat(day) if day else None for day in days)
    return PartialDate(state[f"{name}_precision"], earliest, latest)
