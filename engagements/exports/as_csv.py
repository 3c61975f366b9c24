"""A CSV, sent some hundred lines at a time, however many there are."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from common.partial_dates import PartialDate
from engagements.exports.columns import Is
from engagements.exports.export import Export
from engagements.exports.layout import Separator
from engagements.exports.saying import Cell
from engagements.exports.text import marking_lines, safe


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
        yield written(lot, sign)
    yield written(marking_lines(export.highest), sign)


def written(lines: Iterable[Iterable[Any]], sign: str) -> str:
    some = io.StringIO(newline="")
    csv.writer(some, delimiter=sign).writerows(lines)
    return some.getvalue()


class Cells:
    """A number stays one; a day is written as 2026-11-22; nothing runs as a formula."""

    def __init__(self, export: Export) -> None:
        self.words, self.decimal_sign = export.words, export.layout.decimal_sign

    def of(self, holds: Is) -> Cell:
        return {
            Is.MONEY: self.money,
            Is.DATE: day,
            Is.PARTIAL_DATE: self.date,
            Is.NUMBER: None,
        }.get(holds, safe)

    def money(self, amount: Decimal | None) -> str:
        return "" if amount is None else f"{amount:.2f}".replace(".", self.decimal_sign)

    def date(self, date: PartialDate) -> str:
        return safe(self.words.date(date))


def day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
