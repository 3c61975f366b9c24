"""All of a workbook but its rows, by XlsxWriter: what it is, how it looks, its headings, how it prints."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from common.bilingual import reader_language
from common.marking import marking_in_words
from engagements.exports.columns import Is
from engagements.exports.export import Export
from engagements.exports.text import cut

# Nothing in it runs or leads anywhere because of what somebody typed.
SAFE = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
LETTER = 1
MONEY = {"en": '"$"#,##0.00', "fr": '#,##0.00\u00a0"$"'}
DAY, MOMENT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
# The row in which a frame shows how the cells of each column look; none of it is sent.
SHOWN = b'<row r="2"'
STYLE = re.compile(rb'<c r="[A-Z]+2" s="(\d+)"')
# How far the rows go, which is not known before they are written, and need not be told.
EXTENT = re.compile(rb"<dimension [^>]*>")
ROWS = "xl/worksheets/sheet%d.xml"


@dataclass(frozen=True)
class Frame:
    """A workbook of a first sheet and some for rows. `last_rows`: how far those of each go."""

    export: Export
    last_rows: Sequence[int]
    shortened: int = 0

    @cached_property
    def parts(self) -> dict[str, bytes]:
        """Path in the workbook → what stands there."""
        written = io.BytesIO()
        with Workbook(written, SAFE) as workbook:
            set_properties(workbook, self.export)
            about = workbook.add_worksheet(pgettext("sheet", "About"))
            for number, last in enumerate(self.last_rows, start=1):
                add_sheet(workbook, self.export, number, last)
            write_about(workbook, about, self.export, self.shortened)
        with zipfile.ZipFile(written) as parts:
            return {name: parts.read(name) for name in parts.namelist()}

    @property
    def others(self) -> dict[str, bytes]:
        """All parts but those that hold rows."""
        apart = {path_of(number) for number in range(1, len(self.last_rows) + 1)}
        return {name: content for name, content in self.parts.items() if name not in apart}

    def before_rows(self, number: int) -> bytes:
        """Of a sheet for rows (1 is the first): what stands before them, its headings with it."""
        return EXTENT.sub(b"", self.parts[path_of(number)].partition(SHOWN)[0])

    def after_rows(self, number: int) -> bytes:
        _before, end, after = self.parts[path_of(number)].partition(b"</sheetData>")
        return end + after

    @property
    def styles(self) -> list[int]:
        """How the cells of each column look; last a day."""
        return [int(style) for style in STYLE.findall(self.parts[path_of(1)])]


def path_of(number: int) -> str:
    """Of a sheet for rows. The first sheet of the workbook is another."""
    return ROWS % (number + 1)


def add_sheet(workbook: Workbook, export: Export, number: int, last: int) -> None:
    title = pgettext("sheet", "Engagements")
    sheet = workbook.add_worksheet(title if number == 1 else f"{title} ({number})")
    set_up(sheet, title, export)
    if number == 1:
        sheet.activate()
    head = format_of(workbook, bold=True, text_wrap=True, bg_color="#E6E6E6", bottom=2)
    for place, (column, heading) in enumerate(zip(export.columns, export.headings, strict=True)):
        sheet.set_column(place, place, column.width)
        sheet.write_string(0, place, heading, head)
    for place, column in enumerate(export.columns):
        sheet.write_blank(1, place, None, look_of(workbook, column.holds))
    day = format_of(workbook, num_format=DAY, align="left")
    sheet.write_blank(1, len(export.columns), None, day)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    # Codes and years are text, and meant so.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.autofilter(0, 0, max(last - 1, 1), len(export.columns) - 1)


def look_of(workbook: Workbook, holds: Is) -> Format:
    looks: dict[str, dict[str, Any]] = {
        # 2004-05 stays a fiscal year when somebody changes it.
        Is.PARTIAL_DATE: {"num_format": "@"},
        Is.LONG_TEXT: {"text_wrap": True},
        Is.MONEY: {"num_format": MONEY[reader_language()]},
        Is.NUMBER: {"num_format": "0"},
    }
    return format_of(workbook, **looks.get(holds, {}))


def set_properties(workbook: Workbook, export: Export) -> None:
    made = export.at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    title = _("International engagements")
    workbook.set_properties({"title": title, "author": "Liaison", "created": made})
    workbook.set_custom_property("Language", f"{reader_language()}-CA", "text")


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
