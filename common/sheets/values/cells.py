"""A cell as text, and what is raised for one that cannot be read."""

import datetime as dt
from typing import Any

from common.sheets.book import Cell

# A value is told in a line. What is longer is a text, and is not looked at word by word.
LONGEST = 120


class ValueProblem(Exception):
    """A cell that cannot be read. `code` for programs; `message` says what would be right, to readers.

    The message is put into words when it is asked for, in the language of whoever reads then.
    """

    def __init__(self, code: str, message: Any, **params: Any) -> None:
        super().__init__(code)
        self.code, self._message, self.params = code, message, params

    @property
    def message(self) -> str:
        return str(self._message) % self.params if self.params else str(self._message)

    def __str__(self) -> str:
        return self.message


def text_of(cell: Cell) -> str:
    """A cell as the spreadsheet would show it, without blanks around: 538.0 is "538", a day is ISO."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        whole_day = cell.time() == dt.time()
        return cell.date().isoformat() if whole_day else cell.isoformat(" ", "minutes")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell).strip()


def is_blank(cell: Cell) -> bool:
    return cell is None or cell == "" or (isinstance(cell, str) and not cell.strip())


def short(text: str, length: int = 60) -> str:
    """A value as a message repeats it."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def has_odd_digits(text: str) -> bool:
    """Whether it holds a figure that folding would take for another: 10² is not 102, nor ½ a 12."""
    return not text.isascii() and any(c.isnumeric() and not c.isascii() for c in text)
