"""The figures of each block as the page computes them, under the names its SQL gives the same ones."""

from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.floor import Numbers
from dashboards.figures import Figure

Block = dict[str, Any]
PERIODS = ("now", "then", "before")


def volume(block: Block) -> Iterator[tuple[tuple, Figure | None]]:
    figures = block["figures"]
    for name in ("engagements", "people", "cost", "partners", "countries"):
        found = getattr(figures, name)
        for period, figure in zip(
            PERIODS, (found.now, found.same_point, found.year_before), strict=True
        ):
            yield (name, period), figure


def alignment(block: Block) -> Iterator[tuple[tuple, Figure | None]]:
    for line in block["matrix"].lines:
        yield ("total", line.objective.pk), line.total
        for cell in line.cells:
            yield ("cell", cell.row.pk, cell.column.pk), cell.engagements
            for part in cell.parts:
                yield ("part", cell.row.pk, cell.column.pk, part.objective.pk), part.engagements
    matrix = block["matrix"]
    for objective, total in zip(matrix.column_objectives, matrix.column_totals, strict=True):
        yield ("total", objective.pk), total


def coverage(block: Block) -> Iterator[tuple[tuple, Figure | None]]:
    counted = block["counted"]
    for framework in counted.frameworks:
        for objective in framework.objectives:
            key = objective.objective.pk
            for year, figure in zip(counted.years, objective.years, strict=True):
                yield (key, year.ends), figure
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


def completeness(block: Block) -> Iterator[tuple[tuple, Figure | None]]:
    for untagged in block["untagged"].kinds:
        yield ("untagged", untagged.kind.value), untagged.engagements
    yield ("total",), block["untagged"].total


FIGURES: dict[str, Callable[[Block], Iterator[tuple[tuple, Figure | None]]]] = {
    each.__name__: each for each in (volume, alignment, coverage, places, time, completeness)
}
# In cents, as the SQL adds it up.
MONEY = "cost"


def numbers_of(name: str, block: Block) -> Numbers:
    return {
        key: int(figure.value * 100) if key[0] == MONEY else figure.value
        for key, figure in FIGURES[name](block)
        if figure is not None
    }


def differences(page: Numbers, hand: Numbers) -> list[str]:
    """Every number that one has and the other has not; nothing and 0 are the same."""
    keys = sorted(page.keys() | hand.keys(), key=str)
    return [
        f"{key}: {page.get(key, 0)} on the page, {hand.get(key, 0)} by hand"
        for key in keys
        if page.get(key, 0) != hand.get(key, 0)
    ]
