"""From uploaded bytes to a book of typed cells, or one sentence that says why not."""

from django.utils.functional import Promise

from common.sheets.book import Book


class Unreadable(Exception):
    """A file that is not read. `code` is stable; `message` says in the reader's language what to do."""

    def __init__(self, code: str, message: str | Promise):
        super().__init__(code, message)
        self.code = code
        self.message = message


def read(content: bytes, name: str, *, encoding: str = "", delimiter: str = "") -> Book:
    """The file's cells. `encoding` and `delimiter` override what would be guessed; raises Unreadable."""
    raise NotImplementedError
