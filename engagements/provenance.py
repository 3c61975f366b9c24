"""Where a record comes from: the file and the row it was loaded from."""

from dataclasses import dataclass

from accounts.models import User
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


def provenance_of(record: Engagement | Partner | Contact, *, reader: User) -> Provenance | None:
    """None for what was typed. The name of a file tells of all that is in it: see Load.sensitivity."""
    if isinstance(record, Engagement) and record.origin != Engagement.Origin.IMPORTED:
        return None
    rows = record.loaded_rows.filter(outcome=LoadedRow.Outcome.CREATED)
    row = rows.select_related("load__by").defer("load__book", "load__content", "load__plan").first()
    if row is None:
        return None
    is_own = row.load.by_id == reader.pk
    is_cleared = row.load.sensitivity <= reader.clearance
    return Provenance(
        row=row,
        is_named=is_own or is_cleared,
        is_open=is_own or (reader.is_administrator and is_cleared),
    )
