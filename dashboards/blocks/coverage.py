"""The last five fiscal years of each objective."""

from typing import Any

from dashboards.blocks.scope import Scope
from dashboards.charts import small_charts
from dashboards.metrics.coverage import coverage as coverage_of
from objectives.models import FrameworkKind


def coverage(scope: Scope) -> dict[str, Any] | None:
    """Of each priority and mandate item."""
    kinds = (FrameworkKind.PRIORITY, FrameworkKind.MANDATE)
    shown = [framework for kind in kinds if (framework := scope.framework(kind))]
    if not shown:
        return None
    counted = coverage_of(scope.engagements, shown, scope.year)
    return {"counted": counted, "charts": small_charts(counted, scope.year)}
