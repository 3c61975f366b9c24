"""What the reader of workbooks does not tell of an ODS: what is hidden, merged, repeated too often."""

from xml.parsers import expat

from common.sheets.besides import Besides
from common.sheets.book import Merged, letter
from common.sheets.limits import Limits
from common.sheets.refused import Refused
from common.sheets.zips import Zip

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "
HIDDEN = ("collapse", "filter")
# No spreadsheet has more rows or columns: what is hidden beyond is nothing.
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384


def besides(parts: Zip, limits: Limits) -> dict[str, Besides]:
    """By sheet name. Raises Refused for a sheet that says of a few cells that they are millions."""
    if "content.xml" not in parts:
        raise Refused("damaged")
    walk = Walk(limits)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = walk.start
    parser.StartDoctypeDeclHandler = _refuse_declaration
    parser.EntityDeclHandler = _refuse_declaration
    try:
        parser.Parse(parts.read("content.xml", limits.unpacked), True)
    except expat.ExpatError as error:
        raise Refused("damaged") from error
    return walk.sheets


def _refuse_declaration(*declared: object) -> None:
    raise Refused("unsafe_xml")


class Walk:
    """Through the elements of a spreadsheet in their order. What repeats is said once, with a number."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self.sheets: dict[str, Besides] = {}
        self.handlers = {
            f"{TABLE}table": self.sheet,
            f"{TABLE}table-column": self.columns,
            f"{TABLE}table-row": self.rows,
            f"{TABLE}table-cell": self.cells,
            f"{TABLE}covered-table-cell": self.cells,
        }

    def start(self, element: str, said: dict[str, str]) -> None:
        handler = self.handlers.get(element)
        if handler:
            handler(said)

    def sheet(self, said: dict[str, str]) -> None:
        self.name = said.get(f"{TABLE}name", "")
        self.sheets[self.name] = self.current = Besides()
        self.row, self.rows_here = 0, 0  # the last row so far, and how many it stands for
        self.column = 0
        self.columns_said = 0

    def columns(self, said: dict[str, str]) -> None:
        first, count = self.columns_said + 1, _repeated(said, "columns")
        self.columns_said += count
        if said.get(f"{TABLE}visibility") in HIDDEN and first <= MOST_COLUMNS:
            last = min(self.columns_said, MOST_COLUMNS)
            self.current.hidden_columns.update(range(first, last + 1))

    def rows(self, said: dict[str, str]) -> None:
        first, self.rows_here = self.row + 1, _repeated(said, "rows")
        self.row += self.rows_here
        self.column = 0
        if said.get(f"{TABLE}visibility") in HIDDEN and first <= MOST_ROWS:
            self.current.hidden_rows.update(range(first, min(self.row, MOST_ROWS) + 1))

    def cells(self, said: dict[str, str]) -> None:
        first, count = self.column + 1, _repeated(said, "columns")
        self.column += count
        if f"{OFFICE}value-type" in said or f"{OFFICE}string-value" in said:
            self._within_limits()
        if f"{TABLE}number-columns-spanned" in said or f"{TABLE}number-rows-spanned" in said:
            across, down = _number(said, "columns-spanned"), _number(said, "rows-spanned")
            top = self.row - self.rows_here + 1
            if across * down > 1:
                self.current.merged.append(Merged(top, first, top + down - 1, first + across - 1))

    def _within_limits(self) -> None:
        if self.row > MOST_ROWS or self.rows_here > self.limits.rows:
            raise Refused("too_many_rows", sheet=self.name, limit=self.limits.rows)
        if self.column > min(MOST_COLUMNS, self.limits.columns * 4):
            cell = f"{letter(self.column)}{self.row}"
            raise Refused("too_many_columns", sheet=self.name, cell=cell, limit=self.limits.columns)


def _repeated(said: dict[str, str], what: str) -> int:
    return _number(said, f"{what}-repeated")


def _number(said: dict[str, str], what: str) -> int:
    """At least 1, and no more than can be counted."""
    told = said.get(f"{TABLE}number-{what}", "1")
    return max(1, int(told)) if told.isascii() and told.isdigit() and len(told) < 10 else 1
