"""Why a file is not read, and what was noticed in one that is: a sentence for each, in two languages."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

# By the code that `Refused` carries. Each says what is wrong, then what to do.
REFUSALS: dict[str, str | Promise] = {
    # Not a spreadsheet
    "empty": _("The file is empty. Save the spreadsheet again, and load what was saved."),
    "blank": _("No cell of this file holds anything. Check that it is the file you meant."),
    "pdf": _(
        "This is a PDF document, not a spreadsheet. Load the spreadsheet from which it was made, "
        "as XLSX or CSV."
    ),
    "web_page": _(
        "This is a web page saved under the name of a spreadsheet. Open it in a spreadsheet program, "
        "save it as XLSX, and load that file."
    ),
    "xml": _(
        "This is an XML file, not a workbook. Open it in a spreadsheet program, save it as XLSX, "
        "and load that file."
    ),
    "word": _(
        "This is a text document, not a spreadsheet. Copy its table into a spreadsheet, save it as "
        "XLSX, and load that file."
    ),
    "slides": _(
        "This is a presentation, not a spreadsheet. Load the spreadsheet itself, as XLSX or CSV."
    ),
    "image": _(
        "This is a picture, not a spreadsheet. Load the spreadsheet itself, as XLSX or CSV."
    ),
    "archive": _(
        "This is an archive of other files. Take the spreadsheet out of it, and load that file."
    ),
    "numbers": _("This is a Numbers document. Export it as XLSX or CSV, and load that file."),
    "xlsb": _(
        "This is an Excel binary workbook. Open it in Excel, save it as XLSX, and load that file."
    ),
    "old_excel": _(
        "This workbook was saved by a version of Excel too old to be read. Open it in a spreadsheet "
        "program, save it as XLSX, and load that file."
    ),
    "not_a_spreadsheet": _(
        "This is not a spreadsheet, whatever its name says. Load a file saved as XLSX, XLS, ODS or CSV."
    ),
    # Cannot be opened
    "password": _(
        "The file is protected by a password. Open it, save it without the password, and load that file."
    ),
    "damaged": _(
        "The file is damaged or was cut short. Open it in a spreadsheet program, save it again, and "
        "load that file."
    ),
    "unsafe_xml": _(
        "The file declares a document type, as no spreadsheet program does: what it would unpack to "
        "cannot be known. Open it in a spreadsheet program, save it as XLSX, and load that file."
    ),
    "encoding": _(
        "The file is not in the encoding that was chosen, %(encoding)s. Choose another, or let it be guessed."
    ),
    "quotation_mark": _(
        "A quotation mark that opens in row %(row)s is closed further down, or never. Close it there, "
        "and load the file again."
    ),
    # Too much
    "too_big": _(
        "The file has %(size)s MB; at most %(limit)s MB are loaded. Delete the sheets and pictures that "
        "are not needed, or load it in parts."
    ),
    "unpacks_too_large": _(
        "Unpacked, this file is far larger than any list. Copy the cells you "
        "need into a new workbook, and load that file."
    ),
    "too_many_rows": _(
        "The sheet %(sheet)s has more than %(limit)s rows; that is as many as are loaded. Delete "
        "those that are not needed, or load the file in parts."
    ),
    "too_many_columns": _(
        "The sheet %(sheet)s has something in cell %(cell)s, beyond %(limit)s columns; that is as many as "
        "are loaded. Delete the columns that are not needed, and load the file again."
    ),
    "too_many_cells": _(
        "The file has more than %(limit)s cells; that is as many as are loaded. Delete the sheets and "
        "columns that are not needed, or load it in parts."
    ),
    "cell_too_long": _(
        "The cell %(cell)s holds more than %(limit)s characters; that is as many as are loaded. "
        "Shorten it, and load the file again."
    ),
    "too_slow": _(
        "The file took more than %(limit)s seconds to read, and was given up. Copy the cells you need "
        "into a new workbook, or load it in parts."
    ),
    "too_heavy": _(
        "The file takes more memory to read than it may. Copy the cells you need into a new workbook, "
        "or load it in parts."
    ),
}

# The same of delimited text, which has no sheets.
REFUSALS_OF_TEXT: dict[str, str | Promise] = {
    "too_many_rows": _(
        "The file has more than %(limit)s rows; that is as many as are loaded. Delete those that are "
        "not needed, or load it in parts."
    ),
    "too_many_columns": _(
        "The file has something in cell %(cell)s, beyond %(limit)s columns; that is as many as are "
        "loaded. Delete the columns that are not needed, and load the file again."
    ),
}

# By the code of a `Note`.
NOTES: dict[str, str | Promise] = {
    "other_format": _(
        "The name of the file ends in .%(ending)s, but it is %(format)s: it was read as that."
    ),
    "mended": ngettext_lazy(
        "%(count)s byte is not in the encoding of the rest, UTF-8; it was read as Windows-1252.",
        "%(count)s bytes are not in the encoding of the rest, UTF-8; they were read as Windows-1252.",
        "count",
    ),
    "no_results": ngettext_lazy(
        "In the sheet %(sheet)s, the result of %(count)s formula was not saved with it and reads as "
        "blank: %(cell)s. Open the file in a spreadsheet program, save it, and load it again.",
        "In the sheet %(sheet)s, the results of %(count)s formulas were not saved with them and read as "
        "blank, the first in %(cell)s. Open the file in a spreadsheet program, save it, and load it again.",
        "count",
    ),
}


def refusal(code: str, told: Mapping[str, Any]) -> str:
    """Why a file is not read, in the reader's language."""
    of_text = REFUSALS_OF_TEXT.get(code) if told.get("sheet") == "" else None
    return in_words(of_text or REFUSALS[code], told)


def in_words(sentence: str | Promise, told: Mapping[str, Any]) -> str:
    """The sentence in the reader's language, its numbers as that language writes them.

    What an ngettext counts stays a number until it has chosen; its digits are grouped then.
    """
    written = {name: _written(name, value) for name, value in told.items()}
    return str(sentence % written)


def _written(name: str, value: Any) -> Any:
    counted = name == "count" or not isinstance(value, int)
    return value if counted else number_format(value, force_grouping=True)
