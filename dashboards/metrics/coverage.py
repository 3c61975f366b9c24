"""For what, over time: each objective's last fiscal years."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from common.partial_dates import FiscalYear
from dashboards.axes import AS_TAGGED, Axis, Reading
from dashboards.figures import DONE, Figure
from dashboards.metrics.served import Served
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
    served: Served,
    axes: Iterable[Axis],
    this_year: FiscalYear,
    *,
    length: int = 5,
    reading: Reading = AS_TAGGED,
) -> Coverage:
    """No query: what served each objective in the last fiscal years, this one included."""
    counts, totals = served.done_by_year(), Counter[int]()
    for (objective, _year), n in counts.items():
        totals[objective] += n
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
