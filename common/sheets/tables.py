"""The table in a book: which sheet, where its headings stand, which rows are records.

Made for lists nobody has seen before: titles above, groups of headings, sections, totals, headings
repeated on each printed page, notes below, cells that strayed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from common.sheets import bodies, heads
from common.sheets.book import Book, Cell, Sheet, letter
from common.sheets.heads import Head, Knows
from common.sheets.values.cells import ValueProblem, is_blank, short, text_of
from common.text import fold

__all__ = [
    "NO_HEADER",
    "Column",
    "Knows",
    "NoTable",
    "NotARow",
    "Row",
    "SheetSeen",
    "Table",
    "find_table",
]

# For `header_row`: the sheet has no headings.
NO_HEADER = -1
# Values of each column that are shown beside its heading.
SAMPLES = 5
# A column without a heading is one of the table where so many of a hundred rows fill it.
ENOUGH_FILLED = 10
# Rows looked at to weigh one sheet against another.
WEIGHED = 2_000


class NotARow(models.TextChoices):
    """What a row below or above the headings is when it is no record."""

    TITLE = "title", _("a title above the table")
    HEADER = "header", _("the headings again")
    SECTION = "section", _("the heading of a section")
    TOTAL = "total", _("a total")
    NOTE = "note", _("a note")
    STRAY = "stray", pgettext_lazy("row", "nothing but a stray value")


@dataclass(frozen=True)
class Column:
    """`index`: where its cell stands in Row.cells. `name` tells it from the others of the table.

    The name is its heading; of the second with one heading "Title (2)"; without a heading "[C]".
    """

    index: int
    letter: str
    heading: str
    name: str
    group: str = ""
    samples: tuple[str, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A record. Texts in `cells` have no blanks around them, and what is blank is None."""

    number: int
    cells: tuple[Cell, ...]
    section: str = ""


@dataclass(frozen=True)
class SheetSeen:
    """A sheet of the book; `rows` is how many of its rows hold anything, as far as was looked."""

    name: str
    rows: int
    hidden: bool = False


@dataclass(frozen=True, eq=False)
class Table:
    """`header_row` is the lowest row of headings, 0 where there are none; `header_rows` are all of them."""

    sheet: str
    header_row: int
    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    rows: list[Row]
    left_out: list[tuple[int, NotARow]]
    # Cells outside of the columns: ("Q17", …), a few of them; and how many there are.
    stray: tuple[str, ...] = ()
    stray_count: int = 0
    sheets: tuple[SheetSeen, ...] = field(default=())

    def column(self, said: str) -> Column | None:
        """By its name, its letter in brackets, or its heading in whatever case; None where none is."""
        wanted = fold(said)
        for ways in (
            lambda column: fold(column.name),
            lambda column: fold(f"[{column.letter}]"),
            lambda column: fold(column.heading),
            lambda column: fold(column.letter),
        ):
            for column in self.columns:
                if wanted and ways(column) == wanted:
                    return column
        return None

    def values(self, index: int) -> Iterator[Cell]:
        """What a column holds, blanks left out."""
        return (row.cells[index] for row in self.rows if row.cells[index] is not None)


class NoTable(ValueProblem):
    """A book in which there is no list. `code`: empty, headings-only, no-such-sheet, no-such-row."""


def find_table(book: Book, knows: Knows, *, sheet: str = "", header_row: int = 0) -> Table:
    """The list in the book. `knows` says how well a text is known as a heading: 0 to 1.

    `sheet` and `header_row` (as the spreadsheet numbers it; NO_HEADER for none) are what a person chose;
    the rest is guessed. Raises NoTable.
    """
    chosen, head = _chosen(book, knows, sheet, header_row)
    body = bodies.Body(chosen, head, _width(chosen, head))
    records, left_out = bodies.records(body)
    if not records:
        raise _no_rows(chosen, head)
    columns = _columns(chosen, head, body, records)
    stray = body.stray
    return Table(
        sheet=chosen.name,
        header_row=head.last_number(chosen),
        header_rows=head.numbers(chosen),
        columns=columns,
        rows=[Row(*each) for each in records],
        left_out=[(number, NotARow(code)) for number, code in left_out],
        stray=tuple(f"{letter(column)}{row}" for row, column in stray[:SAMPLES]),
        stray_count=body.stray_count,
        sheets=tuple(
            SheetSeen(each.name, heads.filled_rows(each), each.hidden) for each in book.sheets
        ),
    )


def _chosen(book: Book, knows: Knows, name: str, header_row: int) -> tuple[Sheet, Head]:
    """The sheet that was named, or that looks most like a list, with its headings."""
    sheets = [each for each in book.sheets if any(map(any_filled, each.rows))]
    if name:
        named = book.sheet(name)
        if named is None:
            message = _("There is no sheet “%(name)s” in this file. Choose one of those in it.")
            raise NoTable("no-such-sheet", message, name=short(name))
        sheets = [each for each in sheets if each is named]
    else:
        # What its author hid is theirs to point at: lists of choices, what was left over.
        sheets = [each for each in sheets if not each.hidden] or sheets
    if not sheets:
        raise NoTable("empty", _("There is nothing in this file. Choose one that holds a list."))
    told = [(each, heads.find_head(each, knows, _told_row(each, header_row))) for each in sheets]
    return max(told, key=lambda each: heads.likeness_to_list(*each, rows=WEIGHED))


def any_filled(row: list[Cell]) -> bool:
    return any(not is_blank(cell) for cell in row)


def _told_row(sheet: Sheet, header_row: int) -> int | None:
    """Index in sheet.rows of the row a person named; None leaves it to the guess."""
    if header_row in {0, NO_HEADER}:
        return None if header_row == 0 else NO_HEADER
    if not sheet.first_row <= header_row <= sheet.last_row:
        message = _("There is no row %(row)s in this sheet. Give one from %(first)s to %(last)s.")
        last = str(sheet.last_row)
        raise NoTable(
            "no-such-row", message, row=str(header_row), first=str(sheet.first_row), last=last
        )
    return header_row - sheet.first_row


def _no_rows(sheet: Sheet, head: Head) -> NoTable:
    if not head.rows:
        return NoTable("empty", _("There is nothing in this file. Choose one that holds a list."))
    message = _("The sheet “%(name)s” has headings in row %(row)s and no rows below them.")
    return NoTable(
        "headings-only", message, name=short(sheet.name), row=str(head.last_number(sheet))
    )


def _width(sheet: Sheet, head: Head) -> list[int]:
    """Which places in a row are columns of the table: with a heading, or filled often enough."""
    counts = [0] * sheet.width
    total = 0
    for row in sheet.rows[head.first_data :]:
        filled = [index for index, cell in enumerate(row) if cell is not None and cell != ""]
        total += len(filled) > 1
        if len(filled) > 1 or sheet.width == 1:
            for index in filled:
                counts[index] += 1
    needed = max(2 if head.rows else 1, total * ENOUGH_FILLED // 100)
    return [
        index
        for index, count in enumerate(counts)
        if index in head.headings or (count >= needed and (count > 1 or total <= 1))
    ]


def _columns(
    sheet: Sheet, head: Head, body: bodies.Body, records: list[tuple[int, tuple[Cell, ...], str]]
) -> tuple[Column, ...]:
    named: dict[str, int] = {}
    columns = []
    for index, place in enumerate(body.places):
        number = sheet.first_column + place
        heading = head.headings.get(place, "")
        columns.append(
            Column(
                index=index,
                letter=letter(number),
                heading=heading,
                name=_name(heading, letter(number), named),
                group=head.groups.get(place, ""),
                samples=_samples(records, index),
                hidden=number in sheet.hidden_columns,
            )
        )
    return tuple(columns)


def _name(heading: str, letters: str, named: dict[str, int]) -> str:
    if not heading:
        return f"[{letters}]"
    times = named[fold(heading)] = named.get(fold(heading), 0) + 1
    return heading if times == 1 else f"{heading} ({times})"


def _samples(records: list[tuple[int, tuple[Cell, ...], str]], index: int) -> tuple[str, ...]:
    seen: dict[str, None] = {}
    for _number, cells, _section in records:
        if cells[index] is not None:
            seen.setdefault(short(text_of(cells[index])))
            if len(seen) == SAMPLES:
                break
    return tuple(seen)
