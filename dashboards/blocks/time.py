"""When."""

from typing import Any

from dashboards.blocks.scope import Scope, over_years, years_beside
from dashboards.charts import year_chart
from dashboards.metrics.months import by_month
from dashboards.metrics.plans import coming, planned_against_done
from dashboards.metrics.time import by_fiscal_year
from dashboards.month_chart import month_chart


def time(scope: Scope) -> dict[str, Any]:
    """By fiscal year, and what is ahead, as filtered; the last three years whatever year is chosen."""
    counted = by_fiscal_year(scope.engagements, scope.year)
    return {
        "counted": counted,
        "chart": year_chart(counted, scope.year),
        "coming": coming(scope.engagements, scope.today),
        "lately": lately(scope),
    }


def lately(scope: Scope) -> dict[str, Any]:
    """Up to three fiscal years beside each other; `filters` is what their figures' links go on from."""
    years = years_beside(scope)
    filters = over_years(scope)
    months = by_month(filters.qs.counted(), years)
    return {
        "filters": filters,
        "months": months,
        "chart": month_chart(months, scope.today),
        "plans": planned_against_done(filters.qs.logged(), years, scope.today),
    }
