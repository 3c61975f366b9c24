"""Which sheet, which row of headings, how a text is written: as found, with the first rows to see it by."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.access import contributors_only
from accounts.http import PortalRequest
from accounts.unsaved import keeps_typed
from common.sheets.book import Book, Sheet, letter
from common.sheets.reading import Unreadable, said
from common.sheets.tables import NoTable, NotARow, Table
from common.sheets.values.cells import short, text_of
from engagements.forms.table import TableForm
from engagements.imports.keeping import book_of, table_of
from engagements.models import Load
from engagements.views.imports.answering import tell
from engagements.views.imports.steps import before_loading, show

# Rows and columns to recognize a table by; the file may have a hundred thousand of the ones.
AFTER_HEADINGS, AT_LEAST, MOST_COLUMNS = 5, 12, 40


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row as the spreadsheet shows it."""

    number: int
    cells: list[str]
    is_head: bool
    is_above: bool


@require_http_methods(["GET", "HEAD", "POST"])
@contributors_only
@keeps_typed
@before_loading
def import_table(request: PortalRequest, load: Load) -> HttpResponse:
    book, (table, trouble) = book_of(load), found(load)
    form = form_of(request, load, book, table)
    if request.method != "POST":
        return page(request, load, book, table, form, trouble)
    if not form.is_valid():
        return page(request, load, book, table, form, trouble, status=422)
    try:
        load = tell(load, form.answers)
    except Unreadable as unreadable:
        form.add_error("encoding" if "encoding" in form.fields else None, unreadable.message)
        return page(request, load, book, table, form, trouble, status=422)
    if request.POST.get("do") == "look":
        return redirect("imports:table", load.key)
    table, trouble = found(load)
    if table is None:
        form = form_of(request, load, book_of(load), table)
        form.add_error("header_row", trouble)
        return page(request, load, book_of(load), table, form, "", status=422)
    return redirect("imports:columns", load.key)


def found(load: Load) -> tuple[Table | None, str]:
    """The table, or why there is none."""
    try:
        return table_of(load), ""
    except NoTable as none:
        return None, str(none.message)


def form_of(request: PortalRequest, load: Load, book: Book, table: Table | None) -> TableForm:
    told = load.answers
    sheet = table.sheet if table else told.get("sheet") or book.sheets[0].name
    header_row = table.header_row if table else told.get("header_row") or 1
    data = request.POST if request.method == "POST" else None
    return TableForm(data, book=book, sheet=sheet, header_row=header_row)


def page(
    request: PortalRequest,
    load: Load,
    book: Book,
    table: Table | None,
    form: TableForm,
    trouble: str,
    *,
    status: int = 200,
) -> HttpResponse:
    sheet = (
        book.sheet(str(form["sheet"].initial if "sheet" in form.fields else "")) or book.sheets[0]
    )
    header_row = table.header_row if table else int(form["header_row"].initial or 0)
    context = {
        "form": form,
        "table": table,
        "trouble": trouble,
        "sheet": sheet,
        "letters": [letter(sheet.first_column + n) for n in range(min(sheet.width, MOST_COLUMNS))],
        "more_columns": max(0, sheet.width - MOST_COLUMNS),
        "lines": lines(sheet, table, header_row),
        "notes": [said(note) for note in book.notes],
        "left_aside": left_aside(table) if table else [],
    }
    return show(request, "table", load, context, status=status)


def left_aside(table: Table) -> list[tuple[str, list[int]]]:
    """What rows of the sheet are that are no records, and which: those above the headings aside."""
    found: dict[NotARow, list[int]] = {}
    for number, why in table.left_out:
        if why != NotARow.TITLE and number not in table.header_rows:
            found.setdefault(why, []).append(number)
    return [(str(why.label), numbers) for why, numbers in found.items()]


def lines(sheet: Sheet, table: Table | None, header_row: int) -> list[Line]:
    """The first rows, as far as some beneath the headings."""
    heads = set(table.header_rows if table else [])
    last = max(header_row + AFTER_HEADINGS, sheet.first_row + AT_LEAST - 1)
    first = max(sheet.first_row, header_row - AT_LEAST)
    return [
        Line(
            number=number,
            cells=[
                short(text_of(sheet.said(number, sheet.first_column + n)), 200)
                for n in range(min(sheet.width, MOST_COLUMNS))
            ],
            is_head=number in heads,
            is_above=number < header_row and number not in heads,
        )
        for number in range(first, min(last, sheet.last_row) + 1)
    ]
