"""Workbooks put together part by part, where no library would write what is wanted."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    filled = io.BytesIO()
    with zipfile.ZipFile(filled, "w", method) as opened:
        for name, part in parts.items():
            opened.writestr(name, part)
    return filled.getvalue()


def xlsx_parts(
    rows: str, *, before: str = "", after: str = "", head: str = HEAD
) -> dict[str, str | bytes]:
    """The parts of a workbook of one sheet, Sheet1. `rows` and what stands around them as XML."""
    sheet = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    return {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="{TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/></Types>',
        "_rels/.rels": relations("rId1", "officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations("rId1", "worksheet", "worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": head + sheet,
    }


def relations(key: str, kind: str, target: str) -> str:
    return (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/></Relationships>'
    )


def xlsx(rows: str, **said: str) -> bytes:
    return zipped(xlsx_parts(rows, **said))


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def ods_parts(tables: str, head: str = HEAD) -> dict[str, str | bytes]:
    return {
        "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
        "META-INF/manifest.xml": f'{HEAD}<m:manifest xmlns:m="{OASIS}:manifest:1.0"/>',
        "content.xml": f'{head}<office:document-content xmlns:office="{OASIS}:office:1.0"'
        f' xmlns:table="{OASIS}:table:1.0" xmlns:text="{OASIS}:text:1.0"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>",
    }


def ods(tables: str, **said: str) -> bytes:
    return zipped(ods_parts(tables, **said))


def ods_text(text: str, also: str = "") -> str:
    """A cell of an ODS; `also` as further attributes."""
    return (
        f'<table:table-cell office:value-type="string" {also}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def zeros(megabytes: int) -> bytes:
    """So many million zeros deflated, made as fast as they are read: the same piece over and over."""
    deflate = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    deflate.compress(b"")
    piece = deflate.compress(bytes(1_000_000)) + deflate.flush(zlib.Z_FULL_FLUSH)
    return piece * megabytes + deflate.flush(zlib.Z_FINISH)


def with_a_bomb(workbook: bytes, megabytes: int, *, says: int | None = None) -> bytes:
    """A workbook with one part more, of so many megabytes of zeros; `says` is the size it declares."""
    name = b"xl/media/image1.png"
    packed = zeros(megabytes)
    size = megabytes * 1_000_000 if says is None else says
    sizes = struct.pack("<3H3I2H", 8, 0, 33, 0, len(packed), size, len(name), 0)
    at, directory_size, directory = _end(workbook)
    entry = b"PK\x03\x04" + struct.pack("<2H", 20, 0) + sizes + name + packed
    listed = b"PK\x01\x02" + struct.pack("<3H", 20, 20, 0) + sizes
    listed += struct.pack("<3H2I", 0, 0, 0, 0, directory) + name
    count = struct.unpack_from("<H", workbook, at + 10)[0] + 1
    ending = struct.pack(
        "<4s4H2IH",
        b"PK\x05\x06",
        0,
        0,
        count,
        count,
        directory_size + len(listed),
        directory + len(entry),
        0,
    )
    return workbook[:directory] + entry + workbook[directory:at] + listed + ending


def _end(workbook: bytes) -> tuple[int, int, int]:
    """Where the end of the directory stands, how long the directory is, and where it begins."""
    at = workbook.rindex(b"PK\x05\x06")
    return (at, *struct.unpack_from("<2I", workbook, at + 12))
