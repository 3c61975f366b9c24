"""A CSV, sent line by line, however many there are."""

import csv
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from common.partial_dates import PartialDate
from engagements.exports.export import Export
from engagements.exports.layout import Separator
from engagements.exports.text import marking_lines, safe

# Lines that are sent together: each costs as much to hand on as to make.
TOGETHER = 100


class Echo:
    """A file that gives back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def to_csv(export: Export) -> Iterator[str]:
    """Begins with the mark by which Excel knows UTF-8.

    What is protected stands first and last. What is marked higher while the file is being sent is told of at
    its end.
    """
    writer = csv.writer(Echo(), delimiter=Separator(export.layout.separator).sign)
    yield "\ufeff" + "".join(
        writer.writerow(line) for line in [*marking_lines(export.marking), export.headings]
    )
    waiting: list[str] = []
    for line in export.lines():
        waiting.append(writer.writerow([cell(value, export) for value in line]))
        if len(waiting) == TOGETHER:
            yield "".join(waiting)
            waiting.clear()
    yield "".join([*waiting, *(writer.writerow(line) for line in marking_lines(export.highest))])


def cell(value: Any, export: Export) -> str | int:
    """A number stays one; a day is written as 2026-11-22."""
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, int):
        return value
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", export.layout.decimal_sign)
    if isinstance(value, PartialDate):
        return safe(export.words.date(value))
    assert isinstance(value, dt.date)
    return value.isoformat()
