"""A block as a sheet: its lines as a table, with the headings kept in sight."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from xlsxwriter.worksheet import Worksheet

from dashboards.exports import plain
from dashboards.workbook.page import Book, width_of, write
from engagements.filters import EngagementFilter


def lines_sheet(
    book: Book,
    title: str,
    holds: str,
    lines: Sequence[Sequence[Any]],
    *,
    name: str,
    filters: EngagementFilter,
) -> Worksheet:
    """`lines`: first the headings. `name`: the table's own, for formulas; ASCII."""
    sheet = book.sheet(title, holds)
    headings, body = unique([str(heading) for heading in lines[0]]), lines[1:]
    for row, line in enumerate(body, start=1):
        for column, value in enumerate(line):
            write(book, sheet, row, column, value, filters=filters)
    frame(book, sheet, headings, len(body), name=name)
    fit(sheet, [headings, *body])
    return sheet


def frame(book: Book, sheet: Worksheet, headings: list[str], count: int, *, name: str) -> None:
    """A named table with filters; of nothing, headings alone."""
    if count:
        columns = [{"header": heading, "header_format": book.head} for heading in headings]
        options = {"columns": columns, "name": name, "style": "Table Style Light 1"}
        sheet.add_table(0, 0, count, len(headings) - 1, options)
    else:
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, book.head)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    # Codes and years are text, and meant so.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


def unique(headings: list[str]) -> list[str]:
    """A table wants every heading once: the second "Name" becomes "Name (2)". None is empty."""
    seen: dict[str, int] = {}
    found = []
    for place, heading in enumerate(headings, start=1):
        text = heading.strip() or str(place)
        seen[text.lower()] = count = seen.get(text.lower(), 0) + 1
        found.append(text if count == 1 else f"{text} ({count})")
    return found


def fit(sheet: Worksheet, lines: Sequence[Sequence[Any]]) -> None:
    """Each column as wide as what stands in it."""
    for column in range(len(lines[0])):
        # A heading breaks between words: it needs the longest of them alone.
        words = str(lines[0][column]).split()
        body = [shown(line[column]) for line in lines[1:] if column < len(line)]
        sheet.set_column(column, column, width_of([*words, *body]))


def shown(value: Any) -> str:
    """As wide as Excel will show it: money with its cents and its sign."""
    found = plain(value)
    return f"{found:,.2f} $" if isinstance(found, Decimal) else str(found)
