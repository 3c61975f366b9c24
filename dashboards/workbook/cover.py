"""The first sheet: what the workbook is, whom it was made for, and what is in it."""

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter.worksheet import Worksheet

from accounts.models import Sensitivity
from common.marking import marking_in_words
from dashboards.said import Said, counted_for, filter_in_words, made_for, options_said
from dashboards.workbook.page import Book, set_up, write_text


def begin(book: Book) -> Worksheet:
    """The sheet, so that it is the first; finish() writes it once the others are known."""
    title = pgettext("sheet", "About")
    sheet = book.workbook.add_worksheet(title)
    set_up(sheet, title, book)
    return sheet


def finish(book: Book, sheet: Worksheet) -> None:
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    words = marking_in_words(book.marking).upper()
    if words:
        write_text(book, sheet, 0, 0, words, bold=True)
    sheet.write_string(1, 0, _("International engagements: the dashboard"), _title(book))
    row = _facts(book, sheet, 3)
    row = _contents(book, sheet, row + 1)
    if words:
        write_text(book, sheet, row + 1, 0, words, bold=True)


def _facts(book: Book, sheet: Worksheet, row: int) -> int:
    reader = book.scope.filters.user
    level = Sensitivity(book.marking).label
    facts = [
        Said(label=pgettext("figures", "Filter"), value=filter_in_words(book.scope.filters)),
        *options_said(book.scope, by_objective=True),
        Said(label=_("Made for"), value=made_for(reader)),
        Said(label=_("Marking"), value=str(level)),
    ]
    for fact in facts:
        _fact(book, sheet, row, fact.label)
        write_text(book, sheet, row, 1, fact.value)
        row += 1
    _fact(book, sheet, row, _("Counted on"))
    moment = localtime(book.at).replace(tzinfo=None, second=0, microsecond=0)
    look = book.format(num_format="yyyy-mm-dd hh:mm", align="left")
    sheet.write_datetime(row, 1, moment, look)
    write_text(book, sheet, row + 1, 1, counted_for(reader))
    links = _("A number that is linked opens the list of exactly what it counts.")
    write_text(book, sheet, row + 2, 1, links)
    return row + 3


def _contents(book: Book, sheet: Worksheet, row: int) -> int:
    sheet.write_string(row, 0, _("Sheet"), book.head)
    sheet.write_string(row, 1, _("What it holds"), book.head)
    look = book.format(font_color="#1F497A", underline=1)
    for title, holds in book.contents:
        row += 1
        quoted = title.replace("'", "''")
        sheet.write_url(row, 0, f"internal:'{quoted}'!A1", look, string=title)
        write_text(book, sheet, row, 1, holds)
    return row + 1


def _fact(book: Book, sheet: Worksheet, row: int, label: str) -> None:
    sheet.write_string(row, 0, label, book.format(bold=True))


def _title(book: Book) -> object:
    return book.format(bold=True, font_size=18)
