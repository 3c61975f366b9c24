"""The lines of fiscal years and their months in a file."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from common.partial_dates import FiscalYear
from dashboards.metrics.months import ByMonth, YearOfMonths
from dashboards.metrics.plans import YearOfPlans
from dashboards.metrics.time import ByFiscalYear, YearCount

# Nobody planned a month: what became of plans is told of whole years.
NO_PLANS = [""] * 6


def time_lines(block: dict[str, Any]) -> Iterator[list[Any]]:
    """A line for each fiscal year, the latest first; beneath the last few, one for each of its months.

    What became of plans is told of those years whose months are: of the others those cells are empty.
    """
    counted: ByFiscalYear = block["counted"]
    months: ByMonth = block["lately"]["months"]
    plans = {year.year: year for year in block["lately"]["plans"]}
    by_month = {year.year: year for year in months.years}
    yield [
        _("Fiscal year"),
        _("Month"),
        _("Engagements"),
        pgettext("figures", "Completed"),
        _("Planned"),
        _("On record"),
        _("Of the planned overdue"),
        _("Cancelled or declined"),
        _("Cost planned (CAD)"),
        _("Actual cost (CAD)"),
        _("Completed with both costs"),
    ]
    counts: dict[FiscalYear, YearCount | YearOfPlans] = {one.year: one for one in counted.years}
    for year, one in sorted((counts | plans).items(), reverse=True):
        total = one.completed.count + one.planned.count
        yield [str(year), _("all"), total, one.completed, one.planned, *became(plans.get(year))]
        if year in by_month:
            yield from month_lines(by_month[year])
    yield [pgettext("fiscal year", "unknown"), "", counted.unknown, "", "", *NO_PLANS]


def became(plan: YearOfPlans | None) -> list[Any]:
    if plan is None:
        return NO_PLANS
    return [
        plan.on_record,
        plan.overdue,
        plan.left_out,
        plan.planned_cost,
        plan.actual_cost,
        plan.both_costs,
    ]


def month_lines(year: YearOfMonths) -> Iterator[list[Any]]:
    for one in year.months:
        yield [
            str(year.year),
            f"{one.month:%Y-%m}",
            one.total,
            one.completed,
            one.planned,
            *NO_PLANS,
        ]
    yield [str(year.year), _("not known"), year.unknown, "", "", *NO_PLANS]
