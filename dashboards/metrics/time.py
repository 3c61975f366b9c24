"""When: engagements by fiscal year, done and planned."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q

from common.partial_dates import FiscalYear
from dashboards.figures import DONE, PLANNED, Figure, figure
from engagements import counting
from engagements.kinds import Stage
from engagements.models import EngagementQuerySet


@dataclass(frozen=True, kw_only=True)
class YearCount:
    year: FiscalYear
    completed: Figure
    planned: Figure

    @property
    def total(self) -> int:
        return self.completed.count + self.planned.count


@dataclass(frozen=True, kw_only=True)
class ByFiscalYear:
    """Every fiscal year from the first with an engagement to the last, this one and empty ones too.

    `unknown`: those with no known start, which are in no year.
    """

    years: list[YearCount]
    unknown: Figure

    @property
    def latest_first(self) -> list[YearCount]:
        return self.years[::-1]

    @property
    def figures(self) -> Iterator[Figure]:
        for year in self.years:
            yield from (year.completed, year.planned)
        yield self.unknown


def by_fiscal_year(engagements: EngagementQuerySet, this_year: FiscalYear) -> ByFiscalYear:
    """One query. Completed, and planned: submitted, approved or returned, or late."""
    rows = counting.grouped(
        engagements,
        "fiscal_year",
        done=Count("pk", filter=Q(stage=Stage.COMPLETED)),
        planned=Count("pk", filter=Q(stage__in=PLANNED)),
        all=Count("pk"),
    )
    unknown = sum(row["all"] for row in rows if row["fiscal_year"] is None)
    dated = [row for row in rows if row["fiscal_year"] is not None]
    done = Counter({row["fiscal_year"]: row["done"] for row in dated if row["done"]})
    planned = Counter({row["fiscal_year"]: row["planned"] for row in dated if row["planned"]})
    known = {this_year.ends, *done, *planned}
    return ByFiscalYear(
        years=[
            YearCount(
                year=year,
                completed=figure(done[year.ends], stage=DONE, fy=str(year)),
                planned=figure(planned[year.ends], stage=PLANNED, fy=str(year)),
            )
            for year in map(FiscalYear, range(min(known), max(known) + 1))
        ],
        unknown=figure(unknown, fy="unknown"),
    )
