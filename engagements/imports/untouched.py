"""Which cells of a file that was exported here say what they said when it left: they tell nothing.

So only what somebody changed is read, compared and judged: a partner that has been archived since, or a name
that two people have, is asked about only where somebody wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.models import User
from common.history.models import Revision
from common.history.tracking import State
from common.sheets.tables import Row, Table
from common.sheets.values.cells import ValueProblem, text_of
from common.sheets.values.numbers import read_number
from engagements.exports.columns import IGNORE
from engagements.exports.coming_back import ComingBack, record_of, record_then
from engagements.exports.records import Record
from engagements.forms.opening import HANGING
from engagements.models import Engagement

# A database takes only so many values in one question.
LOT = 500
# Read together: who changes how precisely a start is known says so of the start.
TOGETHER = {"precision": "start", "end_precision": "end", "roles": "partners"}


@dataclass
class Untouched:
    """`columns`: number of a row → indexes of the columns in which nothing was changed."""

    columns: dict[int, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, table: Table, mapping: dict[int, str], *, user: User) -> Untouched:
        """Nothing in a file that is none of ours, or of what the person may not see. A few queries a lot."""
        found = cls()
        size = max((column.index for column in table.columns), default=-1) + 1
        headings = [""] * size
        for column in table.columns:
            headings[column.index] = column.heading
        ours = ComingBack.of(headings)
        if ours is not None:
            # What is kept of other columns is added to the purpose, which has to be read for it.
            aside = {IGNORE, "purpose"} if "keep" in mapping.values() else {IGNORE}
            ours = ours.only(
                index
                for index, name in ours.fields.items()
                if mapping.get(index) == name and name not in aside
            )
            for lot in lots(list(table.rows)):
                found._read(lot, ours, user)
        return found

    def in_row(self, number: int) -> frozenset[int]:
        return self.columns.get(number, frozenset())

    def _read(self, rows: list[Row], ours: ComingBack, user: User) -> None:
        known = {row.number: told for row in rows if (told := known_by(row, ours))}
        seen = Engagement.objects.visible_to(user).logged()
        records = {
            each.reference: each
            for each in seen.filter(
                reference__in={reference for reference, _version in known.values()}
            ).prefetch_related(*HANGING)
        }
        bases = bases_of(known.values(), records, user)
        for row in rows:
            reference, version = known.get(row.number, ("", 0))
            record = records.get(reference)
            then = record_at(record, version, bases, ours) if record else None
            if then is not None:
                self.columns[row.number] = alone(ours, ours.untouched(then, row.cells))


def known_by(row: Row, ours: ComingBack) -> tuple[str, int] | None:
    """The reference and version that a row tells."""
    places = {name: index for index, name in ours.fields.items()}
    try:
        version = read_number(row.cells[places["version"]])
    except ValueProblem:
        return None
    reference = text_of(row.cells[places["reference"]]).strip().upper()
    return (reference, version) if reference and version else None


def bases_of(
    known: Iterable[tuple[str, int]], records: dict[str | None, Engagement], user: User
) -> dict[tuple[int, int], State]:
    """What was on record at a version that has moved on: key of the record and version → the state."""
    wanted: dict[int, set[int]] = {}
    for reference, version in known:
        record = records.get(reference)
        if record is not None and version < record.version:
            wanted.setdefault(record.pk, set()).add(version)
    if not wanted:
        return {}
    revisions = Revision.objects.of("engagement", list(wanted)).cleared_for(user)
    bases: dict[tuple[int, int], State] = {}
    for pk, at, state in revisions.order_by("number").values_list("record_id", "version", "state"):
        for version in wanted[pk]:
            if at is not None and at <= version:
                bases[pk, version] = state
    return bases


def record_at(
    record: Engagement, version: int, bases: dict[tuple[int, int], State], ours: ComingBack
) -> Record | None:
    """As it was exported; None where nobody knows."""
    if version == record.version:
        return record_of(record)
    state = bases.get((record.pk, version))
    return record_then(record, state, version, ours) if state else None


def alone(ours: ComingBack, untouched: set[int]) -> frozenset[int]:
    """Without the columns that are read because another was changed."""
    places = {name: index for index, name in ours.fields.items()}
    read = {
        places[other]
        for name, other in TOGETHER.items()
        if name in places and other in places and places[name] not in untouched
    }
    return frozenset(untouched - read)


def lots(rows: list[Row]) -> Iterable[list[Row]]:
    return (rows[first : first + LOT] for first in range(0, len(rows), LOT))
