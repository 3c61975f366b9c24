"""Lists as offices lay them out, without a file around them."""

from __future__ import annotations

from collections.abc import Sequence

from common.sheets.book import Book, Cell, Merged, Sheet

# Headings that are known; what is not in it means nothing.
HEADINGS = frozenset(
    (
        "title", "titre", "country", "pays", "partner", "partenaire", "start", "début", "end", "fin", "cost",
        "coût", "english", "french", "planned", "actual", "no.",
    )
)  # fmt: skip


def knows(text: str) -> float:
    """Knows a heading word, alone or as a side of a bilingual heading."""
    sides = [side.strip().lower() for side in text.split("/")]
    return 1.0 if any(side in HEADINGS for side in sides) else 0.0


def a_sheet(*rows: Sequence[Cell], name: str = "List", **said) -> Sheet:
    """Rows may be of any length; the rest of each is blank."""
    width = max((len(row) for row in rows), default=0)
    return Sheet(name, [[*row, *[None] * (width - len(row))] for row in rows], **said)


def a_book(*rows: Sequence[Cell], **said) -> Book:
    return Book("xlsx", [a_sheet(*rows, **said)])


def merged(first: str, last: str) -> Merged:
    """Such as merged("A1", "C1")."""
    (column, row), (last_column, last_row) = (_place(each) for each in (first, last))
    return Merged(row, column, last_row, last_column)


def _place(cell: str) -> tuple[int, int]:
    return ord(cell[0]) - ord("A") + 1, int(cell[1:])
