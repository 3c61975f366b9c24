"""A workbook, sent while it is made: memory holds some rows, however many there are.

What the file is stands on its first sheet; the rows follow, on as many sheets as they need. XlsxWriter
makes all but the rows (xlsx_frame.py): it can send nothing before all of them are written. They are put
between what it made, and what tells of the whole is sent last.
"""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import IO, cast

from xlsxwriter.utility import xl_col_to_name

from engagements.exports.export import Export
from engagements.exports.xlsx_cells import Cells
from engagements.exports.xlsx_frame import Frame, path_of

MOST_ROWS = 1_048_576
# Written together. A sheet ends before it is full where it takes MOST_BYTES: beyond 2 GB zips are others.
LINES, MOST_BYTES = 500, 1_500_000_000
# How hard a file is made small: the usual 6 takes longer than all the rest, for a fifth of its size.
LEVEL = 3


def to_xlsx(export: Export) -> Iterator[bytes]:
    """The workbook, as its rows are read; what is marked higher meanwhile is told on its first sheet, too."""
    sent = Sent()
    with zipfile.ZipFile(
        cast(IO[bytes], sent), "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL
    ) as parts:
        sheets = Sheets(export)
        ended = False
        while not ended:
            sheets.begin()
            with parts.open(path_of(sheets.number), "w") as part:
                part.write(sheets.before_rows())
                yield from sent.taken()
                for written in sheets.rows():
                    part.write(written)
                    yield from sent.taken()
                part.write(sheets.after_rows())
            ended = sheets.are_whole
        for name, content in sheets.others().items():
            with parts.open(name, "w") as part:
                part.write(content)
            yield from sent.taken()
    yield from sent.taken()


class Sent:
    """A file that is handed on as it is written: nobody can go back in it."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, some: bytes) -> int:
        self.waiting.append(bytes(some))
        return len(some)

    def flush(self) -> None:
        pass

    def taken(self) -> Iterator[bytes]:
        if self.waiting:
            yield b"".join(self.waiting)
            self.waiting.clear()


class Sheets:
    """The rows, on one sheet after the other. `last_rows`: the number of the last row of each so far."""

    def __init__(self, export: Export) -> None:
        self.export = export
        frame = Frame(export, [1])
        *styles, day = frame.styles
        held = [column.holds for column in export.columns]
        self.cells = Cells(export.words, dict(zip(held, styles, strict=True)), day)
        self.places = [f'<c r="{xl_col_to_name(at)}' for at in range(len(held))]
        self.lines = (line for lot in export.lots(self.cells.of) for line in lot)
        self.next = next(self.lines, None)
        self.last_rows: list[int] = []

    @property
    def number(self) -> int:
        return len(self.last_rows)

    @property
    def are_whole(self) -> bool:
        return self.next is None

    def begin(self) -> None:
        self.last_rows.append(1)

    def before_rows(self) -> bytes:
        return self.frame().before_rows(self.number)

    def after_rows(self) -> bytes:
        return self.frame().after_rows(self.number)

    def others(self) -> dict[str, bytes]:
        return self.frame().others

    def frame(self) -> Frame:
        return Frame(self.export, self.last_rows, self.cells.shortened)

    def rows(self) -> Iterator[bytes]:
        """Some at a time, until the sheet is full or there are no more."""
        size = 0
        while self.next is not None and self.last_rows[-1] < MOST_ROWS and size < MOST_BYTES:
            room = min(LINES, MOST_ROWS - self.last_rows[-1])
            some = [self.next, *islice(self.lines, room - 1)]
            written = "".join(map(self.row, some, range(self.last_rows[-1] + 1, MOST_ROWS + 1)))
            self.last_rows[-1] += len(some)
            self.next = next(self.lines, None)
            size += len(written)
            yield written.encode()

    def row(self, line: Sequence[str], number: int) -> str:
        told: Iterable[tuple[str, str]] = zip(self.places, line, strict=True)
        cells = "".join([f'{place}{number}"{cell}' for place, cell in told if cell])
        return f'<row r="{number}">{cells}</row>'
