"""Fiscal years and their months, each with a chart of its own that Excel draws."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from xlsxwriter.worksheet import Worksheet

from common.partial_dates import month_names
from dashboards.metrics.months import ByMonth
from dashboards.metrics.time import ByFiscalYear
from dashboards.workbook.page import Book
from dashboards.workbook.sheets import lines_sheet

DONE, PLANNED = "#5B93D6", "#FFFFFF"
# Distinct in greyscale too: this year's the darkest.
SHADES = ("#BFBFBF", "#85AFE0", "#1F3A5F")


def years_sheet(book: Book, counted: ByFiscalYear) -> None:
    heads = [_("Fiscal year"), pgettext("figures", "Completed"), _("Planned")]
    lines = [[str(one.year), one.completed, one.planned] for one in counted.years]
    sheet = lines_sheet(
        book,
        pgettext("sheet", "Years"),
        _("Engagements by fiscal year, with a chart"),
        [heads, *lines],
        name="Years",
        filters=book.scope.filters,
    )
    fills = [{"color": DONE}, {"color": PLANNED}]
    chart(
        book,
        sheet,
        heads[1:],
        len(lines),
        fills,
        kind="stacked",
        title=_("Engagements by fiscal year"),
    )


def months_sheet(book: Book, lately: dict[str, Any]) -> None:
    months: ByMonth = lately["months"]
    heads = [_("Month"), *(str(one.year) for one in months.years)]
    names = dict(month_names())
    lines = [
        [names[beside[0].month.month], *(one.total for one in beside)] for beside in months.by_month
    ]
    sheet = lines_sheet(
        book,
        pgettext("sheet", "Months"),
        _("Engagements by the month they start in, with a chart"),
        [heads, *lines],
        name="Months",
        filters=lately["filters"],
    )
    fills = [{"color": shade} for shade in SHADES[-len(heads[1:]) :]]
    chart(
        book, sheet, heads[1:], len(lines), fills, kind="clustered", title=_("Engagements by month")
    )


def chart(
    book: Book,
    sheet: Worksheet,
    series: list[str],
    count: int,
    fills: list[dict[str, str]],
    *,
    kind: str,
    title: str,
) -> None:
    """Columns beside the table, a series for each of its columns but the first."""
    if not count:
        return
    subtype = {"subtype": "stacked"} if kind == "stacked" else {}
    drawn = book.workbook.add_chart({"type": "column", **subtype})
    for column, _name in enumerate(series, start=1):
        drawn.add_series(
            {
                "name": [sheet.name, 0, column],
                "categories": [sheet.name, 1, 0, count, 0],
                "values": [sheet.name, 1, column, count, column],
                "fill": fills[column - 1],
                "border": {"color": "#26374A", "width": 0.75},
                "gap": 60,
            }
        )
    drawn.set_title({"name": title, "overlay": False})
    drawn.set_y_axis({"num_format": "0", "major_gridlines": {"visible": True}})
    drawn.set_legend({"position": "bottom"})
    drawn.set_size({"width": 760, "height": 380})
    words = _("%(title)s. The same numbers are in the table beside it.") % {"title": title}
    sheet.insert_chart(1, len(series) + 2, drawn, {"description": words})
