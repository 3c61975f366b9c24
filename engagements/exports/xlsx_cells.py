"""Cells of a workbook as XML, without the place they stand at: what many rows say alike is made once."""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from common.partial_dates import PartialDate, Precision
from engagements.exports.columns import Is
from engagements.exports.text import LONGEST_CELL, cut
from engagements.exports.words import Words

# Before it Excel counts a day that never was.
FIRST_DAY = dt.date(1900, 3, 1)
DAY_NOUGHT = dt.date(1899, 12, 30)
# What XML cannot hold as it is, and what Excel would take for the sign of it: both are told by _xHHHH_.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9a-fA-F]{4}_)")
MEANS_SOMETHING = re.compile(r"[&<>]")
OUTER_BLANK = re.compile(r"^\s|\s$")

Made = Callable[[Any], str]


class Cells:
    """What stands in a cell behind its place: ` s="3"><v>538</v></c>`; "" for nothing.

    `styles`: what a column holds → how its cells look; `day` how a day looks. `shortened`: texts that were
    too long for a cell.
    """

    def __init__(self, words: Words, styles: dict[Is, int], day: int) -> None:
        self.words, self.shortened = words, 0
        self.styles = {holds: f' s="{style}"' if style else "" for holds, style in styles.items()}
        self.day_style = f' s="{day}"'

    def of(self, holds: Is) -> Callable[[Sequence[Any]], list[str]]:
        style = self.styles[holds]
        opening, preserving = (
            f'{style} t="inlineStr"><is><t{more}>' for more in ("", ' xml:space="preserve"')
        )

        def text(told: str) -> str:
            kept = self.fitting(told) if len(told) * 2 > LONGEST_CELL else told
            if not kept:
                return ""
            outer = preserving if OUTER_BLANK.search(kept) else opening
            return f"{outer}{as_xml(kept)}</t></is></c>"

        def number(told: int | Decimal) -> str:
            return f"{style}><v>{told:.16G}</v></c>"

        def day(told: dt.date) -> str:
            if told < FIRST_DAY:
                return text(told.isoformat())
            return f"{self.day_style}><v>{(told - DAY_NOUGHT).days}</v></c>"

        def date(told: PartialDate) -> str:
            whole = told.precision == Precision.DAY and told.earliest
            return day(whole) if whole and whole >= FIRST_DAY else text(self.words.date(told))

        made: dict[str, Made] = {
            Is.NUMBER: number,
            Is.MONEY: number,
            Is.DATE: day,
            Is.PARTIAL_DATE: date,
        }
        make = made.get(holds, text)
        return lambda values: ["" if value is None else make(value) for value in values]

    def fitting(self, text: str) -> str:
        kept = cut(text)
        self.shortened += kept is not text
        return kept


def as_xml(text: str) -> str:
    if UNWRITABLE.search(text):
        text = UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
    if MEANS_SOMETHING.search(text):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text
