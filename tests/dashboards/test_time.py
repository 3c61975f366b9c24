import datetime as dt

from common.partial_dates import FiscalYear, PartialDate
from dashboards.metrics.time import by_fiscal_year
from engagements.kinds import Stage
from engagements.models import Engagement
from tests.factories import make_engagement

THIS_YEAR = FiscalYear(2027)


def years():
    found = by_fiscal_year(Engagement.objects.counted(), THIS_YEAR)
    return [(str(y.year), y.completed.value, y.planned.value) for y in found.years]


def test_counts_what_was_done_and_what_is_planned_in_each_year():
    make_engagement(start=dt.date(2025, 3, 31))
    make_engagement(start=dt.date(2025, 4, 1))
    make_engagement(start=dt.date(2026, 12, 1), stage=Stage.SUBMITTED)
    make_engagement(start=dt.date(2026, 12, 1), stage=Stage.APPROVED)
    make_engagement(start=dt.date(2026, 12, 1), stage=Stage.RETURNED, stage_reason="Say more.")
    make_engagement(start=dt.date(2026, 12, 1), stage=Stage.DECLINED, stage_reason="Not now.")

    assert years() == [("2024-25", 1, 0), ("2025-26", 1, 0), ("2026-27", 0, 3)]


def test_a_year_without_any_is_there_with_none():
    make_engagement(start=dt.date(2024, 5, 1))

    assert years() == [("2024-25", 1, 0), ("2025-26", 0, 0), ("2026-27", 0, 0)]


def test_an_unknown_start_is_in_no_year():
    make_engagement(start=PartialDate.unknown())

    assert years() == [("2026-27", 0, 0)]
    assert by_fiscal_year(Engagement.objects.counted(), THIS_YEAR).unknown.value == 1
