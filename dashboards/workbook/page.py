"""What every sheet of the workbook has: its marking and page set-up, its formats, how a cell is written."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from common.bilingual import reader_language
from common.marking import marking_in_words
from common.partial_dates import PartialDate, Precision
from dashboards.blocks import Scope
from dashboards.figures import Figure
from dashboards.links import address_of
from engagements.filters import EngagementFilter

LETTER = 1
# What a cell and an address in it can hold; of more links a sheet makes Excel complain.
LONGEST_TEXT, LONGEST_ADDRESS, MOST_LINKS = 32_767, 2_079, 60_000
NARROWEST, WIDEST = 9, 46
MONEY = {"en": '"$"#,##0.00', "fr": '#,##0.00\u00a0"$"'}
COSTS = {"cost", "planned_cost"}


@dataclass
class Book:
    """The workbook being written. `absolute`: a path of the portal to a whole address."""

    workbook: Workbook
    scope: Scope
    marking: int
    at: dt.datetime
    absolute: Callable[[str], str]
    formats: dict[str, Any] = field(default_factory=dict)
    # Title of each sheet and what it holds, in their order.
    contents: list[tuple[str, str]] = field(default_factory=list)
    # By sheet.
    links: dict[str, int] = field(default_factory=dict)

    def format(self, **look: Any) -> Any:
        """One format for each look."""
        key = repr(sorted(look.items()))
        if key not in self.formats:
            self.formats[key] = self.workbook.add_format({"valign": "top", **look})
        return self.formats[key]

    @property
    def head(self) -> Any:
        return self.format(bold=True, text_wrap=True, bg_color="#E6E6E6", bottom=2)

    def sheet(self, title: str, holds: str) -> Worksheet:
        """A new sheet. `title`: at most 31 characters, none of []:*?/\\."""
        sheet = self.workbook.add_worksheet(title)
        self.contents.append((title, holds))
        set_up(sheet, title, self)
        return sheet


def set_up(sheet: Worksheet, title: str, book: Book) -> None:
    """On paper: letter, lying, as wide as a sheet; the marking, the day and the page on each."""
    words = marking_in_words(book.marking).upper()
    sheet.set_paper(LETTER)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.8)
    # What stands between & and a letter is a command there; && is the sign itself.
    sheet.set_header(f"&LLiaison, {title.replace('&', '&&')}&C&B{words}")
    sheet.set_footer(f"&L{book.scope.today.isoformat()}&C&B{words}&R&P / &N")


def width_of(texts: list[str]) -> float:
    """Of a column: the longest line in it, within reason."""
    longest = max((len(line) for text in texts for line in text.split("\n")), default=0)
    return min(max(longest + 2, NARROWEST), WIDEST)


def write(
    book: Book, sheet: Worksheet, row: int, column: int, value: Any, *, filters: EngagementFilter
) -> None:
    """A number as a number, a day as a day, a figure with its link, the rest as text."""
    if isinstance(value, PartialDate) and value.precision == Precision.DAY:
        value = value.earliest
    if isinstance(value, Figure):
        look = {"num_format": number_format(value)}
        # Nothing is nothing under the narrower filter too, whatever wider one the block is told under.
        under = filters if value else book.scope.filters
        link(book, sheet, row, column, address_of(under, value))
        sheet.write_number(row, column, value.value, book.format(**look))
    elif isinstance(value, bool) or value is None:
        sheet.write_string(row, column, "" if value is None else str(value), book.format())
    elif isinstance(value, Decimal):
        sheet.write_number(row, column, value, book.format(num_format=MONEY[reader_language()]))
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, book.format(num_format="#,##0"))
    elif isinstance(value, dt.date):
        day = dt.datetime.combine(value, dt.time())
        sheet.write_datetime(row, column, day, book.format(num_format="yyyy-mm-dd", align="left"))
    else:
        write_text(book, sheet, row, column, str(value))


def write_text(book: Book, sheet: Worksheet, row: int, column: int, text: str, **look: Any) -> None:
    sheet.write_string(row, column, text[:LONGEST_TEXT], book.format(text_wrap=True, **look))


def number_format(figure: Figure) -> str:
    return MONEY[reader_language()] if figure.measure in COSTS else "#,##0"


def link(book: Book, sheet: Worksheet, row: int, column: int, path: str) -> None:
    """The cell, written after it, leads there; not where the address is longer than Excel takes."""
    address = book.absolute(path)
    count = book.links.get(sheet.name, 0)
    if len(address) <= LONGEST_ADDRESS and count < MOST_LINKS:
        sheet.write_url(row, column, address, tip=_("Open the list"))
        book.links[sheet.name] = count + 1
