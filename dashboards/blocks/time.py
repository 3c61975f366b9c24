"""When."""

from typing import Any

from dashboards.blocks.scope import Scope
from dashboards.charts import year_chart
from dashboards.metrics.time import by_fiscal_year


def time(scope: Scope) -> dict[str, Any]:
    counted = by_fiscal_year(scope.engagements, scope.year)
    return {"counted": counted, "chart": year_chart(counted, scope.year)}
