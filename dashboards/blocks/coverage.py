"""The last five fiscal years of each objective."""

from typing import Any

from dashboards.blocks.scope import Scope, of_all_years
from dashboards.charts import small_charts
from dashboards.metrics.coverage import Coverage
from dashboards.metrics.coverage import coverage as coverage_over
from dashboards.metrics.served import Served, served


def coverage(scope: Scope) -> dict[str, Any] | None:
    """Over years, whichever are chosen; `filters` is what its figures' links go on from."""
    if scope.axes is None:
        return None
    counted = coverage_of(scope)
    shown = [scope.axes.rows, scope.axes.columns]
    filters = of_all_years(scope)
    return {
        "counted": counted,
        "charts": small_charts(counted, scope.year),
        # Sets of one kind beside each other, whose objectives may be called alike.
        "has_several": any(len(axis.frameworks) > 1 for axis in shown)
        or shown[0].kind == shown[1].kind,
        "filters": filters,
        "leaves_year_aside": filters is not scope.filters,
    }


def coverage_of(scope: Scope) -> Coverage:
    """Of what stands in the rows and columns of the matrix, in the same words."""
    assert scope.axes is not None
    axes = [scope.axes.rows, scope.axes.columns]
    return coverage_over(served_in_all_years(scope), axes, scope.year, reading=scope.reading)


def served_in_all_years(scope: Scope) -> Served:
    """In the words chosen; one query more where fiscal years are chosen."""
    filters, heirs = of_all_years(scope), scope.reading.heirs
    if filters is scope.filters:
        return scope.served
    found = served(filters.qs.counted(), scope.options.by)
    return found if heirs is None else found.in_words(heirs)
