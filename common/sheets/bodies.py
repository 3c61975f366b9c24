"""Which rows below the headings are records, and what the others are."""

import datetime as dt
import itertools
import re
from collections.abc import Iterable

from common.partial_dates import FIRST_YEAR, LAST_YEAR
from common.sheets.book import Cell, Merged, Sheet
from common.sheets.heads import Head, said
from common.sheets.values.cells import is_blank
from common.text import fold

DECORATED = re.compile(r"^\s*([*=#_~>•-]{2,}|[-–—]{2,}).*|.*([*=_~]{2,})\s*$", re.DOTALL)
AROUND = re.compile(r"^[\s*=#_~>•–—-]+|[\s*=#_~<•–—:-]+$")
TOTAL = re.compile(
    r"^(grand |sub[ -]?|sous[ -]?|overall |general )?totals?( general| partiel| partial| global)?"
    r"( \(?(of|for|in|de|du|des|pour|en|par|cad|\$|[0-9]|by)\b.*)?[ :.=*]*$"
    r"|^totaux[ :]*$|^(sum|somme)[ :]*$|^total ?[/|-] ?total.*$|^total[ :][^a-z]*$"
)
NOTE = re.compile(
    r"^(notes?|sources?|remarques?|legende?s?|n\.b\.?|nb|prepared by|prepare par)\b|^[*†‡(]"
)
FIGURES = re.compile(r"^[\d\s.,$%()kKmM\u00a0\u202f-]*$")
YEARS = re.compile(
    r"^(fy|fiscal year|exercice|year|annee|q[1-4]|[1-4]e? trimestre)?[ :]*(19|20)\d\d([ /-]+\d{2,4})?$"
)
MOST_STRAY_KEPT = 50
# Records from which is learnt what they have in the first column.
LEARNT_FROM = 500
Record = tuple[int, tuple[Cell, ...], str]


class Body:
    """The rows below the headings, seen through the places that are columns."""

    def __init__(self, sheet: Sheet, head: Head, places: list[int]) -> None:
        self.sheet, self.head, self.places = sheet, head, places
        self.inside = set(places)
        self.stray: list[tuple[int, int]] = []
        self.stray_count = 0
        self.headings = [
            {p: fold(said(sheet.rows[r][p])) for p in places if not is_blank(sheet.rows[r][p])}
            for r in head.rows
        ]
        # Looked at before anything is folded: a heading said again is as long as it was.
        self.lengths = [
            [(p, len(str(sheet.rows[r][p]))) for p in told]
            for r, told in zip(head.rows, self.headings, strict=True)
        ]
        above = sheet.rows[: head.rows[0]] if head.rows else sheet.rows[: head.first_data]
        self.titles = {fold(c) for row in above for c in row if isinstance(c, str) and c.strip()}
        self.joined = _joined_down(sheet, self.inside)
        # Rows in which a cell is merged across several columns.
        self.wide = {
            row - sheet.first_row
            for each in sheet.merged
            if each.last_column > each.first_column
            for row in range(each.first_row, min(each.last_row, sheet.last_row) + 1)
        }

    def cells(self, index: int) -> tuple[Cell, ...]:
        """A row's cells in the table's columns: no blanks around, None for what is blank."""
        row = self.sheet.rows[index]
        cells = [_clean(row[place]) for place in self.places]
        for place, cell in self.joined.get(index, {}).items():
            at = self.places.index(place)
            cells[at] = cell if cells[at] is None else cells[at]
        return tuple(cells)

    def learn(self, rows: Iterable[tuple[Cell, ...]]) -> None:
        """What records have in the first column, to tell the heading of a section from a record begun."""
        told = [
            cells[0]
            for cells in itertools.islice(rows, LEARNT_FROM)
            if cells and cells[0] is not None
        ]
        texts = [cell for cell in told if isinstance(cell, str)]
        self.are_texts = len(texts) > len(told) / 2
        self.length = sum(map(len, texts)) / len(texts) if texts else 0.0
        self.are_upper = sum(text.isupper() for text in texts) > len(texts) * 0.3

    def outside(self, index: int) -> list[int]:
        """The places outside of the columns where anything stands."""
        row = self.sheet.rows[index]
        if len(row) == len(self.places):
            return []
        return [p for p, cell in enumerate(row) if p not in self.inside and not is_blank(cell)]

    def note_stray(self, index: int, places: list[int]) -> None:
        self.stray_count += len(places)
        if len(self.stray) < MOST_STRAY_KEPT:
            number = self.sheet.first_row + index
            self.stray += [(number, self.sheet.first_column + place) for place in places]


def records(body: Body) -> tuple[list[Record], list[tuple[int, str]]]:
    """(records, rows that are none with what they are), each by the number the spreadsheet shows."""
    sheet, first = body.sheet, body.head.first_data
    left_out = [
        (sheet.first_row + index, "title")
        for index, row in enumerate(sheet.rows[:first])
        if index not in body.head.rows and not all(map(is_blank, row))
    ]
    told = [(index, body.cells(index)) for index in range(first, len(sheet.rows))]
    filled = {
        index: [p for p, cell in enumerate(cells) if cell is not None] for index, cells in told
    }
    usual = _usual([len(places) for places in filled.values() if places])
    body.learn(cells for index, cells in told if len(filled[index]) > 1)
    last = max((index for index, places in filled.items() if len(places) > 1), default=-1)
    kept: list[Record] = []
    section = ""
    for index, cells in told:
        number, places = sheet.first_row + index, filled[index]
        outside = body.outside(index)
        if not places and not outside:
            continue
        strays = [sheet.rows[index][place] for place in outside]
        if places:
            what = _what(body, index, cells, places, usual, last)
        else:
            is_left = outside[0] < min(body.places, default=0)
            what = _beside(body, strays, is_below=index > last) if is_left else "stray"
        if what == "section":
            section = AROUND.sub("", str(cells[places[0]] if places else strays[0]))
        if places or what == "stray":
            body.note_stray(index, outside)
        if what:
            left_out.append((number, what))
        else:
            kept.append((number, cells, section))
    return kept, left_out


def _usual(counts: list[int]) -> int:
    """How many columns most rows fill, those of one cell aside where others fill more."""
    told = sorted(count for count in counts if count > 1) or counts
    return told[len(told) // 2] if told else 0


def _what(
    body: Body, index: int, cells: tuple[Cell, ...], places: list[int], usual: int, last: int
) -> str:
    """ "" for a record, or what else the row is."""
    if _is_headings(body, index):
        return "header"
    first = cells[places[0]]
    if _is_total(cells, places):
        return "total"
    if len(places) > 1:
        return "header" if index == body.head.first_data and _is_numbering(cells, places) else ""
    return _alone(body, index, first, places[0], usual, last)


def _alone(body: Body, index: int, cell: Cell, place: int, usual: int, last: int) -> str:
    """A row of one filled cell: the heading of a section, a note, a slip; or a record hardly begun."""
    if not isinstance(cell, str):
        return "stray" if usual > 2 else ""
    if fold(cell) in body.titles:
        return "title"
    if DECORATED.match(cell) or index in body.wide:
        return "section" if index < last else "note"
    if index > last >= 0 and NOTE.match(fold(cell)):
        return "note"
    if usual < 3 or place or not _heads_a_section(body, cell):
        return ""
    return "section" if index < last else "note"


def _heads_a_section(body: Body, cell: str) -> bool:
    """Whether a text alone in the first column is unlike what records have there."""
    return (
        not body.are_texts
        or (cell.isupper() and not body.are_upper)
        or cell.endswith(":")
        or bool(YEARS.match(fold(cell)))
        or len(cell) < 0.6 * body.length
        or len(cell) > max(80.0, 4 * body.length)
    )


def _beside(body: Body, strays: list[Cell], *, is_below: bool) -> str:
    """What a row is that holds nothing in the columns."""
    cell = strays[0]
    if len(strays) > 1 or not isinstance(cell, str):
        return "stray"
    if fold(cell) in body.titles:
        return "title"
    if TOTAL.match(AROUND.sub("", fold(cell)).strip()):
        return "total"
    if len(cell) < 3:
        return "stray"
    return "note" if is_below else "section"


def _is_headings(body: Body, index: int) -> bool:
    """The headings again, as at the top of each printed page."""
    row = body.sheet.rows[index]
    for headings, lengths in zip(body.headings, body.lengths, strict=True):
        alike = [
            p for p, length in lengths if isinstance(row[p], str) and len(str(row[p])) == length
        ]
        if len(alike) < max(1, 0.6 * len(lengths)):
            continue
        same = sum(fold(said(row[place])) == headings[place] for place in alike)
        others = sum(not is_blank(row[place]) for place in body.places) - same
        enough = same >= 0.6 * len(lengths) and others <= same / 2
        if enough and (same > 1 or len(lengths) == 1):
            return True
    return False


def _is_total(cells: tuple[Cell, ...], places: list[int]) -> bool:
    """A total says so before it says anything else, and gives figures alone."""
    texts = [str(cells[place]) for place in places if isinstance(cells[place], str)]
    if not texts or len(texts[0]) > 80:
        return False
    if not TOTAL.match(AROUND.sub("", fold(texts[0])).strip()):
        return False
    return all(FIGURES.match(text) or TOTAL.match(fold(text)) for text in texts[1:])


def _is_numbering(cells: tuple[Cell, ...], places: list[int]) -> bool:
    """(1) (2) (3) under the headings."""
    told = [re.sub(r"[().\s]", "", str(cells[p]).removesuffix(".0")) for p in places]
    begins = 1 if told[0] == "1" else 0
    return len(told) > 2 and told == [str(n) for n in range(begins, begins + len(told))]


def _joined_down(sheet: Sheet, inside: set[int]) -> dict[int, dict[int, Cell]]:
    """Row → place → what cells merged downwards say there. An amount is not said again: it would add up."""
    found: dict[int, dict[int, Cell]] = {}
    for each in sheet.merged:
        place = each.first_column - sheet.first_column
        cell = _clean(sheet.cell(each.first_row, each.first_column))
        if not _is_downwards(each) or place not in inside or cell is None or _adds_up(cell):
            continue
        for number in range(each.first_row + 1, min(each.last_row, sheet.last_row) + 1):
            found.setdefault(number - sheet.first_row, {})[place] = cell
    return found


def _is_downwards(merged: Merged) -> bool:
    return merged.last_row > merged.first_row and merged.last_column == merged.first_column


def _adds_up(cell: Cell) -> bool:
    """A number other than a year."""
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    return is_number and not FIRST_YEAR <= float(cell) <= LAST_YEAR  # type: ignore[arg-type]


def _clean(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date()
    return cell
