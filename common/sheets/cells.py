"""Values as the reader of workbooks gives them, as cells; and what is blank around them left out."""

import datetime as dt
import math
import sys
from collections.abc import Iterable
from typing import Any

from common.sheets.book import Cell, Sheet, letter
from common.sheets.limits import Limits
from common.sheets.refused import Refused

# From here on not every whole number can be told apart from the next.
EXACT = 1e15
# Titles, headings and totals stand beside as many rows as may be loaded.
ROOM_FOR_TITLES = 100


def as_cell(value: Any) -> Cell:
    """Spreadsheets have one kind of number: 2004.0 was typed as 2004. A time of day becomes text."""
    if isinstance(value, str):
        return value if value and not value.isspace() else None
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, dt.timedelta):
        return _duration(value)
    if isinstance(value, dt.time):
        return value.isoformat("seconds" if value.second else "minutes")
    return value


def _number(value: float) -> Cell:
    if not math.isfinite(value):
        return str(value)
    return int(value) if value.is_integer() and abs(value) < EXACT else value


def _duration(value: dt.timedelta) -> str:
    """36:30, or 36:30:15."""
    seconds = abs(round(value.total_seconds()))
    told = f"{seconds // 3600}:{seconds // 60 % 60:02}"
    told += f":{seconds % 60:02}" if seconds % 60 else ""
    return f"-{told}" if value < dt.timedelta(0) else told


class Gathering:
    """The rows of one sheet as they come, within the limits, then without what is blank around them."""

    def __init__(self, sheet: str, limits: Limits, first_row: int = 1, first_column: int = 1):
        self.sheet, self.limits = sheet, limits
        self.first_row, self.first_column = first_row, first_column
        self.rows: list[list[Cell]] = []
        self.blank = 0  # rows since the last that holds something
        self.left = sys.maxsize  # columns that are blank in every row
        self.width = self.cells = 0

    def take(self, values: Iterable[Any]) -> None:
        """One row more."""
        row = [as_cell(value) for value in values]
        while row and row[-1] is None:
            row.pop()
        if not row:
            self.blank += 1
            return
        self._fill_in()
        self.rows.append(row)
        self._measure(row)

    def _fill_in(self) -> None:
        """Blank rows count once something comes after them: a million at the end are nothing."""
        if not self.rows:
            self.first_row += self.blank
        elif len(self.rows) + self.blank >= self.limits.rows + ROOM_FOR_TITLES:
            raise Refused("too_many_rows", sheet=self.sheet, limit=self.limits.rows)
        else:
            self.rows.extend([] for _ in range(self.blank))
        self.blank = 0

    def _measure(self, row: list[Cell]) -> None:
        if len(row) > self.width:
            self.width = len(row)
        if row[0] is None:
            self.left = min(self.left, next(at for at, cell in enumerate(row) if cell is not None))
        else:
            self.left = 0
        self.cells += len(row)
        if self.cells > self.limits.cells:
            raise Refused("too_many_cells", limit=self.limits.cells)
        if max((len(cell) for cell in row if isinstance(cell, str)), default=0) > self.limits.cell:
            self._refuse_longest(row)

    def _refuse_longest(self, row: list[Cell]) -> None:
        sizes = [len(cell) if isinstance(cell, str) else 0 for cell in row]
        column = self.first_column + sizes.index(max(sizes))
        cell = f"{letter(column)}{self.first_row + len(self.rows) - 1}"
        raise Refused("cell_too_long", sheet=self.sheet, cell=cell, limit=self.limits.cell)

    def sheet_of(self, **told: Any) -> Sheet:
        """Rows of one width, and where they begin. `told` is what else is known of the sheet."""
        if not self.rows:
            return Sheet(self.sheet, [], **told)
        width = self.width - self.left
        if width > self.limits.columns:
            self._refuse_widest()
        rows = [row[self.left :] for row in self.rows] if self.left else self.rows
        for row in rows:
            row.extend([None] * (width - len(row)))
        first_column = self.first_column + self.left
        return Sheet(self.sheet, rows, self.first_row, first_column, **told)

    def _refuse_widest(self) -> None:
        number, row = max(enumerate(self.rows, self.first_row), key=lambda each: len(each[1]))
        cell = f"{letter(self.first_column + len(row) - 1)}{number}"
        raise Refused("too_many_columns", sheet=self.sheet, cell=cell, limit=self.limits.columns)
