"""The block of time under a filter, on its page and in a file."""

import datetime as dt
from decimal import Decimal

import pytest
from django.http import QueryDict

from common.partial_dates import PartialDate
from dashboards.blocks import scope_of, time
from dashboards.exports import plain
from dashboards.exports.time import time_lines
from engagements.filters import EngagementFilter
from engagements.kinds import Stage
from engagements.models import Engagement
from tests.factories import make_engagement

TODAY = dt.date(2026, 11, 22)


def block(user, query=""):
    filters = EngagementFilter(QueryDict(query), Engagement.objects.visible_to(user), user=user)
    return time(scope_of(filters, TODAY))


def years(found):
    return [(str(year.year), year.total.value) for year in found["lately"]["months"].years]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", [("2024-25", 1), ("2025-26", 1), ("2026-27", 1)]),
        ("fy=2024-25", [("2022-23", 0), ("2023-24", 1), ("2024-25", 1)]),
        ("fy=2026-27&fy=2024-25", [("2024-25", 1), ("2026-27", 1)]),
        ("from=2025-04-01", [("2024-25", 0), ("2025-26", 1), ("2026-27", 1)]),
        ("fy=unknown", [("2024-25", 0), ("2025-26", 0), ("2026-27", 0)]),
    ],
)
def test_three_years_stand_beside_each_other_up_to_the_one_chosen(staff, query, shown):
    for year in (2023, 2024, 2025, 2026):
        make_engagement(start=dt.date(year, 6, 1))

    assert years(block(staff, query)) == shown


def test_what_was_cancelled_is_on_record_though_no_other_figure_counts_it(staff):
    make_engagement(stage=Stage.CANCELLED, stage_reason="The host withdrew.")
    make_engagement(sensitivity=2)

    found = block(staff)

    assert found["lately"]["plans"][-1].on_record.value == 1
    assert found["lately"]["months"].years[-1].total.value == 0


def test_the_file_has_a_line_for_each_year_and_for_each_month_of_the_last(staff):
    make_engagement(start=dt.date(2019, 6, 1))
    make_engagement(start=dt.date(2026, 6, 1), planned_cost="5", actual_cost="6.50")
    make_engagement(start=PartialDate.fiscal(2027), stage=Stage.SUBMITTED)
    make_engagement(start=PartialDate.unknown())

    headings, *lines = [[plain(value) for value in line] for line in time_lines(block(staff))]

    assert headings[:5] == ["Fiscal year", "Month", "Engagements", "Completed", "Planned"]
    assert lines[0][:5] == ["2026-27", "all", 2, 1, 1]
    assert lines[0][5:] == [2, 0, 0, 5, Decimal("6.5"), 1]
    nothing = [""] * 6
    assert lines[3] == ["2026-27", "2026-06", 1, 1, 0, *nothing]
    assert lines[13] == ["2026-27", "not known", 1, "", "", *nothing]
    assert ["2019-20", "all", 1, 1, 0, "", "", "", "", "", ""] in lines
    assert lines[-1] == ["unknown", "", 1, "", "", *nothing]
    assert len(lines) == 8 + 3 * 13 + 1
