"""For what, over time: each objective's last fiscal years."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count

from common.partial_dates import FiscalYear
from dashboards.figures import DONE, Figure, figure
from engagements.kinds import Stage
from engagements.models import Alignment, EngagementQuerySet
from objectives.models import Framework, Objective


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
