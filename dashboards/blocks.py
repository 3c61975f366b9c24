"""The blocks of the dashboard: what each is computed from, and what its template is given.

A block is a function here, its metrics in dashboards/metrics, its template in
templates/dashboards/blocks, all of one name.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from common.partial_dates import FiscalYear
from dashboards.charts import small_charts, year_chart
from dashboards.findings import findings
from dashboards.metrics.alignment import alignment_matrix, tagged_elsewhere
from dashboards.metrics.completeness import untagged
from dashboards.metrics.time import by_fiscal_year, coverage
from dashboards.metrics.volume import key_figures
from engagements.filters import EngagementFilter
from engagements.models import Engagement, EngagementQuerySet
from objectives.models import Framework, FrameworkKind


@dataclass(frozen=True, kw_only=True)
class Scope:
    """What the page counts: the reader's filter, what it leaves of what figures count, and today."""

    filters: EngagementFilter
    engagements: EngagementQuerySet
    today: dt.date
    frameworks: list[Framework]

    @property
    def year(self) -> FiscalYear:
        return FiscalYear.of(self.today)

    @property
    def one_year(self) -> FiscalYear | None:
        """The fiscal year chosen, where no other date is; this one where none is; or None."""
        if not self.is_dated:
            return self.year
        chosen = self.filters.chosen
        required = {name for name, _text, _found in chosen["also"]}
        if chosen["from"] or chosen["to"] or "fy" in required or len(chosen["fy"]) > 1:
            return None
        (year,) = chosen["fy"].values()
        return year

    @property
    def is_dated(self) -> bool:
        """Whether the filter chooses dates, so that an empty year may just not be asked for."""
        chosen = self.filters.chosen
        required = {name for name, _text, _found in chosen["also"]}
        return bool(chosen["fy"] or chosen["from"] or chosen["to"] or "fy" in required)

    def framework(self, kind: str) -> Framework | None:
        """The one of this kind in force today."""
        return next((one for one in self.frameworks if one.kind == kind), None)


def scope_of(filters: EngagementFilter, today: dt.date) -> Scope:
    return Scope(
        filters=filters,
        engagements=filters.qs.counted(),
        today=today,
        frameworks=Framework.objects.in_force_on(today),
    )


def volume(scope: Scope) -> dict[str, Any]:
    """Of the fiscal year chosen, or this one; of other dates chosen, without a comparison."""
    year = scope.one_year
    if year is None:
        figures = key_figures(scope.engagements, None, scope.today)
        return {"filters": scope.filters, "figures": figures}
    filters = of_every_year(scope)
    return {"filters": filters, "figures": key_figures(filters.qs.counted(), year, scope.today)}


def of_every_year(scope: Scope) -> EngagementFilter:
    """What the key figures count over: the fiscal year chosen is set against the one before."""
    return without_fiscal_year(scope.filters) if scope.is_dated else scope.filters


def without_fiscal_year(filters: EngagementFilter) -> EngagementFilter:
    """The same filter over all fiscal years, for a year to be compared with the one before."""
    data: QueryDict = filters.data.copy()
    data.pop("fy", None)
    readable = Engagement.objects.visible_to(filters.user)
    return EngagementFilter(data, readable, user=filters.user, also_allowed=filters.also_allowed)


def alignment(scope: Scope) -> dict[str, Any] | None:
    """Priorities by mandate items, split by pillar; None where today knows no such frameworks."""
    rows, columns = (
        scope.framework(FrameworkKind.PRIORITY),
        scope.framework(FrameworkKind.MANDATE),
    )
    if rows is None or columns is None:
        return None
    matrix = alignment_matrix(
        scope.engagements,
        rows=rows,
        columns=columns,
        split=scope.framework(FrameworkKind.PILLAR),
    )
    return {
        "matrix": matrix,
        "findings": findings(matrix),
        "elsewhere": tagged_elsewhere(scope.engagements, [rows, columns]),
    }


def objective_years(scope: Scope) -> dict[str, Any] | None:
    """Coverage: the last five fiscal years of each priority and mandate item."""
    kinds = (FrameworkKind.PRIORITY, FrameworkKind.MANDATE)
    shown = [framework for kind in kinds if (framework := scope.framework(kind))]
    if not shown:
        return None
    counted = coverage(scope.engagements, shown, scope.year)
    return {"coverage": counted, "charts": small_charts(counted, scope.year)}


def time(scope: Scope) -> dict[str, Any]:
    counted = by_fiscal_year(scope.engagements, scope.year)
    return {"counted": counted, "chart": year_chart(counted, scope.year)}


def completeness(scope: Scope) -> dict[str, Any]:
    return {"untagged": untagged(scope.engagements)}


def counted(scope: Scope) -> list[EngagementQuerySet]:
    """All that the page counts."""
    over = [scope.engagements]
    if scope.one_year and scope.is_dated:
        over.append(of_every_year(scope).qs.counted().filter(fiscal_year__in=years_compared(scope)))
    return over


def years_compared(scope: Scope) -> list[int]:
    year = scope.one_year
    return [year.previous.ends, year.ends] if year else []


def every_block(scope: Scope) -> dict[str, Any]:
    return {block.__name__: block(scope) for block in BLOCKS}


BLOCKS = (volume, alignment, objective_years, time, completeness)
