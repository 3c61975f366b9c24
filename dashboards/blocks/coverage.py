"""The last five fiscal years of each objective."""

from typing import Any

from dashboards.blocks.scope import Scope
from dashboards.charts import small_charts
from dashboards.metrics.coverage import Coverage
from dashboards.metrics.coverage import coverage as coverage_over


def coverage(scope: Scope) -> dict[str, Any] | None:
    if scope.axes is None:
        return None
    counted = coverage_of(scope)
    shown = [scope.axes.rows, scope.axes.columns]
    return {
        "counted": counted,
        "charts": small_charts(counted, scope.year),
        # Sets of one kind beside each other, whose objectives may be called alike.
        "has_several": any(len(axis.frameworks) > 1 for axis in shown)
        or shown[0].kind == shown[1].kind,
    }


def coverage_of(scope: Scope) -> Coverage:
    """Of what stands in the rows and columns of the matrix, in the same words."""
    assert scope.axes is not None
    axes = [scope.axes.rows, scope.axes.columns]
    return coverage_over(scope.served, axes, scope.year, reading=scope.reading)
