"""Amounts in Canadian dollars as people write them, as cents.

$2,000,000 · 2 000 000 $ · 1.2M · 1,5 M$ · 500K · 2150,50 · CAD 2,150.50
"""

import datetime as dt
import math
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from common.sheets.book import Cell
from common.sheets.values.cells import ValueProblem, has_odd_digits, short, text_of
from common.sheets.values.nothing import says_nothing
from common.text import fold

# What the portal can keep: ten digits and cents.
MOST_CENTS = 10**12 - 1
# A longer text is no amount.
LONGEST = 60
SPACES = re.compile(r"[\s'\u00a0\u2009\u202f]+")
CANADIAN = re.compile(
    r"(?<![a-z])(?:cad|cdn|can|ca(?=\$)|c(?=\$)|dollars?|canadiens?|canadian)(?![a-z])"
    r"|(?<=\$)(?:cad|cdn|can|ca|c)(?![a-z])|(?<=\$ )(?:cad|cdn|can|ca)(?![a-z])"
    r"|(?<=[0-9km])(?:cad|cdn)(?![a-z])|(?<![a-z])(?:cad|cdn|can|ca|c)(?=\s?\$?\s?[0-9])"
)
FOREIGN = re.compile(
    r"[€£¥]|(?<![a-z])(?:usd?|eur|euros?|gbp|chf|aud|nzd|jpy|fcfa|xof|htg|pounds?|livres?|sterling)(?![a-z])"
)
UNITS = {
    10**6: re.compile(r"\bmillions?\b|\bm\$|\$m\b|\(m\)|\$? ?000 ?,?000 ?\$?\)"),
    10**3: re.compile(
        r"\bthousands?\b|\bmilliers?\b|\bk\$|\$k\b|\(k\)|\$ ?'?000\b|\b000 ?\$|\(000s?\)|'000"
    ),
}
FREE = frozenset(("free", "no cost", "at no cost", "sans frais", "gratuit", "sans cout"))
TIMES = {
    "k": 3, "thousand": 3, "mille": 3,
    "m": 6, "mm": 6, "mil": 6, "mln": 6, "million": 6, "millions": 6,
    "b": 9, "bn": 9, "g": 9, "md": 9, "mds": 9, "billion": 9, "billions": 9, "milliard": 9, "milliards": 9,
}  # fmt: skip
FIGURE = re.compile(
    r"^(?P<figure>[0-9][0-9 .,]*)(?P<times>"
    + "|".join(sorted(TIMES, key=len, reverse=True))
    + r")?$",
    re.ASCII,
)
NEGATIVE = re.compile(r"^\((?P<inside>.+)\)$|^[-−](?P<after>.+)$|^(?P<before>.+)[-−]$")
PLAIN = re.compile(r"^[0-9]+$", re.ASCII)
GROUPED = {
    sign: re.compile(rf"^[0-9]{{1,3}}(?:{re.escape(sign)}[0-9]{{3}})+$", re.ASCII) for sign in " ,."
}


class NotAnAmount(ValueProblem):
    """A cell that tells no amount that can be kept."""


def read_amount(cell: Cell, *, unit: int = 1) -> int | None:
    """The cents a cell tells; None where it tells nothing (blank, n/a, TBD / à déterminer, -).

    `unit`: what the heading says the figures are counted in (`unit_of`), where the cell says none itself.
    Raises NotAnAmount, with a sentence that says what would be right.
    """
    if isinstance(cell, bool | dt.date):
        raise _unreadable(text_of(cell))
    if isinstance(cell, int | float):
        return _number(cell, unit)
    text = text_of(cell)
    if len(text) > LONGEST or has_odd_digits(text):
        raise _unreadable(text)
    if says_nothing(text):
        return None
    return _text(text, unit)


@lru_cache(maxsize=200)
def unit_of(heading: str) -> int:
    """1000 for a heading such as "Budget ($000)" or "en milliers de dollars", a million likewise; else 1."""
    folded = fold(heading[:200])
    return next((times for times, pattern in UNITS.items() if pattern.search(folded)), 1)


def is_foreign(heading: str) -> bool:
    """Whether a heading says that the amounts are in another currency."""
    return bool(FOREIGN.search(fold(heading[:200])))


def _number(number: float, unit: int) -> int:
    if not math.isfinite(number):
        raise _unreadable(text_of(number))
    # Through its shortest text: 0.1 + 0.2 stays thirty cents.
    return _cents(Decimal(repr(number)) * unit, text_of(number))


def _text(text: str, unit: int) -> int:
    folded = fold(text)
    if folded in FREE:
        return 0
    if FOREIGN.search(folded):
        raise _foreign(text)
    bare = _bare(folded)
    if found := NEGATIVE.match(bare):
        inside = _bare(next(part for part in found.groups() if part))
        raise _negative(text) if FIGURE.match(inside) else _unreadable(text)
    found = FIGURE.match(bare)
    if not found:
        raise _unreadable(text)
    times = TIMES[found["times"]] if found["times"] else 0
    figure = _figure(found["figure"].strip(), text, has_unit=bool(times))
    return _cents(figure.scaleb(times) if times else figure * unit, text)


def _bare(folded: str) -> str:
    """Without dollar signs, their names, and blanks other than between figures."""
    bare = CANADIAN.sub(" ", folded).replace("$", " ")
    bare = re.sub(r"\b(?:de|d)\b", " ", bare)
    bare = SPACES.sub(" ", bare).strip(" :")
    return re.sub(r" (?=[a-z)\-])|(?<=[(\-]) ", "", bare)


def _figure(figure: str, text: str, *, has_unit: bool) -> Decimal:
    """A number with thousands grouped by blanks, commas or points, and a decimal comma or point."""
    whole, sign, cents = _parted(figure)
    if len(cents) == 3 and GROUPED[sign].match(figure) and whole != "0":
        # 1,234 is a thousand and more; 1.234 may be either, and so may 1,234M
        if has_unit == (sign == ","):
            raise _two_ways(text)
        if not has_unit:
            return Decimal(figure.replace(",", ""))
    most = 2 if sign == "," and not has_unit else LONGEST
    if not _is_whole(whole) or (sign and not 1 <= len(cents) <= most):
        raise _unreadable(text)
    return Decimal(re.sub(r"[ ,.]", "", whole) + "." + (cents or "0"))


def _parted(figure: str) -> tuple[str, str, str]:
    """(whole part, decimal sign, decimals). A sign that stands twice groups thousands."""
    last = max(figure.rfind(","), figure.rfind("."))
    if last < 0 or figure.count(figure[last]) > 1:
        return figure, "", ""
    return figure[:last], figure[last], figure[last + 1 :]


def _is_whole(figure: str) -> bool:
    return bool(PLAIN.match(figure)) or any(each.match(figure) for each in GROUPED.values())


def _cents(amount: Decimal, text: str) -> int:
    if amount < 0:
        raise _negative(text)
    if amount > Decimal(MOST_CENTS) / 100:
        raise _too_much(text)
    return int((amount * 100).quantize(Decimal(1), ROUND_HALF_UP))


def _unreadable(text: str) -> NotAnAmount:
    message = _(
        "“%(value)s” is not an amount. Write it as 2000000, $2,000,000, 2 000 000 $ or 2M, "
        "or leave the cell empty."
    )
    return NotAnAmount("unreadable", message, value=short(text))


def _foreign(text: str) -> NotAnAmount:
    message = _("“%(value)s” is not in Canadian dollars. Give the amount in CAD.")
    return NotAnAmount("foreign", message, value=short(text))


def _negative(text: str) -> NotAnAmount:
    message = _("“%(value)s” is less than zero. Give an amount of zero or more.")
    return NotAnAmount("negative", message, value=short(text))


def _two_ways(text: str) -> NotAnAmount:
    message = _(
        "“%(value)s” can be read with thousands or with decimals. "
        "Write it without a sign between figures, such as 1234, or with two decimals."
    )
    return NotAnAmount("two-ways", message, value=short(text))


def _too_much(text: str) -> NotAnAmount:
    message = _("“%(value)s” is more than can be kept. Give an amount below 10,000,000,000.")
    return NotAnAmount("too-much", message, value=short(text))
