"""What the reader of workbooks does not tell of an XLS: which rows and columns are hidden.

Sources: [MS-CFB] and [MS-XLS], the published descriptions of both formats. What is built otherwise than
they say tells nothing here; whether it can be read at all is the reader's to find out.
"""

import struct
from collections.abc import Iterator

from common.sheets.besides import Besides

FREE, LARGEST = 0xFFFFFFFF, 0xFFFFFFFA
STREAMS = ("Workbook\0".encode("utf-16-le"), "Book\0".encode("utf-16-le"))
IN_HEADER = 109  # sectors of the table of sectors that the header itself lists
ENTRY = 128
SHEET, END, COLUMNS, ROW = 0x0085, 0x000A, 0x007D, 0x0208
HIDDEN_COLUMNS, HIDDEN_ROW = 0x0001, 0x0020
MOST_COLUMNS = 256


def besides(content: bytes) -> dict[str, Besides]:
    """Sheet → what is hidden in it."""
    try:
        stream = Container(content).workbook()
        return {name: _hidden_in(stream, start) for name, start in _sheets(stream)}
    except (struct.error, IndexError, ValueError):
        return {}


class Container:
    """A compound file: sectors, a table of which follows which, a directory of streams."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        (shift,) = struct.unpack_from("<H", content, 30)
        if shift not in (9, 12):
            raise ValueError(shift)
        self.size = 1 << shift
        self.sectors = len(content) // self.size
        self.following = self._table()

    def _table(self) -> list[int]:
        """The number of the sector that follows each: as many as there are, whatever the header says."""
        first, count = struct.unpack_from("<2I", self.content, 68)
        listed = list(struct.unpack_from(f"<{IN_HEADER}I", self.content, 76))
        per_sector = self.size // 4
        most = self.sectors // per_sector + 1
        for _more in range(min(count, most // per_sector + 1)):
            *more, first = struct.unpack(f"<{per_sector}I", self._sector(first))
            listed += more
        tables = (self._sector(number) for number in listed[:most] if number != FREE)
        return [each for table in tables for each in struct.unpack(f"<{per_sector}I", table)]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        return self.content[start : start + self.size].ljust(self.size, b"\0")

    def _chain(self, number: int) -> bytes:
        """What stands in a sector and in those that follow; one that turns back on itself ends."""
        found: list[bytes] = []
        while number < LARGEST and len(found) <= self.sectors:
            found.append(self._sector(number))
            number = self.following[number]
        return b"".join(found)

    def workbook(self) -> bytes:
        """The stream that holds the records; none where it is so small that it stands elsewhere."""
        (start,) = struct.unpack_from("<I", self.content, 48)
        (least,) = struct.unpack_from("<I", self.content, 56)
        directory = self._chain(start)
        for at in range(0, len(directory), ENTRY):
            if directory.startswith(STREAMS, at):
                first, size = struct.unpack_from("<2I", directory, at + 116)
                return self._chain(first)[:size] if size >= least else b""
        return b""


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, where its body begins, and how long that is; up to the end of what begins here."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<2H", stream, at)
        if kind == END:
            return
        yield kind, at + 4, size
        at += 4 + size


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """The name of each sheet, and where its records begin."""
    for kind, at, _size in _records(stream, 0):
        if kind == SHEET:
            start, _state, _kind, letters, wide = struct.unpack_from("<I4B", stream, at)
            end = at + 8 + letters * (1 + (wide & 1))
            yield stream[at + 8 : end].decode("utf-16-le" if wide & 1 else "latin-1"), start


def _hidden_in(stream: bytes, start: int) -> Besides:
    found = Besides()
    for kind, at, size in _records(stream, start):
        if kind == COLUMNS and size >= 10:
            first, last, _width, _style, says = struct.unpack_from("<5H", stream, at)
            if says & HIDDEN_COLUMNS:
                found.hidden_columns.update(range(first + 1, min(last + 1, MOST_COLUMNS) + 1))
        elif kind == ROW and size >= 14:
            (number,) = struct.unpack_from("<H", stream, at)
            (says,) = struct.unpack_from("<H", stream, at + 12)
            if says & HIDDEN_ROW:
                found.hidden_rows.add(number + 1)
    return found
