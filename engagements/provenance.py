"""Where a record comes from: the file and the row it was loaded from."""

from dataclasses import dataclass
from functools import partial

from django.db.models import QuerySet

from accounts.models import User
from common.prepared import ask
from engagements.models import Engagement, Load, LoadedRow
from partners.models import Contact, Partner


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """`is_named`: the reader may know what the file and its sheet are called; `is_open`: open the load."""

    row: LoadedRow
    is_named: bool
    is_open: bool

    @property
    def load(self) -> Load:
        return self.row.load


def _rows(of: str, record: int) -> QuerySet[LoadedRow]:
    rows = LoadedRow.objects.filter(outcome=LoadedRow.Outcome.CREATED, **{of: record})
    rows = rows.select_related("load__by").defer("load__book", "load__content", "load__plan")
    return rows[:1]


def provenance_of(record: Engagement | Partner | Contact, *, reader: User) -> Provenance | None:
    """None for what was typed. The name of a file tells of all that is in it: see Load.sensitivity."""
    if isinstance(record, Engagement) and record.origin != Engagement.Origin.IMPORTED:
        return None
    of = record._meta.model_name or ""
    found = ask(("provenance", of), partial(_rows, of), record=record.pk)
    if not found:
        return None
    row = found[0]
    is_own = row.load.by_id == reader.pk
    is_cleared = row.load.sensitivity <= reader.clearance
    return Provenance(
        row=row,
        is_named=is_own or is_cleared,
        is_open=is_own or (reader.is_administrator and is_cleared),
    )
