"""A workbook's zip, read without trust: what it says of its sizes, and what really comes out.

Python's own reader stops where an entry says it ends; what reads the workbook afterwards does not. So
an entry is inflated here to its real end, within a budget, before anything else looks inside.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from common.sheets.refused import Refused

STORED, DEFLATED = 0, 8
LOCAL_HEADER = struct.Struct("<4s5H3I2H")
PIECE = 1 << 14  # of which sixteen million bytes can come at most
LONGEST_PROLOG = 1 << 20
# What may stand before the first element of an XML part: a document type, or that element.
DOCTYPE_OR_ELEMENT = re.compile(r"<!DOCTYPE|<!ENTITY|<[A-Za-z_]", re.I)
COMMENT = re.compile(r"<!--.*?-->", re.S)
XML_NAMES = (".xml", ".rels", ".vml")


@dataclass
class Entry:
    name: str
    encrypted: bool
    said: int  # bytes it says it holds
    info: zipfile.ZipInfo = field(repr=False)


class Zip:
    """The entries of a zip by name. Raises Refused("damaged") where there is no zip to read."""

    def __init__(self, content: bytes):
        self.content = content
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as opened:
                infos = opened.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise Refused("damaged") from error
        self.entries = {
            info.filename.replace("\\", "/"): Entry(
                info.filename, bool(info.flag_bits & 1), info.file_size, info
            )
            for info in infos
        }

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries.values())

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def read(self, name: str, most: int = 50_000_000) -> bytes:
        """What really comes out of an entry; Refused where that is more than `most` bytes."""
        info = self.entries[name].info
        packed = self._packed(info)
        if info.compress_type == STORED:
            whole = packed
        elif info.compress_type == DEFLATED:
            whole = _inflated(packed, most)
        else:
            raise Refused("damaged")
        if len(whole) > most:
            raise Refused("unpacks_too_large")
        if zlib.crc32(whole) != info.CRC:
            raise Refused("damaged")
        return whole

    def _packed(self, info: zipfile.ZipInfo) -> bytes:
        """The bytes of an entry as they stand in the file: after its own header, not the directory's."""
        header = self.content[info.header_offset : info.header_offset + LOCAL_HEADER.size]
        if len(header) < LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
            raise Refused("damaged")
        name_length, extra_length = LOCAL_HEADER.unpack(header)[-2:]
        start = info.header_offset + LOCAL_HEADER.size + name_length + extra_length
        packed = self.content[start : start + info.compress_size]
        if len(packed) < info.compress_size:
            raise Refused("damaged")
        return packed

    def checked(self, most: int) -> None:
        """Refuse a zip of which more comes out than `most` bytes, as it says or in truth; and an XML bomb."""
        if sum(entry.said for entry in self) > most:
            raise Refused("unpacks_too_large")
        left = most
        for name in self.entries:
            whole = self.read(name, left)
            left -= len(whole)
            if name.endswith(XML_NAMES):
                refuse_document_type(whole)


def _inflated(packed: bytes, most: int) -> bytes:
    """Inflated from small pieces, so that a bomb is put down before it has gone off."""
    pieces, size, inflate = [], 0, zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(packed), PIECE):
            pieces.append(inflate.decompress(packed[start : start + PIECE]))
            size += len(pieces[-1])
            if size > most:
                raise Refused("unpacks_too_large")
    except zlib.error as error:
        raise Refused("damaged") from error
    if not inflate.eof:
        raise Refused("damaged")
    return b"".join(pieces)


def refuse_document_type(part: bytes) -> None:
    """No workbook declares a document type; a declaration is how an XML bomb is built."""
    beginning = COMMENT.sub("", part[:LONGEST_PROLOG].decode(_encoding(part), "replace"))
    first = DOCTYPE_OR_ELEMENT.search(beginning)
    if first[0].startswith("<!") if first else len(part) > LONGEST_PROLOG:
        raise Refused("unsafe_xml")


def _encoding(part: bytes) -> str:
    if part[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    if part[:2] in (b"<\x00", b"\x00<"):
        return "utf-16-le" if part[0] else "utf-16-be"
    return "latin-1"
