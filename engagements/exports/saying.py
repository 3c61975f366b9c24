"""What stands in the lines of a file, made for some thousand engagements at a time.

What is said alike of many (a kind, an office, a day) is said once and remembered, as it stands in the file.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.db.models import DateTimeField

from common.reading import is_dated
from engagements.exports.columns import Column, Is
from engagements.exports.known import Known
from engagements.exports.records import HANGING, Lot
from engagements.exports.words import Words
from engagements.models import Engagement

# What becomes of values in the file, by what their column holds; None where they stay as they are.
Cell = Callable[[Sequence[Any]], Sequence[Any]] | None
Cells = Callable[[Is], Cell]


class Said:
    """One column, lot after lot."""

    def __init__(self, column: Column, words: Words, cells: Cells) -> None:
        self.column, self.words, self.cell = column, words, cells(column.holds)
        self.dates = [date_of(name) for name in column.reads]
        self.known = Known(lambda read: self._in_file([[one] for one in read])[0])

    def of(self, lot: Lot) -> Iterable[Any]:
        """As it stands in the file, one an engagement."""
        read = [lot[name] for name in self.column.reads]
        if self.column.says is None and not any(self.dates):
            return self.cell(read[0]) if self.cell else read[0]
        if self.column.alike:
            return map(self.known.__getitem__, zip(*read, strict=True))
        return self._in_file(read)

    def _in_file(self, read: Sequence[Sequence[Any]]) -> Sequence[Any]:
        """Of each thing that is read a value for each engagement."""
        read = [
            [date(value) if value else value for value in values] if date else values
            for date, values in zip(self.dates, read, strict=True)
        ]
        says = self.column.says
        said = list(map(partial(says, self.words), *read)) if says else read[0]
        return self.cell(said) if self.cell else said


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
