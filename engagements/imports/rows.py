"""A row of a table as it was read: what each field tells, what is wrong, and what has to be asked."""

from __future__ import annotations

import hashlib
import json
import pickle
from dataclasses import dataclass, field

from common.sheets.book import Cell
from common.sheets.values.cells import text_of
from engagements.imports.matching.results import Proposals
from engagements.imports.plan import Problem

# Field → what its inputs in the form hold, as a browser would send them.
Inputs = dict[str, list[str]]
NO_PROPOSALS = Proposals()
# Of all rows that are packed or decided: nobody writes into them.
NOTHING: dict[str, Inputs] = {}
NONE: set[str] = set()
# Where a partner that is to be created stands in for a code.
NEW = "new "


@dataclass(frozen=True)
class Asked:
    """A question that a row raises. `kind` is where its answer stands in the answers."""

    kind: str
    value: str
    field: str
    proposals: Proposals = NO_PROPOSALS


@dataclass(slots=True)
class RowRead:
    """`told` holds the fields the row says something of; `blank` those that have a column and say nothing.

    `cells` are those of the table's row, `fingerprint` of what was mapped of them. `families` are the kinds
    of framework the file has a column for: what it says of objectives is about these alone.
    """

    number: int
    cells: tuple[Cell, ...] = ()
    told: dict[str, Inputs] = field(default_factory=dict)
    blank: set[str] = field(default_factory=set)
    reference: str = ""
    version: int | None = None
    problems: list[Problem] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    fingerprint: str = ""
    _packed: bytes = b""
    _title: str = ""

    def pack(self) -> None:
        """Take less room until it is decided: what the cells tell is most of what is kept of a row."""
        self._title = self.title
        self._packed = pickle.dumps((self.told, self.blank))
        self.told, self.blank = NOTHING, NONE

    def unpack(self) -> None:
        self.told, self.blank = pickle.loads(self._packed)
        self._packed = b""

    def forget(self) -> None:
        """It is decided: nothing reads any more what its cells told."""
        self.told, self.blank = NOTHING, NONE

    @property
    def title(self) -> str:
        """As the row has it, in whichever language."""
        if self._packed:
            return self._title
        for name in ("title_en", "title_fr"):
            for inputs in self.told.values():
                if title := "".join(inputs.get(name, [])):
                    return title
        return ""

    def input(self, name: str) -> list[str]:
        """What it tells for an input of the form."""
        return next((inputs[name] for inputs in self.told.values() if name in inputs), [])


def fingerprint_of(mapped: list[tuple[str, Cell]]) -> str:
    """Of the mapped cells of a row, in whatever order the columns stand: the same for the same row again."""
    told = sorted((name, text) for name, cell in mapped if (text := text_of(cell)))
    return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()
