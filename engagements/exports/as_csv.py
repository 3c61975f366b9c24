"""A CSV, sent some hundred lines at a time, however many there are."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from common.partial_dates import PartialDate
from engagements.exports.columns import Is
from engagements.exports.export import Export
from engagements.exports.layout import Separator
from engagements.exports.saying import Cell
from engagements.exports.text import all_safe, marking_lines


class Echo:
    """A file that gives back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def to_csv(export: Export) -> Iterator[str]:
    """Begins with the mark by which Excel knows UTF-8.

    What is protected stands first and last. What is marked higher while the file is being sent is told of at
    its end.
    """
    sign = Separator(export.layout.separator).sign
    yield "\ufeff" + written([*marking_lines(export.marking), export.headings], sign)
    cells = Cells(export)
    for lot in export.lots(cells.of):
        yield joined(lot, sign)
    yield written(marking_lines(export.highest), sign)


def written(lines: Iterable[Iterable[Any]], sign: str) -> str:
    some = io.StringIO(newline="")
    csv.writer(some, delimiter=sign).writerows(lines)
    return some.getvalue()


def joined(lines: Iterable[Sequence[Any]], sign: str) -> str:
    """As `written`, of many lines of several cells: three times as quick."""
    columns = [quoted(column, sign) for column in zip(*lines, strict=True)]
    return "".join([f"{sign.join(line)}\r\n" for line in zip(*columns, strict=True)])


def quoted(cells: Sequence[Any], sign: str) -> Sequence[str]:
    """A column, with what has to stand in quotation marks in them; most columns hold nothing of the kind."""
    try:
        together = "".join(cells)
    except TypeError:  # nothing, and numbers
        cells = ["" if each is None else str(each) for each in cells]
        together = "".join(cells)
    if not any(mark in together for mark in (sign, '"', "\n", "\r")):
        return cells
    return [
        in_marks(cell) if sign in cell or '"' in cell or "\n" in cell or "\r" in cell else cell
        for cell in cells
    ]


def in_marks(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'


class Cells:
    """A number stays one; a day is written as 2026-11-22; nothing runs as a formula."""

    def __init__(self, export: Export) -> None:
        self.words, self.decimal_sign = export.words, export.layout.decimal_sign

    def of(self, holds: Is) -> Cell:
        return {
            Is.MONEY: self.money,
            Is.DATE: days,
            Is.PARTIAL_DATE: self.dates,
            Is.NUMBER: None,
        }.get(holds, all_safe)

    def money(self, amounts: Iterable[Decimal | None]) -> list[str]:
        sign = self.decimal_sign
        return ["" if each is None else f"{each:.2f}".replace(".", sign) for each in amounts]

    def dates(self, dates: Iterable[PartialDate]) -> Sequence[str]:
        return all_safe([self.words.date(date) for date in dates])


def days(days: Iterable[dt.date | None]) -> list[str]:
    return [day.isoformat() if day else "" for day in days]
