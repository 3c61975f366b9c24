"""Which encoding a text is in: UTF-8, UTF-16 or Windows-1252; told, or guessed from its bytes."""

import codecs
import re
from dataclasses import dataclass

from common.sheets.refused import Refused

ENCODINGS = ("utf-8", "utf-16", "windows-1252")
MARKS = {
    codecs.BOM_UTF8: ("utf-8", "utf-8"),
    codecs.BOM_UTF16_LE: ("utf-16", "utf-16-le"),
    codecs.BOM_UTF16_BE: ("utf-16", "utf-16-be"),
}
ESCAPED = re.compile("[\udc80-\udcff]")
BEYOND_ASCII = re.compile("[^\x00-\x7f]")


@dataclass(frozen=True)
class Decoded:
    text: str
    encoding: str  # one of ENCODINGS
    mended: int = 0  # bytes of Windows-1252 in what is UTF-8 otherwise


def decoded(content: bytes, encoding: str = "") -> Decoded:
    """The text without a mark of its byte order. Raises Refused where it is not in the encoding told."""
    try:
        return _decoded(content, encoding.lower())
    except Refused as refused:
        # Of what was guessed nobody can choose another.
        raise refused if encoding else Refused("damaged") from refused


def _decoded(content: bytes, said: str) -> Decoded:
    for mark, (name, codec) in MARKS.items():
        if content.startswith(mark) and said in ("", name):
            return _strictly(content[len(mark) :], name, codec)
    if said == "utf-16":
        return _strictly(content, "utf-16", _byte_order(content) or "utf-16-le")
    if said:
        return _strictly(content, said, "cp1252" if said == "windows-1252" else said)
    return _guessed(content)


def _guessed(content: bytes) -> Decoded:
    order = _byte_order(content)
    if order:
        return _strictly(content, "utf-16", order)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        mended = _mended(content)
        return mended or Decoded(content.decode("cp1252", "kept"), "windows-1252")


def _strictly(content: bytes, encoding: str, codec: str) -> Decoded:
    try:
        return Decoded(content.decode(codec, "kept" if codec == "cp1252" else "strict"), encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise Refused("encoding", encoding=encoding) from error


def _byte_order(content: bytes) -> str:
    """utf-16-le or -be where letters stand beside zeros; "" where they do not."""
    beginning = content[: 1 << 16]
    if len(beginning) < 4 or len(content) % 2:
        return ""
    high, low = beginning[::2].count(0), beginning[1::2].count(0)
    if max(high, low) < len(beginning) // 2 * 0.4 or min(high, low) * 8 > max(high, low):
        return ""
    return "utf-16-le" if low > high else "utf-16-be"


def _mended(content: bytes) -> Decoded | None:
    """UTF-8 into which a few bytes were pasted from elsewhere; None where it is not UTF-8 at all."""
    text = content.decode("utf-8", "surrogateescape")
    pasted = len(ESCAPED.findall(text))
    letters = len(BEYOND_ASCII.findall(text)) - pasted
    if letters < 4 * pasted:
        return None
    return Decoded(content.decode("utf-8", "from_cp1252"), "utf-8", mended=pasted)


def _from_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "kept"), error.end


def _kept(error: UnicodeError) -> tuple[str, int]:
    """The control character of that number, as browsers do: the check of a text names it to the reader."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(map(chr, error.object[error.start : error.end])), error.end


codecs.register_error("from_cp1252", _from_cp1252)
codecs.register_error("kept", _kept)
