"""What a file is by what is in it; its name is never believed."""

import re
import struct

from common.sheets.refused import Refused
from common.sheets.zips import Zip

# How a file begins, for what is no spreadsheet but may well be taken for one.
BEGINNINGS = {
    b"%PDF-": "pdf",
    b"{\\rtf": "word",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
    b"II*\x00": "image",
    b"\x1f\x8b": "archive",
    b"7z\xbc\xaf\x27\x1c": "archive",
    b"Rar!": "archive",
    b"BZh": "archive",
    b"\xfd7zXZ": "archive",
    b"PAR1": "not_a_spreadsheet",
    b"SQLite format 3": "not_a_spreadsheet",
    b"\x7fELF": "not_a_spreadsheet",
    b"MZ\x90": "not_a_spreadsheet",
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
# Excel 2 to 4 wrote their records without a container around them.
BARE_EXCEL = re.compile(rb"\x09[\x00\x02\x04][\x04\x06\x08]\x00")
UNICODE_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
# The first record of an XLS, of which the version and the kind are told; and one that says it is protected.
BEGINNING_OF_XLS = b"\x09\x08\x10\x00\x00\x06\x05\x00"
PROTECTED = 0x2F

# Streams of an older Office file, by the name in its directory, the telling ones first.
STREAMS = {
    "EncryptedPackage": "password",
    "EncryptionInfo": "password",
    "Workbook": "xls",
    "Book": "xls",
    "WordDocument": "word",
    "PowerPoint Document": "slides",
}
# Parts of a zip that tell what it is, the telling ones first.
PARTS = {
    "xl/workbook.bin": "xlsb",
    "word/document.xml": "word",
    "ppt/presentation.xml": "slides",
    "Index/Document.iwa": "numbers",
    "Index.zip": "numbers",
}
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
SPREADSHEETS = {"xlsx", "xlsm", "xls", "ods", "csv"}


def kind_of(content: bytes) -> str:
    """xlsx, xlsm, xls, ods or csv; raises Refused for everything else."""
    if not content.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise Refused("empty")
    kind = _by_beginning(content)
    if kind not in SPREADSHEETS:
        raise Refused(kind)
    return kind


def _by_beginning(content: bytes) -> str:
    if content.startswith(ZIP):
        return _zipped(content)
    if content.startswith(OLE):
        return _in_a_container(content)
    for beginning, kind in BEGINNINGS.items():
        if content.startswith(beginning):
            return kind
    if BARE_EXCEL.match(content):
        return "old_excel"
    return _marked_up(content) or ("csv" if _is_text(content) else "not_a_spreadsheet")


def _in_a_container(content: bytes) -> str:
    """Its directory lists names in UTF-16, each at the beginning of 128 bytes."""
    for name, kind in STREAMS.items():
        entry = (name + "\0").encode("utf-16-le")
        at = content.find(entry)
        while at >= 0:
            if at % 128 == 0:
                return "password" if kind == "xls" and _protected(content) else kind
            at = content.find(entry, at + 1)
    return "not_a_spreadsheet"


def _protected(content: bytes) -> bool:
    """Whether the records of an XLS say at their beginning that those after them are not plain."""
    at = content.find(BEGINNING_OF_XLS)
    for _record in range(20):
        if at < 0 or at + 4 > len(content):
            return False
        kind, size = struct.unpack_from("<2H", content, at)
        if kind == PROTECTED:
            return True
        at += 4 + size
    return False


def _zipped(content: bytes) -> str:
    names = Zip(content)
    if any(entry.encrypted for entry in names):
        raise Refused("password")
    for part, kind in PARTS.items():
        if part in names:
            return kind
    if "xl/workbook.xml" in names:
        return _of_excel(names)
    return _of_open_document(names) if "mimetype" in names else "archive"


def _of_excel(names: Zip) -> str:
    types = names.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
    return "xlsm" if b"macroEnabled" in types or "xl/vbaProject.bin" in names else "xlsx"


def _of_open_document(names: Zip) -> str:
    says = names.read("mimetype").decode("ascii", "replace").strip()
    if not says.startswith(OPEN_DOCUMENT + "spreadsheet"):
        return {"text": "word", "presentation": "slides"}.get(
            says.removeprefix(OPEN_DOCUMENT), "archive"
        )
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in names.read(manifest):
        return "password"
    return "ods"


def _marked_up(content: bytes) -> str:
    """A web page or another text in angle brackets; "" where it is not."""
    text = _beginning_as_text(content).lstrip("\ufeff \t\r\n").lower()
    if text.startswith(("mime-version:", "from: <saved by")):
        return "web_page"
    if not text.startswith("<"):
        return ""
    if re.search(r"<(!doctype html|html|head|body|table|div|meta)\b", text):
        return "web_page"
    return "xml" if re.match(r"<[?!a-z]", text) else ""


def _beginning_as_text(content: bytes) -> str:
    beginning = content[:4096]
    if beginning.startswith((b"\xff\xfe", b"\xfe\xff")):
        return beginning.decode("utf-16", "ignore")
    return beginning.replace(b"\x00", b"").decode("latin-1").removeprefix("\xef\xbb\xbf")


def _is_text(content: bytes) -> bool:
    """Whether hardly anything in it is a control character. A stray NUL is a cell's, not the file's."""
    if content.startswith(UNICODE_MARKS):
        return True
    beginning = content[:65536]
    if len(beginning) > 3 and max(_zeros(beginning, 0), _zeros(beginning, 1)) > 0.4:
        return True  # UTF-16 that does not say so
    strange = len(re.findall(rb"[\x00-\x08\x0e-\x1f]", beginning))
    return strange <= max(8, len(beginning) // 100)


def _zeros(content: bytes, first: int) -> float:
    """How many of every second byte are zero, from 0 to 1: letters in UTF-16 are such pairs."""
    every_second = content[first::2]
    others = content[1 - first :: 2]
    return (every_second.count(0) - others.count(0)) / max(1, len(every_second))
