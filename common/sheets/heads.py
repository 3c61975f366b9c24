"""Where the headings of a list stand: one row of them, or two or three on top of each other."""

import datetime as dt
import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from common.sheets.book import Cell, Sheet
from common.sheets.values.cells import is_blank
from common.text import fold

# How well a text is known as a heading, 0 to 1.
Knows = Callable[[str], float | bool]

NO_HEADER = -1
# Rows in which headings are looked for, from the first that holds anything.
LOOKED_AT = 80
# A heading is no longer, units and a second language included.
LONGEST_HEADING = 160
KNOWN = 0.5
# Known beyond doubt: a first record may well say "visit".
SURE = 0.95
# Rows of headings on top of each other.
DEEPEST = 3
VALUE = re.compile(
    r"^[\d\s.,$%/()'-]+$|://|^www\.|^\d{4}-\d\d|^\S+@\S+\.\S+$|^[\d\s.,\u00a0]+\s?\$$", re.ASCII
)
ASIDE = re.compile(
    r"\b(old|archived?|backup|copie|copy|template|modele|do not use|ne pas utiliser|lists?|lookups?|"
    r"codes|notes?|instructions?|readme|lisez|legende?|pivot|summary|sommaire)\b"
)


@dataclass(frozen=True)
class Head:
    """`rows`: indexes in sheet.rows, top to bottom, empty where there are no headings.

    `headings` and `groups`: place in a row → text. `known`: how well its headings are known, together.
    """

    rows: tuple[int, ...] = ()
    headings: dict[int, str] = field(default_factory=dict)
    groups: dict[int, str] = field(default_factory=dict)
    known: float = 0.0
    first_data: int = 0

    def numbers(self, sheet: Sheet) -> tuple[int, ...]:
        """As the spreadsheet numbers them."""
        return tuple(sheet.first_row + row for row in self.rows)

    def last_number(self, sheet: Sheet) -> int:
        return sheet.first_row + self.rows[-1] if self.rows else 0


def find_head(sheet: Sheet, knows: Knows, told: int | None = None) -> Head:
    """`told`: index of the row a person named, NO_HEADER for none, None to look for it."""
    if told == NO_HEADER:
        return _without(sheet)
    if told is not None:
        return _built(sheet, _with_above(sheet, (told,)), knows)
    scored = [(row, _weight(sheet, row, knows)) for row in _looked_at(sheet)]
    best = max(scored, key=lambda each: (each[1], -each[0]), default=(0, -math.inf))
    if best[1] <= 0 or not _stands_out(sheet, best[0], knows):
        return _without(sheet)
    rows = _with_below(sheet, _with_above(sheet, (best[0],)), knows)
    return _built(sheet, rows, knows)


def likeness_to_list(sheet: Sheet, head: Head, *, rows: int) -> float:
    """To weigh sheets against each other: known headings, and how much stands below them."""
    below = sum(_count(row) > 1 for row in sheet.rows[head.first_data : head.first_data + rows])
    if below == rows:
        below = len(sheet.rows) - head.first_data
    weight = (0.5 + head.known + 0.1 * len(head.headings)) * math.log2(below + 1)
    if ASIDE.search(fold(sheet.name)):
        weight *= 0.5
    return weight * 0.3 if sheet.hidden else weight


def filled_rows(sheet: Sheet) -> int:
    return sum(_count(row) > 0 for row in sheet.rows)


def is_heading_text(cell: Cell) -> bool:
    """Whether it could stand in a heading: a text that is no figure, date, address or story."""
    return (
        isinstance(cell, str)
        and len(cell) <= LONGEST_HEADING
        and bool(cell.strip())
        and not VALUE.search(cell.strip())
    )


def said(cell: Cell) -> str:
    """A heading on one line."""
    return " ".join(cell.split()) if isinstance(cell, str) else ""


def _count(row: list[Cell]) -> int:
    return sum(cell is not None and cell != "" for cell in row)


def _filled(row: list[Cell]) -> list[int]:
    return [index for index, cell in enumerate(row) if not is_blank(cell)]


def _looked_at(sheet: Sheet) -> list[int]:
    rows = []
    for index, row in enumerate(sheet.rows):
        if _count(row):
            rows.append(index)
            if len(rows) == LOOKED_AT:
                break
    return rows


def _weight(sheet: Sheet, index: int, knows: Knows) -> float:
    """How much a row looks like the headings of what stands below it."""
    row = sheet.rows[index]
    filled = _filled(row)
    texts = [said(row[place]) for place in filled if is_heading_text(row[place])]
    if len(texts) < 0.7 * len(filled) or not texts:
        return -math.inf
    known = sum(float(knows(text)) for text in texts if len(text) <= LONGEST_HEADING)
    distinct = len({fold(text) for text in texts})
    below = sum(
        len([place for place in filled if not is_blank(later[place])]) >= min(2, len(filled))
        for later in sheet.rows[index + 1 : index + 40]
    )
    long = sum(len(text) > 60 for text in texts)
    return (
        4 * known
        + 0.3 * distinct
        - 2 * (len(texts) - distinct)
        - 3 * (len(filled) - len(texts))
        - long
        + 0.5 * min(below, 4)
        - (6 if not below and known < 2 else 0)
        - (2 if len(filled) == 1 else 0)
    )


def _stands_out(sheet: Sheet, index: int, knows: Knows) -> bool:
    """Whether the row heads what is below, rather than being the first of it."""
    row = sheet.rows[index]
    filled = _filled(row)
    known = sum(
        float(knows(said(row[place]))) >= KNOWN for place in filled if is_heading_text(row[place])
    )
    if known >= 2 or (known and known >= len(filled) / 3):
        return True
    if len(filled) < 2:
        return False
    below = [later for later in sheet.rows[index + 1 : index + 40] if _count(later) > 1]
    return any(_is_of_figures(below, place) for place in filled)


def _is_of_figures(rows: list[list[Cell]], place: int) -> bool:
    """A column of numbers, dates or addresses under a text."""
    cells = [row[place] for row in rows if not is_blank(row[place])]
    figures = [
        cell
        for cell in cells
        if isinstance(cell, int | float | dt.date)
        or (isinstance(cell, str) and VALUE.search(cell.strip()))
    ]
    return bool(cells) and len(figures) >= 0.8 * len(cells)


def _without(sheet: Sheet) -> Head:
    """No headings: the list begins with the first row that has as much in it as those after it."""
    counts = [_count(row) for row in sheet.rows[:LOOKED_AT]]
    usual = sorted(count for count in counts if count)[len([c for c in counts if c]) // 2]
    first = next((i for i, count in enumerate(counts) if count >= min(2, usual)), 0)
    return Head(first_data=first)


# --- headings on top of each other ---


def _with_above(sheet: Sheet, rows: tuple[int, ...]) -> tuple[int, ...]:
    """The rows of groups directly above."""
    while len(rows) < DEEPEST and rows[0] > 0 and _is_group_row(sheet, rows[0] - 1, rows[0]):
        rows = (rows[0] - 1, *rows)
    return rows


def _is_group_row(sheet: Sheet, index: int, below: int) -> bool:
    row = sheet.rows[index]
    filled = _filled(row)
    if not filled or not all(
        is_heading_text(row[place]) and len(said(row[place])) <= 80 for place in filled
    ):
        return False
    width = len(_filled(sheet.rows[below]))
    if len(filled) > 1:
        return len(filled) <= max(width, 2)
    joined = _joined_to(sheet, index, filled[0])
    return filled[0] < joined < filled[0] + width - 1 or (
        filled[0] > 0 and filled[0] == joined and width > 2
    )


def _joined_to(sheet: Sheet, index: int, place: int) -> int:
    """The last place a cell reaches to, merged to the right."""
    number, column = sheet.first_row + index, sheet.first_column + place
    for each in sheet.merged:
        if (each.first_row, each.first_column) == (number, column):
            return each.last_column - sheet.first_column
    return place


def _with_below(sheet: Sheet, rows: tuple[int, ...], knows: Knows) -> tuple[int, ...]:
    """Rows directly below that are headings too: what the groups hold, or the other language."""
    while len(rows) < DEEPEST and rows[-1] + 1 < len(sheet.rows):
        if not _goes_on(sheet.rows[rows[-1]], sheet.rows[rows[-1] + 1], knows):
            break
        rows = (*rows, rows[-1] + 1)
    return rows


def _goes_on(upper: list[Cell], lower: list[Cell], knows: Knows) -> bool:
    """Whether a row under headings fills what they leave open, or says them again in other words."""
    filled = _filled(lower)
    if len(filled) < 2 or not all(is_heading_text(lower[place]) for place in filled):
        return False
    known = [float(knows(said(lower[place]))) for place in filled]
    opened = sum(is_blank(upper[place]) for place in filled)
    if opened and len(filled) < len(_filled(upper)) + opened:
        return sum(score >= KNOWN for score in known) >= 0.6 * len(filled)
    again = [fold(said(cell)) for cell in lower] == [fold(said(cell)) for cell in upper]
    return not again and sum(score >= SURE for score in known) >= 0.8 * len(filled)


def _built(sheet: Sheet, rows: tuple[int, ...], knows: Knows) -> Head:
    headings: dict[int, str] = {}
    groups: dict[int, str] = {}
    levels = [_level(sheet, rows, depth) for depth in range(len(rows))]
    for place in range(sheet.width):
        told = list(dict.fromkeys(level[place] for level in levels if place in level))
        if told:
            headings[place] = told[-1]
            groups[place] = " – ".join(told[:-1])
    if len(rows) > 1 and _is_said_twice(sheet, rows, knows):
        headings = {place: _both(groups[place], text) for place, text in headings.items()}
        groups = {}
    known = sum(float(knows(text)) for text in headings.values())
    return Head(rows, headings, {p: g for p, g in groups.items() if g}, known, rows[-1] + 1)


def _level(sheet: Sheet, rows: tuple[int, ...], depth: int) -> dict[int, str]:
    """The headings of one row; those above others reach over what they group."""
    row = sheet.rows[rows[depth]]
    level = {place: said(row[place]) or str(row[place]) for place in _filled(row)}
    if depth == len(rows) - 1:
        return level
    below = sheet.rows[rows[depth + 1]]
    for place in sorted(level):
        reach = _joined_to(sheet, rows[depth], place)
        for right in range(place + 1, sheet.width):
            if right in level or is_blank(below[right]):
                break
            # Where nothing is merged, as in a delimited text, a group reaches to the next one.
            if right > reach and (reach > place or is_blank(below[place])):
                break
            level[right] = level[place]
    return level


def _is_said_twice(sheet: Sheet, rows: tuple[int, ...], knows: Knows) -> bool:
    """Whether the last row says in another language what the row above it says."""
    upper, lower = (_filled(sheet.rows[row]) for row in rows[-2:])
    both = set(upper) & set(lower)
    known = sum(float(knows(said(sheet.rows[rows[-2]][place]))) >= KNOWN for place in both)
    return len(both) >= 0.7 * max(len(upper), len(lower)) and known >= 0.5 * len(both)


def _both(group: str, heading: str) -> str:
    return f"{group} / {heading}" if group and group != heading else heading
