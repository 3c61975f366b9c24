"""When: engagements by fiscal year, done and planned; and each objective's last years."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count

from common.partial_dates import FiscalYear
from dashboards.figures import DONE, PLANNED, Figure, figure
from engagements.kinds import Stage
from engagements.models import Alignment, EngagementQuerySet
from objectives.models import Framework, Objective


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
    rows = engagements.order_by().values_list("fiscal_year", "stage").annotate(n=Count("pk"))
    done, planned, unknown = Counter[int](), Counter[int](), 0
    for ends, stage, count in rows:
        if ends is None:
            unknown += count
        elif stage == Stage.COMPLETED:
            done[ends] += count
        elif stage in PLANNED:
            planned[ends] += count
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


@dataclass(frozen=True, kw_only=True)
class ObjectiveYears:
    """Completed engagements that serve an objective: by year, and in all."""

    objective: Objective
    years: list[Figure]
    total: Figure


@dataclass(frozen=True, kw_only=True)
class FrameworkCoverage:
    framework: Framework
    objectives: list[ObjectiveYears]


@dataclass(frozen=True, kw_only=True)
class Coverage:
    years: list[FiscalYear]
    frameworks: list[FrameworkCoverage]

    @property
    def highest(self) -> int:
        """The largest count of one objective in one year: the scale all of them share."""
        counts = (y.count for f in self.frameworks for o in f.objectives for y in o.years)
        return max(counts, default=0)

    @property
    def figures(self) -> Iterator[Figure]:
        for framework in self.frameworks:
            for objective in framework.objectives:
                yield from (*objective.years, objective.total)


def coverage(
    engagements: EngagementQuerySet,
    frameworks: Iterable[Framework],
    this_year: FiscalYear,
    *,
    length: int = 5,
) -> Coverage:
    """One query: what served each objective in the last fiscal years, this one included."""
    frameworks = list(frameworks)
    rows = (
        Alignment.objects.filter(
            engagement__in=engagements.order_by().values("pk"),
            engagement__stage=Stage.COMPLETED,
            framework__in=frameworks,
        )
        .values_list("objective", "engagement__fiscal_year")
        .annotate(n=Count("pk"))
    )
    counts = {(objective, ends): count for objective, ends, count in rows}
    totals = Counter[int]()
    for (objective, _ends), count in counts.items():
        totals[objective] += count
    years = [FiscalYear(this_year.ends - back) for back in reversed(range(length))]

    def years_of(objective: Objective) -> ObjectiveYears:
        return ObjectiveYears(
            objective=objective,
            years=[
                figure(
                    counts.get((objective.pk, y.ends)), stage=DONE, objective=objective, fy=str(y)
                )
                for y in years
            ],
            total=figure(totals[objective.pk], stage=DONE, objective=objective),
        )

    return Coverage(
        years=years,
        frameworks=[
            FrameworkCoverage(
                framework=framework,
                objectives=[years_of(objective) for objective in framework.objectives.all()],
            )
            for framework in frameworks
        ],
    )
