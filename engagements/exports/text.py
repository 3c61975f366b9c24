"""How text stands in a file: never run as a formula, never cut without a word, and read back as it was."""

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from common.marking import marking_in_words

# What a spreadsheet would take for the beginning of a formula. An apostrophe makes it text.
# One that stands there already is doubled, so that it can be told from ours.
NEEDS_ONE = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
HAS_ONE = re.compile(r"'+[=+\-@\t\r＝＋－＠]")
SUSPECT = frozenset("'=+-@\t\r＝＋－＠")
# What a cell of a workbook can hold.
LONGEST_CELL = 32_767
CUT_MARK = "[…]"


def safe(value: Any) -> str:
    """Text that a spreadsheet shows as it is and never runs as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in SUSPECT and NEEDS_ONE.match(text) else text


def all_safe(values: Sequence[Any]) -> Sequence[Any]:
    """The same of many: where none begins as a formula would, as they are."""
    if SUSPECT.isdisjoint({value[:1] for value in values if value}):
        return values
    return [safe(value) for value in values]


def unsafe(text: str) -> str:
    """What `safe` was given: for a CSV of ours that comes back."""
    return text[1:] if HAS_ONE.match(text) else text


def cut(text: str) -> str:
    """As much of a text as a cell takes, told at its end where that is not all of it."""
    if length(text) <= LONGEST_CELL:
        return text
    told = _("[…] %(count)s characters in all: read the rest in the portal.")
    ending = " " + told % {"count": len(text)}
    room = LONGEST_CELL - len(ending)
    while length(text[:room]) > LONGEST_CELL - len(ending):
        room -= length(text[:room]) - (LONGEST_CELL - len(ending))
    return text[:room] + ending


def is_cut(text: str) -> bool:
    """Whether a cell holds no more than the beginning of what the portal has: it says nothing new."""
    return len(text) > LONGEST_CELL - 200 and CUT_MARK in text[-200:]


def is_beginning(said: str, text: str) -> bool:
    """Whether a cell holds what `cut` left of a text, in whatever language that was told at its end."""
    return is_cut(said) and text.startswith(said.rpartition(CUT_MARK)[0].rstrip())


def length(text: str) -> int:
    """As spreadsheets count it: what lies beyond the first 65,536 characters of Unicode counts twice."""
    return len(text) if text.isascii() else len(text) + sum(char > "\uffff" for char in text)


def marking_lines(level: int) -> list[list[str]]:
    """The line above and below what is protected; none for the rest."""
    return [[marking_in_words(level).upper()]] if level else []
