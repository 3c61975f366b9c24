"""A load taken back as a whole: what it made goes, what it changed is as before, what was edited stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Office, User
from common.history.models import Revision
from common.history.recording import recording
from common.history.tracking import State
from common.partial_dates import PartialDate
from engagements.actions import Part
from engagements.alignments import Tag
from engagements.imports import partner_undoing
from engagements.imports.existing import in_lots
from engagements.imports.saving import hold
from engagements.many import Amendment, Entry, amend_engagements
from engagements.models import Engagement, Load, LoadedRow, Note, Participation
from objectives.models import Objective
from partners.models import Country, Partner

CREATED, UPDATED = LoadedRow.Outcome.CREATED, LoadedRow.Outcome.UPDATED
# What of a state a load may have changed, as it stands in columns of the record.
PLAIN = (
    "sensitivity", "title_en", "title_fr", "kind", "text_language", "purpose", "outcome", "lessons", "place",
    "csc_participants", "csc_posts", "paid_by", "approval", "approved_by", "source_url",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Undone:
    """What undoing would do, or did. `kept`: rows whose records were changed since, or may not be.

    `partners` are those that the load created and nothing else uses: they go with it.
    """

    deleted: tuple[LoadedRow, ...] = ()
    put_back: tuple[LoadedRow, ...] = ()
    kept: tuple[LoadedRow, ...] = ()
    partners: tuple[LoadedRow, ...] = ()

    @property
    def is_nothing(self) -> bool:
        return not (self.deleted or self.put_back or self.partners)


def plan_undo(*, by: User, load: Load) -> Undone:
    """What undo would do now. Writes nothing."""
    rows = list(load.rows.filter(undone_at=None).select_related("engagement", "partner"))
    if load.subject == Load.Subject.PARTNERS:
        gone_again, back, stay = partner_undoing.sorted_out(rows, by=by)
        return Undone(deleted=tuple(gone_again), put_back=tuple(back), kept=tuple(stay))
    about = [row for row in rows if row.engagement is not None]
    as_loaded = unchanged(about, by)
    deleted = [r for r in about if r.outcome == CREATED and r.pk in as_loaded]
    put_back = [r for r in about if r.outcome == UPDATED and r.pk in as_loaded]
    kept = [row for row in about if row.pk not in as_loaded]
    gone = {row.engagement_id for row in deleted}
    return Undone(
        deleted=tuple(deleted),
        put_back=tuple(put_back),
        kept=tuple(kept),
        partners=tuple(partners_unused([r for r in rows if r.partner is not None], gone)),
    )


@transaction.atomic
def undo(*, by: User, load: Load) -> Undone:
    """Undo a load in one transaction, with that on record; a second time it does nothing."""
    current = hold(load)
    if current.stage != Load.Stage.LOADED:
        return Undone()
    planned = plan_undo(by=by, load=current)
    if current.subject == Load.Subject.PARTNERS:
        gone, put_back = list(planned.deleted), list(planned.put_back)
        partner_undoing.take_back(by=by, deleted=gone, put_back=put_back)
    else:
        _put_back(by, planned.put_back)
        _delete(by, Engagement, [row.engagement_id for row in planned.deleted])
        _delete(by, Partner, [row.partner_id for row in planned.partners])
    now = timezone.now()
    done = [row.pk for row in (*planned.deleted, *planned.put_back, *planned.partners)]
    for lot in in_lots(done):
        LoadedRow.objects.filter(pk__in=lot).update(undone_at=now)
    current.stage, current.undone_at, current.undone_by = Load.Stage.UNDONE, now, by
    current.save(update_fields=["stage", "undone_at", "undone_by"])
    return planned


# What is as the load left it


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


def partners_unused(rows: list[LoadedRow], gone: set[int | None]) -> list[LoadedRow]:
    """Of partners that were created with the load those that nobody changed or uses but what goes."""
    used: set[int | None] = set()
    for lot in in_lots([row.partner_id for row in rows]):
        parts = Participation.objects.filter(partner__in=lot)
        used |= {p for p, e in parts.values_list("partner", "engagement") if e not in gone}
        used |= set(Partner.objects.filter(parent__in=lot).values_list("parent", flat=True))
    return [
        row
        for row in rows
        if row.outcome == CREATED
        and row.partner is not None
        and row.partner.version == row.version
        and row.partner_id not in used
    ]


# Done


def _delete(by: User, model: type[Engagement] | type[Partner], pks: list[int | None]) -> None:
    for lot in in_lots(pks):
        records = list(model._default_manager.filter(pk__in=lot))
        with recording(by=by, act="undone", records=records):
            model._default_manager.filter(pk__in=lot).delete()


def _put_back(by: User, rows: tuple[LoadedRow, ...]) -> None:
    known = Known()
    for lot in in_lots(list(rows)):
        states = _states_before(lot)
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


def _states_before(rows: list[LoadedRow]) -> dict[int, State]:
    """Key of a row → its record as the load found it."""
    pks = [row.engagement_id for row in rows if row.engagement_id]
    revisions = Revision.objects.of("engagement", pks).exclude(previous=None)
    found = {
        (pk, version): state
        for pk, version, state in revisions.values_list("record_id", "version", "previous__state")
    }
    keys = {row.pk: (row.engagement_id, row.version) for row in rows}
    return {row: found[key] for row, key in keys.items() if key in found}  # type: ignore[index]


@dataclass
class Known:
    """What a state names by code, read once."""

    partners: dict[str, Partner] = field(default_factory=lambda: _by(Partner, "code"))
    countries: dict[str, Country] = field(default_factory=lambda: _by(Country, "iso2"))
    objectives: dict[str, Objective] = field(default_factory=lambda: _by(Objective, "code"))
    offices: dict[str, Office] = field(default_factory=lambda: _by(Office, "code"))
    people: dict[int, User] = field(default_factory=lambda: _by(User, "pk"))

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


def _by(model: Any, name: str) -> dict[Any, Any]:
    return {getattr(record, name): record for record in model.objects.all()}
