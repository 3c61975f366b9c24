"""The workbook: what it is first, then a sheet or two for each block."""

import datetime as dt
import io
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter.workbook import Workbook

from common.bilingual import reader_language
from dashboards.blocks import Scope
from dashboards.exports import LINES
from dashboards.workbook import cover
from dashboards.workbook.matrix import matrix_sheet
from dashboards.workbook.page import Book
from dashboards.workbook.sheets import lines_sheet
from dashboards.workbook.years import months_sheet, years_sheet

# Nothing in it runs or leads anywhere because of what somebody typed. It is kept in memory while it is
# written: named tables and linked numbers need that, and it holds figures, not records.
SAFE = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}


def to_xlsx(
    scope: Scope,
    found: Mapping[str, dict[str, Any] | None],
    *,
    marking: int,
    at: dt.datetime,
    absolute: Callable[[str], str],
) -> bytes:
    """`found`: the blocks by name, in the order of the sheets; None where there is nothing to count.

    `at`: the moment it is made; `absolute`: a path of the portal to a whole address.
    """
    written = io.BytesIO()
    with Workbook(written, SAFE) as workbook:
        book = Book(workbook=workbook, scope=scope, marking=marking, at=at, absolute=absolute)
        set_properties(book)
        first = cover.begin(book)
        for name, block in found.items():
            if block is not None:
                add_block(book, name, block)
        cover.finish(book, first)
    return written.getvalue()


def add_block(book: Book, name: str, block: dict[str, Any]) -> None:
    """What is better drawn first, then its lines as a table."""
    if name == "alignment":
        matrix_sheet(book, block["matrix"])
    if name == "time":
        years_sheet(book, block["counted"])
        months_sheet(book, block["lately"])
    title, holds = titles()[name]
    # What sets years beside each other counts under a filter of its own: its links go on from that.
    told_under = block["lately"] if name == "time" else block
    filters = told_under.get("filters", book.scope.filters)
    lines = list(LINES[name](block))
    lines_sheet(book, title, holds, lines, name=name.capitalize(), filters=filters)


def titles() -> dict[str, tuple[str, str]]:
    """What the sheet of a block is called, and what it holds."""
    return {
        "volume": (
            pgettext("sheet", "Key figures"),
            _("How much, against the same point last year"),
        ),
        "alignment": (
            pgettext("sheet", "Alignment"),
            _("For what: a line for each cell of the matrix"),
        ),
        "coverage": (pgettext("sheet", "Coverage"), _("For what, over five fiscal years")),
        "partners": (
            pgettext("sheet", "Partners"),
            _("With whom: what was given and received, the last contact"),
        ),
        "places": (pgettext("sheet", "Places"), _("Where: by region and country")),
        "time": (
            pgettext("sheet", "Time"),
            _("When: by fiscal year and month, planned against done"),
        ),
        "completeness": (
            pgettext("sheet", "Completeness"),
            _("How complete: what is missing, and where"),
        ),
    }


def set_properties(book: Book) -> None:
    title = _("International engagements: the dashboard")
    made = book.at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    book.workbook.set_properties({"title": title, "author": "Liaison", "created": made})
    book.workbook.set_custom_property("Language", f"{reader_language()}-CA", "text")
