"""What the page counts: the reader's filter, what it leaves of what figures count, and today."""

import datetime as dt
from dataclasses import dataclass, field

from django.http import QueryDict

from common.partial_dates import FiscalYear
from dashboards.options import Options
from engagements.filters import EngagementFilter
from engagements.models import Engagement, EngagementQuerySet
from objectives.models import Framework, in_force_among

DATES = ("fy", "month", "from", "to")


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Every block is computed from it.

    `frameworks`: one a kind, in force today. `every_framework`: all there are, in order, each with
    its objectives; the older ones, those to come and those that nobody adopted too. `options`: how
    the reader would have the figures shown.
    """

    filters: EngagementFilter
    engagements: EngagementQuerySet
    today: dt.date
    frameworks: list[Framework]
    every_framework: list[Framework]
    options: Options = field(default_factory=Options)

    @property
    def year(self) -> FiscalYear:
        return FiscalYear.of(self.today)

    @property
    def one_year(self) -> FiscalYear | None:
        """The fiscal year chosen, where no other date is; this one where none is; or None."""
        if not self.is_dated:
            return self.year
        if self._dates != {"fy"} or len(self.filters.chosen["fy"]) != 1:
            return None
        (year,) = self.filters.chosen["fy"].values()
        return year

    @property
    def is_dated(self) -> bool:
        """Whether the filter chooses dates, so that an empty year may just not be asked for."""
        return bool(self._dates)

    @property
    def _dates(self) -> set[str]:
        """What chooses dates, a requirement on top of a choice apart."""
        chosen = self.filters.chosen
        required = {f"also {name}" for name, _text, _found in chosen["also"] if name in DATES}
        return {name for name in DATES if chosen[name]} | required

    def framework(self, kind: str) -> Framework | None:
        """The one of this kind in force today."""
        return next((one for one in self.frameworks if one.kind == kind), None)


def scope_of(filters: EngagementFilter, today: dt.date, options: Options | None = None) -> Scope:
    every = list(Framework.objects.in_order().prefetch_related("objectives"))
    return Scope(
        filters=filters,
        engagements=filters.qs.counted(),
        today=today,
        frameworks=in_force_among((one for one in every if one.adopted), today),
        every_framework=every,
        options=options or Options(),
    )


def of_every_year(scope: Scope) -> EngagementFilter:
    """What the key figures count over: the fiscal year chosen is set against the one before."""
    return without_fiscal_year(scope.filters) if scope.is_dated else scope.filters


def without_fiscal_year(filters: EngagementFilter) -> EngagementFilter:
    """The same filter over all fiscal years, for a year to be compared with the one before."""
    data: QueryDict = filters.data.copy()
    data.pop("fy", None)
    readable = Engagement.objects.visible_to(filters.user)
    return EngagementFilter(data, readable, user=filters.user, also_allowed=filters.also_allowed)


def counted(scope: Scope) -> list[EngagementQuerySet]:
    """All that the page counts."""
    over = [scope.engagements]
    if scope.one_year and scope.is_dated:
        over.append(of_every_year(scope).qs.counted().filter(fiscal_year__in=years_compared(scope)))
    return over


def years_compared(scope: Scope) -> list[int]:
    year = scope.one_year
    return [year.previous.ends, year.ends] if year else []
