"""The figures of each block as the page computes them, under the names its SQL gives the same ones."""

from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.floor import EXCHANGED, PLANNED, Numbers
from dashboards.figures import Figure, figure

Block = dict[str, Any]
PERIODS = ("now", "then", "before")


def volume(block: Block) -> Iterator[tuple[tuple, Figure | None]]:
    figures = block["figures"]
    for name in ("engagements", "people", "cost", "partners", "countries"):
        found = getattr(figures, name)
        for period, of_period in zip(
            PERIODS, (found.now, found.same_point, found.year_before), strict=True
        ):
            yield (name, period), of_period


def alignment(block: Block) -> Iterator[tuple[tuple, Figure | None]]:
    for line in block["matrix"].lines:
        yield ("total", line.objective.pk), line.total
        for cell in line.cells:
            yield ("cell", cell.row.pk, cell.column.pk), cell.engagements
            for part in cell.parts:
                yield ("part", cell.row.pk, cell.column.pk, part.objective.pk), part.amount
    matrix = block["matrix"]
    for objective, total in zip(matrix.column_objectives, matrix.column_totals, strict=True):
        yield ("total", objective.pk), total


def coverage(block: Block) -> Iterator[tuple[tuple, Figure | None]]:
    counted = block["counted"]
    for framework in counted.frameworks:
        for objective in framework.objectives:
            key = objective.objective.pk
            for year, of_year in zip(counted.years, objective.years, strict=True):
                yield (key, year.ends), of_year
            yield (key, "all"), objective.total


def places(block: Block) -> Iterator[tuple[tuple, Figure | None]]:
    counted = block["counted"]
    for name, found in (("country", counted.countries), ("region", counted.regions)):
        for one in found:
            key = getattr(one, name).pk
            yield (name, key, "all"), one.engagements
            yield (name, key, "this year"), one.this_year
    yield ("country", None, "all"), counted.without


def time(block: Block) -> Iterator[tuple[tuple, Figure | None]]:
    for year in block["counted"].years:
        yield (year.year.ends, True), year.completed
        yield (year.year.ends, False), year.planned
    yield ("unknown",), block["counted"].unknown
    for year in block["lately"]["months"].years:
        yield ("no month", year.year.ends), year.unknown
        for month in year.months:
            yield ("month", f"{month.month:%Y-%m}", True), month.completed
            yield ("month", f"{month.month:%Y-%m}", False), month.planned
    for plans in block["lately"]["plans"]:
        for name in PLANNED:
            yield ("plans", plans.year.ends, name), getattr(plans, name)
    yield ("ahead",), block["coming"].total
    yield ("awaiting",), block["coming"].awaiting


def partners(block: Block) -> Iterator[tuple[tuple, Figure | None]]:
    for partner, tally in block["found"].tallies.items():
        for name in EXCHANGED:
            yield (partner, name), figure(tally.counts[name])


def completeness(block: Block) -> Iterator[tuple[tuple, Figure | None]]:
    stages = {}
    for lack in block["counted"].lacks:
        yield ("lacks", lack.what.value), lack.engagements
        stages[lack.of.narrow["stage"]] = lack.of
    yield ("stage", "completed"), stages["completed",]


FIGURES: dict[str, Callable[[Block], Iterator[tuple[tuple, Figure | None]]]] = {
    each.__name__: each
    for each in (volume, alignment, coverage, places, time, partners, completeness)
}
# In cents, as the SQL adds it up.
MONEY = {"cost", "planned_cost"}


def numbers_of(name: str, block: Block) -> Numbers:
    return {
        key: round(found.value * 100) if found.measure in MONEY else found.value
        for key, found in FIGURES[name](block)
        if found is not None
    }
