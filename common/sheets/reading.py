"""From uploaded bytes to a book of typed cells, or one sentence that says why not."""

from typing import Any

from common.sheets.book import Book, Note
from common.sheets.limits import Limits, limits
from common.sheets.refused import Refused
from common.sheets.words import NOTES, in_words, refusal
from common.sheets.worker import parsed

# What names a format that may be loaded; others that are delimited text stand with it.
ENDINGS = {"csv": {"csv", "txt", "tsv", "tab"}, "xlsx": {"xlsx"}, "xlsm": {"xlsm"}}
ENDINGS |= {"xls": {"xls"}, "ods": {"ods"}}


class Unreadable(Exception):
    """A file that is not read. `code` is stable, `told` its particulars: text and numbers."""

    def __init__(self, code: str, told: dict[str, Any]):
        super().__init__(code, told)
        self.code = code
        self.told = told

    @property
    def message(self) -> str:
        """One sentence on what is wrong and one on what to do, in the language of whoever reads now."""
        return refusal(self.code, self.told)

    def __str__(self) -> str:
        return self.message


def read(content: bytes, name: str, *, encoding: str = "", delimiter: str = "") -> Book:
    """The file's cells. `encoding` and `delimiter` override what would be guessed; raises Unreadable.

    Of `name` only the ending is looked at, to say so where it is another's.
    """
    try:
        book = _read(content, limits(), encoding, delimiter)
    except Refused as refused:
        raise Unreadable(refused.code, refused.told) from refused
    notes = (*_of_the_name(name, book.format), *book.notes)
    return Book(
        book.format, book.sheets, encoding=book.encoding, delimiter=book.delimiter, notes=notes
    )


def _read(content: bytes, most: Limits, encoding: str, delimiter: str) -> Book:
    if len(content) > most.bytes:
        size, limit = -(-len(content) // 1_000_000), most.bytes // 1_000_000
        raise Refused("too_big", size=size, limit=limit)
    book = parsed(content, most, encoding, delimiter)
    if not any(sheet.rows for sheet in book.sheets):
        raise Refused("blank")
    return book


def _of_the_name(name: str, kind: str) -> tuple[Note, ...]:
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if not ending or ending in ENDINGS[kind]:
        return ()
    return (Note("other_format", {"ending": ending, "format": kind.upper()}),)


def said(note: Note) -> str:
    """A note in the language of whoever reads now."""
    return in_words(NOTES[note.code], note.params)
