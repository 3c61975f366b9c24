"""Delimited text into one sheet, as a spreadsheet opens it: a record is a row, all cells are text."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from common.sheets.book import Book, Note
from common.sheets.cells import Gathering
from common.sheets.encodings import decoded
from common.sheets.limits import Limits
from common.sheets.refused import Refused

# Where two fit as well, the first: hardly a text holds a tab, most hold a comma.
DELIMITERS = ("\t", ";", ",")
# A first line that tells the delimiter: spreadsheets heed it and do not count it as a row.
TOLD = re.compile(r"sep=([,;\t])\r?\n?\Z", re.I)
RECORDS_TO_GUESS_BY = 200


def read_delimited(content: bytes, limits: Limits, encoding: str = "", delimiter: str = "") -> Book:
    """A Book of one sheet without a name. Raises Refused."""
    text = decoded(content, encoding)
    csv.field_size_limit(2**31 - 1)  # the longest cell is looked at where it is known by its name
    lines = Lines(text.text)
    delimiter = delimiter or lines.told or guessed(text.text)
    gathering = Gathering("", limits)
    for record in lines.records(delimiter):
        gathering.take(record)
    notes = (Note("mended", {"count": text.mended}),) if text.mended else ()
    return Book(
        "csv", [gathering.sheet_of()], encoding=text.encoding, delimiter=delimiter, notes=notes
    )


class Lines:
    """The lines of a text, whatever ends them, into records: one may hold several lines in quotes."""

    def __init__(self, text: str):
        self.lines = io.StringIO(text, newline="")
        first = TOLD.match(self.lines.readline(16))
        self.told = first[1] if first else ""
        if not first:
            self.lines.seek(0)
        self.current: list[str] = []  # the lines of the record that is being read
        self.row = 0

    def records(self, delimiter: str) -> Iterator[list[str]]:
        """Quotation marks as they should be; where one stray mark stays within its line, as it is."""
        while True:
            try:
                yield from self._strictly(delimiter)
                return
            except csv.Error as error:
                if len(self.current) != 1:
                    raise Refused("quotation_mark", row=self.row + 1) from error
                yield self._leniently(delimiter)

    def _strictly(self, delimiter: str) -> Iterator[list[str]]:
        for record in csv.reader(self._fed(), delimiter=delimiter, strict=True):
            self._done()
            yield record

    def _leniently(self, delimiter: str) -> list[str]:
        line = self.current[0]
        self._done()
        record = next(csv.reader([line], delimiter=delimiter))
        # A mark that is never closed: what it opens is all the rest of the line.
        return [cell.rstrip("\r\n") for cell in record]

    def _fed(self) -> Iterator[str]:
        for line in self.lines:
            self.current.append(line)
            yield line

    def _done(self) -> None:
        self.current = []
        self.row += 1


def guessed(text: str) -> str:
    """The delimiter by which the first records fall into most columns, the same number in most of them."""
    scores = {delimiter: _score(text, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    return best if scores[best] else ","


def _score(text: str, delimiter: str) -> float:
    widths = []
    records = Lines(text).records(delimiter)
    try:
        for record in records:
            if len(record) > 1 or any(record):
                widths.append(len(record))
            if len(widths) == RECORDS_TO_GUESS_BY:
                break
    except Refused:
        # What is a quotation mark with one delimiter is none with another.
        return 0
    several = Counter(width for width in widths if width > 1)
    return max((count * (width - 1) for width, count in several.items()), default=0) / max(
        1, len(widths)
    )
