"""A workbook, written row by row to a file on disk: memory holds one row, however many there are.

What the file is stands on its first sheet; the rows follow, on as many sheets as they need.
"""

import datetime as dt
import tempfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import IO, Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from common.bilingual import reader_language
from common.marking import marking_in_words
from common.partial_dates import PartialDate, Precision
from engagements.exports.columns import Is
from engagements.exports.export import Export
from engagements.exports.text import cut

# Nothing in it runs or leads anywhere because of what somebody typed.
SAFE = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
MOST_ROWS, SENT_AT_ONCE = 1_048_576, 65_536
LETTER = 1
# Before it Excel counts a day that never was.
FIRST_DAY = dt.date(1900, 3, 1)
MONEY = {"en": '"$"#,##0.00', "fr": '#,##0.00\u00a0"$"'}
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"


def to_xlsx(export: Export) -> Iterator[bytes]:
    """The workbook, once it is whole; the file it was written to is gone when it is sent."""
    with tempfile.TemporaryFile() as written:
        write_workbook(export, written)
        written.seek(0)
        while some := written.read(SENT_AT_ONCE):
            yield some


def write_workbook(export: Export, written: IO[bytes]) -> None:
    with Workbook(written, SAFE) as workbook:
        set_properties(workbook, export)
        about = workbook.add_worksheet(pgettext("sheet", "About"))
        sheets = Sheets(workbook, export)
        for lot in export.lots(as_it_is):
            for line in lot:
                sheets.add(line)
        sheets.finish()
        # Written last: what is marked higher since is told of, too.
        write_about(workbook, about, export, sheets.shortened)


def as_it_is(holds: Is) -> None:
    """A number goes into a workbook as a number, a day as a day."""


def set_properties(workbook: Workbook, export: Export) -> None:
    made = export.at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    title = _("International engagements")
    workbook.set_properties({"title": title, "author": "Liaison", "created": made})
    workbook.set_custom_property("Language", f"{reader_language()}-CA", "text")


class Sheets:
    """The rows, on one sheet after the other. `shortened`: texts that were too long for a cell."""

    def __init__(self, workbook: Workbook, export: Export) -> None:
        self.workbook, self.export = workbook, export
        self.columns = export.columns
        self.shortened = 0
        self.numbers = 0
        self.head = format_of(workbook, bold=True, text_wrap=True, bg_color="#E6E6E6", bottom=2)
        self.formats = [self._format(column.holds) for column in self.columns]
        self.day = format_of(workbook, num_format=DAY, align="left")
        self.sheet = self._begin()

    def add(self, line: Sequence[Any]) -> None:
        if self.row == MOST_ROWS:
            self._end()
            self.sheet = self._begin()
        for place, value in enumerate(line):
            if value is not None and value != "":
                self._write(place, value)
        self.row += 1

    def finish(self) -> None:
        self._end()

    def _write(self, place: int, value: Any) -> None:
        """A number as a number, a whole day as a day, the rest as text."""
        if isinstance(value, str):
            self._write_text(place, value)
        elif isinstance(value, int | Decimal):
            self.sheet.write_number(self.row, place, value, self.formats[place])
        else:
            known = isinstance(value, PartialDate)
            if known and value.precision == Precision.DAY:
                value = value.earliest
            if isinstance(value, dt.date) and value >= FIRST_DAY:
                self.sheet.write_datetime(self.row, place, value, self.day)
            elif isinstance(value, PartialDate):
                self._write_text(place, self.export.words.date(value))
            else:
                self._write_text(place, value.isoformat())

    def _write_text(self, place: int, text: str) -> None:
        kept = cut(text)
        self.shortened += kept is not text
        if kept:
            self.sheet.write_string(self.row, place, kept, self.formats[place])

    def _format(self, holds: Is) -> Format:
        looks: dict[str, dict[str, Any]] = {
            # 2004-05 stays a fiscal year when somebody changes it.
            Is.PARTIAL_DATE: {"num_format": "@"},
            Is.LONG_TEXT: {"text_wrap": True},
            Is.MONEY: {"num_format": MONEY[reader_language()]},
            Is.NUMBER: {"num_format": "0"},
        }
        return format_of(self.workbook, **looks.get(holds, {}))

    def _begin(self) -> Worksheet:
        self.numbers += 1
        title = pgettext("sheet", "Engagements")
        sheet = self.workbook.add_worksheet(
            title if self.numbers == 1 else f"{title} ({self.numbers})"
        )
        set_up(sheet, title, self.export)
        if self.numbers == 1:
            sheet.activate()
        for place, (column, heading) in enumerate(
            zip(self.columns, self.export.headings, strict=True)
        ):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, heading, self.head)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        # Codes and years are text, and meant so.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        self.row = 1
        return sheet

    def _end(self) -> None:
        self.sheet.autofilter(0, 0, max(self.row - 1, 1), len(self.columns) - 1)


def set_up(sheet: Worksheet, title: str, export: Export) -> None:
    """On paper: letter, lying, as wide as a sheet; the marking, the day and the page on each."""
    sheet.set_paper(LETTER)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.8)
    sheet.set_header(f"&LLiaison, {title}&C&B{export.marked}")
    sheet.set_footer(f"&L{localtime(export.at).date().isoformat()}&C&B{export.marked}&R&P / &N")


def write_about(workbook: Workbook, sheet: Worksheet, export: Export, shortened: int) -> None:
    """Label and value, line by line; first and last the marking."""
    bold = format_of(workbook, bold=True)
    text = format_of(workbook, text_wrap=True)
    set_up(sheet, pgettext("sheet", "About"), export)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    row = Rows(sheet)
    marked = marking_in_words(export.highest).upper()
    if marked:
        row.write((marked, bold))
    row.write((_("International engagements"), format_of(workbook, bold=True, font_size=18)))
    for said in export.about():
        row.write((said.label, bold), (cut(said.value), text))
    moment = localtime(export.at).replace(tzinfo=None, second=0, microsecond=0)
    row.write((_("Made on"), bold))
    look = format_of(workbook, num_format=MOMENT, align="left")
    sheet.write_datetime(row.number - 1, 1, moment, look)
    for note in [*export.notes(), *shortened_note(shortened)]:
        row.write(("", text), (note, text))
    if marked:
        row.write((marked, bold))


class Rows:
    """The lines of a small sheet, one beneath the other."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet, self.number = sheet, 0

    def write(self, *cells: tuple[str, Format]) -> None:
        for place, (text, look) in enumerate(cells):
            if text:
                self.sheet.write_string(self.number, place, text, look)
        self.number += 1


def shortened_note(count: int) -> list[str]:
    words = ngettext(
        "%(n)s text is longer than a cell can hold: its end says so. The CSV has it whole.",
        "%(n)s texts are longer than a cell can hold: their ends say so. The CSV has them whole.",
        count,
    )
    return [words % {"n": count}] if count else []


def format_of(workbook: Workbook, **look: Any) -> Format:
    return workbook.add_format({"valign": "top", **look})
