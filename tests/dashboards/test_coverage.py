import datetime as dt

from common.partial_dates import FiscalYear
from dashboards.axes import Axis
from dashboards.metrics.coverage import coverage
from dashboards.metrics.served import served
from engagements.kinds import Stage
from engagements.models import Engagement
from objectives.models import Framework, FrameworkKind
from tests.factories import make_engagement, make_framework, make_objective

THIS_YEAR = FiscalYear(2027)


def test_coverage_counts_the_last_five_years_and_all_of_them():
    framework = make_framework(kind=FrameworkKind.PRIORITY)
    kept, forgotten = make_objective("S1", framework), make_objective("S2", framework)
    make_engagement(start=dt.date(2026, 5, 1), objectives=[kept])
    make_engagement(start=dt.date(2022, 5, 1), objectives=[kept])
    make_engagement(start=dt.date(2012, 5, 1), objectives=[kept])
    make_engagement(start=dt.date(2026, 12, 1), objectives=[kept], stage=Stage.SUBMITTED)

    axis = Axis(frameworks=tuple(Framework.objects.prefetch_related("objectives")))
    found = coverage(served(Engagement.objects.counted()), [axis], THIS_YEAR)

    assert [str(year) for year in found.years] == [
        "2022-23", "2023-24", "2024-25", "2025-26", "2026-27",
    ]  # fmt: skip
    first, second = found.frameworks[0].objectives
    assert ([f.value for f in first.years], first.total.value) == ([1, 0, 0, 0, 1], 3)
    assert ([f.value for f in second.years], second.total.value) == ([0, 0, 0, 0, 0], 0)
    assert (first.objective, second.objective) == (kept, forgotten)
    assert found.highest == 1
