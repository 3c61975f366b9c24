"""Whole numbers, such as how many people went."""

import datetime as dt
import re

from django.utils.translation import gettext_lazy as _

from common.sheets.book import Cell
from common.sheets.values.cells import ValueProblem, has_odd_digits, short, text_of
from common.sheets.values.nothing import says_nothing
from common.text import fold

MOST = 100_000
WORDS = {
    word: number
    for number, said in enumerate(
        (
            "one un une", "two deux", "three trois", "four quatre", "five cinq", "six", "seven sept",
            "eight huit", "nine neuf", "ten dix", "eleven onze", "twelve douze",
        ),
        1,
    )
    for word in said.split()
}  # fmt: skip
NUMBER = re.compile(
    r"^(\d{1,3}(?:[ ,]\d{3})+|\d{1,9})(?:\.0+)?"
    r"(?: (?:people|persons?|pers\.?|personnes?|participants?|staff|employees?|employes?|officers?|"
    r"agents?))?$",
    re.ASCII,
)


class NotANumber(ValueProblem):
    """A cell that tells no whole number from 0 to 100,000."""


def read_number(cell: Cell) -> int | None:
    """The whole number a cell tells; None where it tells nothing. Raises NotANumber."""
    text = text_of(cell)
    if isinstance(cell, bool | dt.date) or len(text) > 60 or has_odd_digits(text):
        raise _unreadable(text)
    folded = fold(text)
    found = NUMBER.match(folded)
    if found:
        number = int(re.sub(r"\D", "", found[1]))
    elif folded in WORDS:
        number = WORDS[folded]
    elif says_nothing(text):
        return None
    else:
        raise _unreadable(text)
    if number > MOST:
        raise _unreadable(text)
    return number


def _unreadable(text: str) -> NotANumber:
    message = _("“%(value)s” is not a whole number. Give one from 0 to 100,000, such as 4.")
    return NotANumber("unreadable", message, value=short(text))
