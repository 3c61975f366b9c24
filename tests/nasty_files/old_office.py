"""The container of older Office files, and the records of an XLS in it: as short as a reader accepts.

Sources: [MS-CFB] and [MS-XLS], the published descriptions of both formats.
"""

import struct
from collections.abc import Mapping

SECTOR = 512
FREE, END, IS_FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
HEADER = struct.Struct("<8s16s5H6x9I109I")
ENTRY = struct.Struct("<64sHBB3I16x20xIQ")


def container(streams: Mapping[str, bytes]) -> bytes:
    """A compound file of a few streams. They are filled up: what is short would need a table of its own."""
    bodies = [body.ljust(4096, b"\0") for body in streams.values()]
    bodies = [body + b"\0" * (-len(body) % SECTOR) for body in bodies]
    fat, first, starts = [IS_FAT, END], 2, []
    for body in bodies:
        sectors = len(body) // SECTOR
        starts.append(first)
        fat += [*range(first + 1, first + sectors), END]
        first += sectors
    directory = _entry("Root Entry", 5, END, 0, child=1)
    for at, (name, start, body) in enumerate(zip(streams, starts, bodies, strict=True), 1):
        following = at + 1 if at < len(bodies) else FREE
        directory += _entry(name, 2, start, len(body), following=following)
    fat += [FREE] * (SECTOR // 4 - len(fat))
    return b"".join(
        [_header(), struct.pack("<128I", *fat), directory.ljust(SECTOR, b"\0"), *bodies]
    )


def _header() -> bytes:
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    counts = [0, 1, 1, 0, 4096, END, 0, END, 0]
    return HEADER.pack(magic, b"", 0x3E, 3, 0xFFFE, 9, 6, *counts, 0, *[FREE] * 108)


def _entry(name: str, kind: int, start: int, size: int, child=FREE, following=FREE) -> bytes:
    letters = (name + "\0").encode("utf-16-le")
    return ENTRY.pack(letters, len(letters), kind, 1, FREE, following, child, start, size)


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<2H", kind, len(body)) + body


BEGIN, FINISH = 0x0809, record(0x0A)
TEXT, NUMBER, MERGED, PASSWORD = 0x0204, 0x0203, 0x00E5, 0x002F
# Of the two formats of a cell here, the second shows days: number 14 of those built in.
PLAIN, AS_DAY = 0, 1


def begin(kind: int) -> bytes:
    return record(BEGIN, struct.pack("<4H2I", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def text_cell(row: int, column: int, text: str) -> bytes:
    letters = text.encode("utf-16-le")
    return record(TEXT, struct.pack("<4HB", row, column, PLAIN, len(text), 1) + letters)


def number_cell(row: int, column: int, number: float, style: int = PLAIN) -> bytes:
    return record(NUMBER, struct.pack("<3Hd", row, column, style, number))


def merged_cells(first_row: int, last_row: int, first_column: int, last_column: int) -> bytes:
    return record(MERGED, struct.pack("<5H", 1, first_row, last_row, first_column, last_column))


def columns_hidden(first: int, last: int) -> bytes:
    return record(0x007D, struct.pack("<6H", first, last, 0, PLAIN, 1, 0))


def row_hidden(row: int) -> bytes:
    return record(0x0208, struct.pack("<3H6xHH", row, 0, 9, 0x0020, PLAIN))


def xls(cells: bytes, *, name="Sheet", hidden=False, from_1904=False, protected=False) -> bytes:
    """A workbook of one sheet; `cells` are records as made above. Rows and columns count from 0."""
    letters = name.encode("utf-16-le")
    before = begin(0x0005) + (record(PASSWORD, struct.pack("<3H", 0, 1, 2)) if protected else b"")
    before += record(0x0042, struct.pack("<H", 1200)) + record(0x22, struct.pack("<H", from_1904))
    before += b"".join(record(0xE0, struct.pack("<2H16x", 0, number)) for number in (0, 14))
    size = len(before) + 4 + 8 + len(letters) + len(FINISH)
    listed = struct.pack("<IBBBB", size, hidden, 0, len(name), 1) + letters
    return container(
        {"Workbook": before + record(0x85, listed) + FINISH + begin(0x0010) + cells + FINISH}
    )
