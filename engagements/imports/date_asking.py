"""How the dates of a file are written, as it shows and as was answered; and what of it has to be asked."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from common.partial_dates import PartialDate, month_names
from common.sheets.tables import Column, Table
from common.sheets.values.date_habits import habits_of
from common.sheets.values.dates import Habits, Unclear
from engagements.imports.answers import Answers
from engagements.imports.matching.results import Proposal, Proposals
from engagements.imports.rows import Asked

DATES = ("start", "end", "approved_on")
# Starts and ends were written by one hand.
BY_ONE_HAND = ("start", "end")
# What 2004-05 is, as answered for the file → whether it is a fiscal year.
FISCAL: dict[str, bool | None] = {"fiscal": True, "month": False}


def habits_in(
    table: Table, columns: Mapping[str, list[Column]], answers: Answers
) -> dict[str, Habits]:
    """Of each field that holds dates."""
    return {name: _habits(name, table, columns, answers) for name in DATES}


def _habits(
    name: str, table: Table, columns: Mapping[str, list[Column]], answers: Answers
) -> Habits:
    names = BY_ONE_HAND if name in BY_ONE_HAND else (name,)
    told = [column for each in names for column in columns.get(each, [])]
    cells = (row.cells[column.index] for row in table.rows for column in told)
    return habits_of(
        cells,
        heading=next((column.heading for column in columns.get(name, [])), ""),
        order=answers.date_order,
        fiscal=FISCAL.get(answers.fiscal_or_month),
    )


def asked_of(unclear: Unclear, text: str, name: str) -> Asked:
    """What has to be known of a date that can be read in two ways: asked once for the file."""
    if unclear.code == "date_order":
        return Asked("date_order", text, name)
    month, fiscal = (_months_of(reading) for reading in unclear.readings)
    proposals = (
        Proposal("month", _("Months: “%(value)s” is %(first)s") % ({"value": text} | month), 1.0),
        Proposal(
            "fiscal",
            _("Fiscal years: “%(value)s” is %(first)s to %(last)s") % ({"value": text} | fiscal),
            1.0,
        ),
    )
    return Asked("fiscal_or_month", text, name, Proposals(proposals))


def _months_of(reading: PartialDate) -> dict[str, str]:
    """The first and the last month it can be, as people say them."""
    assert reading.earliest
    assert reading.latest
    names = dict(month_names())
    ends = {"first": reading.earliest, "last": reading.latest}
    return {name: f"{names[day.month]} {day.year}" for name, day in ends.items()}
