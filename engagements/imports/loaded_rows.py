"""What is kept of each row that was loaded: which record came of it, and at which version."""

from __future__ import annotations

from engagements.models import Engagement, Load, LoadedRow
from partners.models import Contact, Partner


def loaded_row(
    load: Load,
    sheet: str,
    number: int,
    record: Engagement | Partner | Contact,
    *,
    is_new: bool = True,
    fingerprint: str = "",
) -> LoadedRow:
    """Not saved yet. A partner that came with other records has no row, and no fingerprint, of its own."""
    outcomes = LoadedRow.Outcome
    # By their keys: to tell a row of records takes as long as all else of it, and nobody asks it for them.
    row = LoadedRow(
        load_id=load.pk,
        sheet=sheet[:200],
        row=number,
        outcome=outcomes.CREATED if is_new else outcomes.UPDATED,
        fingerprint=fingerprint,
        version=record.version,
        version_before=0 if is_new else record.version - 1,
    )
    if isinstance(record, Partner):
        row.partner_id, row.reference = record.pk, record.code
    elif isinstance(record, Contact):
        row.contact_id, row.reference = record.pk, record.partner.code
    else:
        row.engagement_id, row.reference = record.pk, record.reference or ""
    return row
