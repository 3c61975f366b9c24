"""What stands in the lines of a file, made for some thousand engagements at a time.

What is said alike of many (a kind, an office, a day) is said once and remembered, as it stands in the file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db.models import DateTimeField

from common.reading import is_dated
from engagements.exports.columns import Column, Is
from engagements.exports.records import HANGING, Lot
from engagements.exports.words import Words
from engagements.models import Engagement

# What becomes of values in the file, by what their column holds; None where they stay as they are.
Cell = Callable[[Sequence[Any]], Sequence[Any]] | None
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
        self.dates = [date_of(name) for name in column.reads]
        self.known = Known(lambda read: self._in_file([read])[0])

    def of(self, lot: Lot) -> Iterable[Any]:
        """As it stands in the file, one an engagement."""
        read = [lot[name] for name in self.column.reads]
        if self.column.says is None and not any(self.dates):
            return self.cell(read[0]) if self.cell else read[0]
        several = zip(*read, strict=True)
        if self.column.alike:
            return map(self.known.__getitem__, several)
        return self._in_file(list(several))

    def _in_file(self, read: Sequence[tuple[Any, ...]]) -> Sequence[Any]:
        if any(self.dates):
            read = [self._dated(one) for one in read]
        says, words = self.column.says, self.words
        said = [says(words, *one) for one in read] if says else [one[0] for one in read]
        return self.cell(said) if self.cell else said

    def _dated(self, read: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(
            date(value) if date and value else value
            for date, value in zip(self.dates, read, strict=True)
        )


def date_of(name: str) -> Callable[[str], dt.date] | None:
    """What makes a day or a moment of the text that a lot has under this name; None for other values."""
    field = None if name in HANGING else Engagement._meta.get_field(name.removesuffix("_id"))
    if field is None or not is_dated(field):
        return None
    return moment if isinstance(field, DateTimeField) else dt.date.fromisoformat


def moment(text: str) -> dt.datetime:
    """SQLite keeps moments without their zone, which is UTC."""
    read = dt.datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=dt.UTC)


def lines(said: Iterable[Said], lot: Lot) -> Iterable[tuple[Any, ...]]:
    """A line an engagement."""
    return zip(*(each.of(lot) for each in said), strict=True)
