"""The rows that were left out, as a file of the layout that came in, with a column of reasons."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from common.marking import marking_in_words
from common.sheets.book import Cell, Sheet
from common.sheets.tables import NoTable
from common.sheets.values.cells import text_of
from engagements.exports.text import cut, safe
from engagements.exports.xlsx_frame import DAY, MOMENT, SAFE
from engagements.imports.keeping import book_of, plan_of
from engagements.imports.plan import Plan
from engagements.models import Load

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Before it Excel counts a day that never was.
FIRST_DAY = dt.date(1900, 3, 1)
ENCODINGS = {"utf-8": "utf-8-sig", "utf-16": "utf-16", "windows-1252": "cp1252"}


@dataclass(frozen=True, kw_only=True)
class File:
    name: str
    content_type: str
    content: bytes


class Gone(Exception):
    """The file that was loaded is no longer kept."""


def to_file(load: Load) -> File:
    """A workbook, or delimited text where that came in: ready to correct and load again. Gone, NoTable."""
    plan = plan_of(load)
    if plan is None or not load.book:
        raise Gone
    book = book_of(load)
    sheet = book.sheet(plan.sheet)
    if sheet is None:
        raise NoTable("no-such-sheet", plan.sheet)
    lines = list(lines_of(sheet, plan, load.sensitivity))
    stem = load.file_name.rpartition(".")[0] or load.file_name
    name = _("%(file)s-left-out") % {"file": stem}
    if book.format == "csv":
        content, charset = to_csv(lines, encoding=book.encoding or "", delimiter=book.delimiter)
        return File(
            name=f"{name}.csv", content_type=f"text/csv; charset={charset}", content=content
        )
    return File(name=f"{name}.xlsx", content_type=XLSX, content=to_xlsx(lines, sheet.name))


def lines_of(sheet: Sheet, plan: Plan, marking: int) -> Iterator[list[Cell]]:
    """What stands above the table as it stood, and of the table the rows that were left out."""
    width = sheet.last_column
    if marking:
        yield [marking_in_words(marking).upper()]
    for number in range(1, plan.header_row):
        yield cells_of(sheet, number)
    if plan.header_row:
        heading = [*cells_of(sheet, plan.header_row), *[None] * width][:width]
        yield [*heading, _("Why it was left out")]
    for row in plan.left_out:
        cells = [*cells_of(sheet, row.number), *[None] * width][:width]
        yield [*cells, row.reason]


def cells_of(sheet: Sheet, number: int) -> list[Cell]:
    """A row of the sheet from its column A on."""
    return [None] * (sheet.first_column - 1) + list(sheet.row(number))


def to_csv(lines: list[list[Cell]], *, encoding: str, delimiter: str) -> tuple[bytes, str]:
    """In the encoding of the file that came, as far as that has all the letters."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter or ",")
    writer.writerows([safe(text_of(cell)) for cell in line] for line in lines)
    wanted = ENCODINGS.get(encoding, "utf-8-sig")
    try:
        return text.getvalue().encode(wanted), encoding or "utf-8"
    except UnicodeEncodeError:
        return text.getvalue().encode("utf-8-sig"), "utf-8"


def to_xlsx(lines: list[list[Cell]], name: str) -> bytes:
    written = io.BytesIO()
    with Workbook(written, {**SAFE, "in_memory": True}) as workbook:
        sheet = workbook.add_worksheet(sheet_name(name))
        formats = [workbook.add_format({"num_format": each}) for each in (DAY, MOMENT)]
        for row, line in enumerate(lines):
            for column, cell in enumerate(line):
                write(sheet, row, column, cell, *formats)
    return written.getvalue()


def write(sheet: Worksheet, row: int, column: int, cell: Cell, day, moment) -> None:
    """A cell as it came: a date stays a date, a number a number, and no text becomes a formula."""
    if cell is None:
        return
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, dt.date) and (as_day(cell) < FIRST_DAY):
        sheet.write_string(row, column, text_of(cell))
    elif isinstance(cell, dt.datetime):
        sheet.write_datetime(row, column, cell.replace(tzinfo=None), moment)
    elif isinstance(cell, dt.date):
        sheet.write_datetime(row, column, cell, day)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    else:
        sheet.write_string(row, column, cut(cell))


def as_day(cell: dt.date) -> dt.date:
    return cell.date() if isinstance(cell, dt.datetime) else cell


def sheet_name(name: str) -> str:
    """As a workbook allows it: no longer than 31, without what means something in a formula."""
    plain = "".join("-" if each in "[]:*?/\\" else each for each in name).strip("' ")
    return plain[:31] or "1"
