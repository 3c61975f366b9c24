"""A list that was checked: its plan, and what would be written of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic

from common.sheets.tables import Table
from engagements.imports.directory.deciding import One
from engagements.imports.existing import in_lots
from engagements.imports.plan import Outcome, Plan
from engagements.models import LoadedRow


@dataclass
class CheckedList(Generic[One]):
    """`decisions` are those of all rows, in their order."""

    plan: Plan
    decisions: list[One] = field(default_factory=list)
    # What it was made of.
    table: Table | None = None
    mapping: dict[int, str] = field(default_factory=dict)

    def of(self, outcome: Outcome) -> list[One]:
        return [one for one in self.decisions if one.planned.outcome == outcome]


def loaded_before(fingerprints: Iterable[str], known_by: str) -> dict[str, str]:
    """Of rows that were loaded before and not undone: what the record of each is known by.

    `known_by` is the way there from a row: partner__code.
    """
    rows = LoadedRow.objects.filter(undone_at=None).exclude(**{known_by: None}).order_by("pk")
    found: dict[str, str] = {}
    for lot in in_lots(sorted(set(fingerprints))):
        known = rows.filter(fingerprint__in=lot)
        found |= {each: str(said) for each, said in known.values_list("fingerprint", known_by)}
    return found
