"""What the values of a column show about how its dates are written."""

import re
from collections.abc import Iterable

from common.partial_dates import Precision
from common.sheets.book import Cell
from common.sheets.values.cells import LONGEST, text_of
from common.sheets.values.date_single import ORDERS, Habits
from common.text import fold

DAY_IN_NUMBERS = re.compile(r"(?<!\d)(\d\d?)([/. -])(\d\d?)\2(\d{4}|\d\d)(?!\d)", re.ASCII)
YEAR_AND_TWO = re.compile(r"(?<![\d/.-])(\d{4})-(\d\d)(?![\d/.-])", re.ASCII)
ISO_DAY = re.compile(r"(?<!\d)\d{4}-\d\d-\d\d(?!\d)", re.ASCII)
FISCAL_HEADING = re.compile(
    r"\b(fiscal|fy|exercices?|annees? financieres?|financial years?|af)\b|\bannees? fiscales?\b"
)


# How a heading says that dates are to be written: dd/mm/yyyy, jj-mm-aaaa.
ORDER_IN_HEADING = {
    "dmy": re.compile(r"\b(dd|jj|d|j)[/ .-]m{1,4}[/ .-](y|a){2,4}\b"),
    "mdy": re.compile(r"\bm{1,4}[/ .-](dd|jj|d|j)[/ .-](y|a){2,4}\b"),
}
COARSE_HEADING = {
    Precision.MONTH.value: re.compile(r"\b(month|mois)\b"),
    Precision.YEAR.value: re.compile(r"\b(year|annee)\b"),
}


def habits_of(
    cells: Iterable[Cell],
    *,
    heading: str = "",
    order: str = "",
    fiscal: bool | None = None,
    epoch: int = 1900,
) -> Habits:
    """Whether the day or the month comes first, and whether 2004-05 is a fiscal year, as far as it shows.

    `order` as answered for the file wins over what the heading says, and that over what the values show;
    `fiscal`, answered likewise, over what the values show.
    `cells` of the columns of starts and ends may be given together: one hand wrote both.
    """
    told = _texts(cells)
    says_fiscal = is_fiscal_heading(heading)
    says_order = _first_in(ORDER_IN_HEADING, heading)
    return Habits(
        order=order if order in ORDERS else says_order or order_of(told),
        fiscal=True if says_fiscal else fiscal if fiscal is not None else _fiscal(told),
        fiscal_years=says_fiscal,
        precision="" if says_fiscal else _first_in(COARSE_HEADING, heading),
        epoch=epoch,
    )


def _first_in(ways: dict[str, re.Pattern], heading: str) -> str:
    folded = fold(heading[:LONGEST])
    return next((name for name, pattern in ways.items() if pattern.search(folded)), "")


def is_fiscal_heading(heading: str) -> bool:
    return bool(FISCAL_HEADING.search(fold(heading[:LONGEST])))


def order_of(texts: Iterable[str]) -> str:
    """ "dmy" or "mdy" where a number above 12 shows it, and nothing the other; else ""."""
    seen = set()
    for text in texts:
        for a, _sign, b, year in DAY_IN_NUMBERS.findall(text):
            if len(year) == 2 and int(year) <= 31:
                continue  # any of the three may be the year
            if int(a) > 12 >= int(b):
                seen.add("dmy")
            elif int(b) > 12 >= int(a):
                seen.add("mdy")
    return seen.pop() if len(seen) == 1 else ""


def _texts(cells: Iterable[Cell]) -> set[str]:
    """Each once, folded; real dates and numbers need no habit."""
    kept = {
        cell for cell in cells if isinstance(cell, str) and any(c.isdigit() for c in cell[:LONGEST])
    }
    return {fold(text_of(cell)) for cell in kept if len(cell) <= LONGEST}


def _fiscal(texts: set[str]) -> bool | None:
    """Days and months in figures show that 2004-05 is a month; 2012-13 shows that it is a fiscal year."""
    months = any(ISO_DAY.search(text) for text in texts)
    fiscal = False
    for text in texts:
        for year, two in YEAR_AND_TWO.findall(text):
            follows = int(two) == (int(year) + 1) % 100
            months |= not follows and 1 <= int(two) <= 12
            fiscal |= follows and not 1 <= int(two) <= 12
    if months and fiscal:
        return None
    return not months
