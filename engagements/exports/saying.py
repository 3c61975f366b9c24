"""What stands in the lines of a file, made for some hundred engagements at a time.

What is said alike of many (a kind, an office, a day) is said once and remembered, as it stands in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from engagements.exports.columns import Column, Is
from engagements.exports.records import Lot
from engagements.exports.words import Words

# What becomes of a value in the file, by what its column holds; None where it stays as it is.
Cell = Callable[[Any], Any] | None
Cells = Callable[[Is], Cell]
# Remembered of a column at most: a file of any length takes no more memory than a short one.
MOST = 10_000


class Known(dict):
    """What was made before of the same; no more than MOST of it."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, key: Any) -> Any:
        if len(self) >= MOST:
            self.clear()
        made = self[key] = self.make(key)
        return made


class Said:
    """One column, lot after lot."""

    def __init__(self, column: Column, words: Words, cells: Cells) -> None:
        self.column, self.words, self.cell = column, words, cells(column.holds)
        self.known = Known(self._made)

    def of(self, lot: Lot) -> Iterable[Any]:
        """As it stands in the file, one an engagement."""
        if self.column.says is None:
            values = lot[self.column.reads[0]]
            return map(self.cell, values) if self.cell else values
        read = zip(*(lot[name] for name in self.column.reads), strict=True)
        return map(self.known.__getitem__ if self.column.alike else self._made, read)

    def _made(self, read: tuple[Any, ...]) -> Any:
        value = self.column.says(self.words, *read)  # type: ignore[misc]
        return self.cell(value) if self.cell else value


def lines(said: Iterable[Said], lot: Lot) -> Iterable[tuple[Any, ...]]:
    """A line an engagement."""
    return zip(*(each.of(lot) for each in said), strict=True)
