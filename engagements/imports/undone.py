"""What undoing a load does, whatever it loaded, and what it needs for that."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from accounts.models import User
from common.history.models import Revision
from common.history.recording import recording
from common.history.tracking import State
from engagements.imports.existing import in_lots
from engagements.models import LoadedRow, Participation
from partners.models import Contact, Partner

CREATED, UPDATED = LoadedRow.Outcome.CREATED, LoadedRow.Outcome.UPDATED
Rows = list[LoadedRow]


@dataclass(frozen=True, kw_only=True)
class Undone:
    """What undoing would do, or did. `kept`: rows whose records were changed since, or may not be.

    `partners` are those that the load created and nothing else uses: they go with it.
    """

    deleted: tuple[LoadedRow, ...] = ()
    put_back: tuple[LoadedRow, ...] = ()
    kept: tuple[LoadedRow, ...] = ()
    partners: tuple[LoadedRow, ...] = ()

    @classmethod
    def of(cls, rows: Rows, as_loaded: Collection[int], *, partners: Rows | None = None) -> Undone:
        """`as_loaded`: keys of the rows whose records are as the load left them, and may be taken back."""
        free = [row for row in rows if row.pk in as_loaded]
        return cls(
            deleted=tuple(row for row in free if row.outcome == CREATED),
            put_back=tuple(row for row in free if row.outcome == UPDATED),
            kept=tuple(row for row in rows if row.pk not in as_loaded),
            partners=tuple(partners or ()),
        )

    @property
    def is_nothing(self) -> bool:
        return not (self.deleted or self.put_back or self.partners)


def states_before(rows: Iterable[LoadedRow], kind: str) -> dict[int, State]:
    """Key of a row → its record as the load found it. `kind` is what the history calls such a record."""
    keys = {row.pk: (getattr(row, f"{kind}_id") or 0, row.version) for row in rows}
    revisions = Revision.objects.of(kind, sorted({pk for pk, _version in keys.values()}))
    found = {
        (pk, version): state
        for pk, version, state in revisions.exclude(previous=None).values_list(
            "record_id", "version", "previous__state"
        )
    }
    return {row: found[key] for row, key in keys.items() if key in found}


def delete(by: User, model: type[Model], pks: Iterable[int | None]) -> None:
    """Taken away, with that on record."""
    for lot in in_lots([pk for pk in pks if pk]):
        records = list(model._default_manager.filter(pk__in=lot))
        with recording(by=by, act="undone", records=records):
            model._default_manager.filter(pk__in=lot).delete()


def partners_unused(rows: Rows, deleted: Iterable[LoadedRow] = ()) -> Rows:
    """Of partners that were created with a load those that nobody changed, or uses but what is deleted."""
    made = [
        row
        for row in rows
        if row.outcome == CREATED and row.partner and row.partner.version == row.version
    ]
    goes = list(deleted)
    used = partners_used(
        [row.partner_id for row in made],
        but_by_engagements={row.engagement_id for row in goes},
        but_by_contacts={row.contact_id for row in goes},
    )
    beneath = (
        Partner.objects.filter(parent__in=lot) for lot in in_lots([r.partner_id for r in made])
    )
    used |= {above for found in beneath for above in found.values_list("parent", flat=True)}
    return [row for row in made if row.partner_id not in used]


def partners_used(
    pks: Iterable[int | None],
    *,
    but_by_engagements: Collection[int | None] = (),
    but_by_contacts: Collection[int | None] = (),
) -> set[int | None]:
    """Those that an engagement names, or that somebody is known at."""
    used: set[int | None] = set()
    for lot in in_lots([pk for pk in pks if pk]):
        parts = Participation.objects.filter(partner__in=lot).values_list("partner", "engagement")
        people = Contact.objects.filter(partner__in=lot).values_list("partner", "pk")
        used |= {pk for pk, engagement in parts if engagement not in but_by_engagements}
        used |= {pk for pk, contact in people if contact not in but_by_contacts}
    return used


def known_by(model: Any, name: str) -> dict[Any, Any]:
    """Every record of a model, by what it is known by."""
    return {getattr(record, name): record for record in model.objects.all()}
