"""What a file of rows holds once read: sheets of typed cells, where the spreadsheet shows them.

Rows and columns are counted from 1, as a spreadsheet shows them: column 1 is A. What is blank before
the first cell and after the last is left out; `first_row` and `first_column` say where the rest begins.
"""

import datetime as dt
import json
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

Cell = str | int | float | bool | dt.date | dt.datetime | None


@dataclass(frozen=True)
class Merged:
    """Cells joined into one, first and last included. What they say stands in the first."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, eq=False)
class Sheet:
    """One sheet. Every row has as many cells as the widest: `rows[0][0]` is at first_row, first_column."""

    name: str
    rows: list[list[Cell]]
    first_row: int = 1
    first_column: int = 1
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merged: tuple[Merged, ...] = ()

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    @property
    def last_row(self) -> int:
        return self.first_row + len(self.rows) - 1

    @property
    def last_column(self) -> int:
        return self.first_column + self.width - 1

    def numbered(self) -> Iterator[tuple[int, list[Cell]]]:
        """Each row with the number the spreadsheet shows for it."""
        return enumerate(self.rows, self.first_row)

    def row(self, number: int) -> list[Cell]:
        """A row by its number; cells from `first_column` on. Blank outside of what was read."""
        inside = self.first_row <= number <= self.last_row
        return self.rows[number - self.first_row] if inside else [None] * self.width

    def cell(self, row: int, column: int) -> Cell:
        inside = self.first_column <= column <= self.last_column
        return self.row(row)[column - self.first_column] if inside else None

    def said(self, row: int, column: int) -> Cell:
        """A cell, or what the merged cells say that it is one of."""
        joined = self._joined.get((row, column))
        return (
            self.cell(joined.first_row, joined.first_column) if joined else self.cell(row, column)
        )

    @cached_property
    def _joined(self) -> dict[tuple[int, int], Merged]:
        """Which merged cells each place is in, as far as there are cells."""
        return {
            (row, column): each
            for each in self.merged
            for row in range(each.first_row, min(each.last_row, self.last_row) + 1)
            for column in range(each.first_column, min(each.last_column, self.last_column) + 1)
        }


@dataclass(frozen=True)
class Note:
    """Something about a file that was read nevertheless: see `reading.said`."""

    code: str
    params: dict[str, Any]  # text and numbers


@dataclass(frozen=True, eq=False)
class Book:
    """A file as read. `format` is what it is, whatever it is called: xlsx, xlsm, xlsb, xls, ods or csv.

    `encoding` (utf-8, utf-16 or windows-1252) and `delimiter` (comma, semicolon or tab, the character)
    are a delimited text's; None and "" for a workbook.
    """

    format: str
    sheets: list[Sheet]
    encoding: str | None = None
    delimiter: str = ""
    notes: tuple[Note, ...] = ()

    def sheet(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    def packed(self) -> bytes:
        """The whole book, compressed, to keep it or send it between processes. JSON inside: runs nothing."""
        return zlib.compress(as_json(self).encode(), level=1)

    @classmethod
    def unpacked(cls, packed: bytes) -> "Book":
        return from_json(zlib.decompress(packed).decode())


def letter(column: int) -> str:
    """1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def number_of(letters: str) -> int:
    """A is 1, AA is 27; 0 for what is no column."""
    number = 0
    for each in letters.upper():
        if not "A" <= each <= "Z":
            return 0
        number = number * 26 + ord(each) - ord("A") + 1
    return number


def as_json(book: Book) -> str:
    told = {
        "format": book.format,
        "encoding": book.encoding,
        "delimiter": book.delimiter,
        "notes": [asdict(note) for note in book.notes],
        "sheets": [_told(sheet) for sheet in book.sheets],
    }
    return json.dumps(told, default=_date_told, ensure_ascii=False, separators=(",", ":"))


def from_json(text: str) -> Book:
    told = json.loads(text, object_hook=_date_read)
    return Book(
        told["format"],
        [_sheet_read(each) for each in told["sheets"]],
        encoding=told["encoding"],
        delimiter=told["delimiter"],
        notes=tuple(Note(**each) for each in told["notes"]),
    )


def _told(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "rows": sheet.rows,
        "first": [sheet.first_row, sheet.first_column],
        "hidden": [sheet.hidden, sorted(sheet.hidden_rows), sorted(sheet.hidden_columns)],
        "merged": [list(vars(each).values()) for each in sheet.merged],
    }


def _sheet_read(told: dict[str, Any]) -> Sheet:
    first_row, first_column = told["first"]
    hidden, hidden_rows, hidden_columns = told["hidden"]
    return Sheet(
        told["name"],
        told["rows"],
        first_row=first_row,
        first_column=first_column,
        hidden=hidden,
        hidden_rows=frozenset(hidden_rows),
        hidden_columns=frozenset(hidden_columns),
        merged=tuple(Merged(*each) for each in told["merged"]),
    )


def _date_told(value: Any) -> dict[str, str]:
    """A moment is told apart from a day: both are dates to Python."""
    if not isinstance(value, dt.date):
        raise TypeError(f"no cell holds a {type(value).__name__}")
    return {"moment" if isinstance(value, dt.datetime) else "day": value.isoformat()}


def _date_read(told: dict[str, Any]) -> Any:
    if len(told) != 1:
        return told
    if "day" in told:
        return dt.date.fromisoformat(told["day"])
    return dt.datetime.fromisoformat(told["moment"]) if "moment" in told else told
