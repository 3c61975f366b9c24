"""For what, over time: each objective's last fiscal years."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from common.partial_dates import FiscalYear
from dashboards.axes import AS_TAGGED, Axis, Reading
from dashboards.figures import DONE, Figure
from dashboards.metrics.served import Alike
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
    served: Iterable[Alike],
    axes: Iterable[Axis],
    this_year: FiscalYear,
    *,
    length: int = 5,
    reading: Reading = AS_TAGGED,
) -> Coverage:
    """No query: what served each objective in the last fiscal years, this one included."""
    counts, totals = by_year(served)
    years = [FiscalYear(this_year.ends - back) for back in reversed(range(length))]

    def years_of(one: Objective) -> ObjectiveYears:
        return ObjectiveYears(
            objective=one,
            years=[
                reading.figure(counts[one.pk, year.ends], one, stage=DONE, fy=str(year))
                for year in years
            ],
            total=reading.figure(totals[one.pk], one, stage=DONE),
        )

    return Coverage(
        years=years,
        frameworks=[
            FrameworkCoverage(
                framework=framework,
                objectives=[
                    years_of(one)
                    for one in framework.objectives.all()
                    if one.retired_on is None or totals[one.pk]
                ],
            )
            for axis in axes
            for framework in axis.frameworks
        ],
    )


def by_year(served: Iterable[Alike]) -> tuple[Counter[tuple[int, int | None]], Counter[int]]:
    """Completed engagements by objective and the year they count in; and by objective alone."""
    counts: Counter[tuple[int, int | None]] = Counter()
    totals: Counter[int] = Counter()
    for alike in served:
        if alike.done:
            for objective in alike.objectives:
                counts[objective, alike.year] += alike.engagements
                totals[objective] += alike.engagements
    return counts, totals
