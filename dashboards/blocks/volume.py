"""How much."""

from typing import Any

from dashboards.blocks.scope import Scope, of_every_year
from dashboards.metrics.volume import key_figures


def volume(scope: Scope) -> dict[str, Any]:
    """Of the fiscal year chosen, or this one; of other dates chosen, without a comparison."""
    year = scope.one_year
    if year is None:
        figures = key_figures(scope.engagements, None, scope.today)
        return {"filters": scope.filters, "figures": figures}
    filters = of_every_year(scope)
    return {"filters": filters, "figures": key_figures(filters.qs.counted(), year, scope.today)}
