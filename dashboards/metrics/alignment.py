"""For what: the alignment matrix, one axis against another, split by a third."""

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from dashboards.axes import AS_TAGGED, Axes, Axis, Reading
from dashboards.figures import Figure, Measure, figure
from dashboards.metrics.amounts import Amount, Crossed, Crossing
from dashboards.metrics.served import Served
from dashboards.options import By
from objectives.models import Framework, Objective

STEPS = 4
MEASURES: dict[str, Measure] = {By.COUNT: "count", By.COST: "cost", By.PARTNERS: "partners"}


@dataclass(frozen=True, kw_only=True)
class Part:
    """What of a cell serves one objective of the framework that splits it."""

    objective: Objective
    amount: Figure


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Engagements that serve both objectives.

    `amount`: what the matrix counts of them; `engagements`: how many they are; `cost_known`: of how
    many the cost is known. An engagement that serves two objectives of the splitting framework is in
    both parts, and one that serves none is in no part: parts need not add up.
    """

    row: Objective
    column: Objective
    amount: Figure
    engagements: Figure
    cost_known: int
    parts: list[Part]
    # Which quarter of the filled cells it is in, 1 to 4; 0 when empty.
    step: int


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row. Its total: the engagements that serve the objective, each once."""

    objective: Objective
    cells: list[Cell]
    total: Figure
    engagements: Figure


@dataclass(frozen=True, kw_only=True)
class Shade:
    """A step of the key: the lowest and highest amount it stands for."""

    step: int
    lowest: int | Decimal
    highest: int | Decimal


@dataclass(frozen=True, kw_only=True)
class Repeated:
    """Of the engagements, or partners, that stand in a cell: how many stand in more than one."""

    standing: int
    several: int
    # What the cells add up to.
    sum: int | Decimal


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """`total` and the totals of rows and columns count each engagement, or partner, once."""

    axes: Axes
    by: By
    reading: Reading
    lines: list[Line]
    column_totals: list[Figure]
    column_engagements: list[Figure]
    total: Figure
    shades: list[Shade]
    repeated: Repeated

    @property
    def rows(self) -> Axis:
        return self.axes.rows

    @property
    def columns(self) -> Axis:
        return self.axes.columns

    @property
    def split(self) -> Axis | None:
        return self.axes.split

    @property
    def column_objectives(self) -> list[Objective]:
        return [cell.column for cell in self.lines[0].cells] if self.lines else []

    @property
    def width(self) -> int:
        """In columns of the table, those of names and totals too."""
        return len(self.column_objectives) + 2

    @property
    def is_money(self) -> bool:
        return self.by == By.COST

    @property
    def groups(self) -> list[tuple[Framework, list[Line]]]:
        """The rows by framework."""
        return [
            (framework, [one for one in self.lines if one.objective.framework_id == framework.pk])
            for framework in self.rows.frameworks
        ]

    @property
    def cells(self) -> list[Cell]:
        return [cell for line in self.lines for cell in line.cells]

    @property
    def empty_cells(self) -> list[Cell]:
        return [cell for cell in self.cells if not cell.engagements]

    @property
    def figures(self) -> Iterator[Figure]:
        for cell in self.cells:
            yield from (cell.amount, cell.engagements)
            yield from (part.amount for part in cell.parts)
        for line in self.lines:
            yield from (line.total, line.engagements)
        yield from (*self.column_totals, *self.column_engagements, self.total)


@dataclass(frozen=True, kw_only=True)
class TaggedElsewhere:
    """Engagements tagged under a framework of the same kind that the page does not show."""

    framework: Framework
    engagements: Figure


@dataclass(kw_only=True)
class _Counting:
    """The amounts at hand while a matrix is put together."""

    served: Served
    axes: Axes
    by: By
    reading: Reading
    standing: Crossed = field(init=False)
    cells: dict[Crossing, Amount] = field(init=False)
    parts: dict[Crossing, Amount] = field(init=False)
    lines: dict[Crossing, Amount] = field(init=False)
    everything: Amount = field(init=False)
    filled: list = field(init=False)

    def __post_init__(self) -> None:
        rows, columns, split = self.axes.rows.keys, self.axes.columns.keys, self.axes.split
        found = self.served.crossed(
            {
                "cells": (rows, columns),
                "parts": (rows, columns, split.keys if split else frozenset()),
                "lines": (rows | columns,),
                "everything": (),
            }
        )
        self.standing = found["cells"]
        self.cells, self.parts, self.lines, every = (one.amounts for one in found.values())
        self.everything = every.get((), Amount())
        shown = {one.pk for axis in (self.axes.rows, self.axes.columns) for one in self.shown(axis)}
        amounts = (amount.by(self.by) for key, amount in self.cells.items() if shown >= set(key))
        self.filled = sorted(amount for amount in amounts if amount)

    def shown(self, axis: Axis) -> list[Objective]:
        """Its objectives; one that was retired stays while something serves it."""
        return [o for o in axis.objectives if o.retired_on is None or (o.pk,) in self.lines]

    def figure(self, amount: Amount | None, *objectives: Objective, by: str = "") -> Figure:
        by = by or self.by
        value = amount.by(by) if amount else 0
        return self.reading.figure(value, *objectives, measure=MEASURES[by])

    def line_total(self, objective: Objective, by: str = "") -> Figure:
        return self.figure(self.lines.get((objective.pk,)), objective, by=by)

    def cell(self, row: Objective, column: Objective) -> Cell:
        amount = self.cells.get((row.pk, column.pk))
        return Cell(
            row=row,
            column=column,
            amount=self.figure(amount, row, column),
            engagements=self.figure(amount, row, column, by=By.COUNT),
            cost_known=amount.cost_known if amount else 0,
            parts=self.parts_of(row, column),
            step=step_of(amount.by(self.by) if amount else 0, self.filled),
        )

    def parts_of(self, row: Objective, column: Objective) -> list[Part]:
        thirds = self.axes.split.objectives if self.axes.split else []
        return [
            Part(objective=third, amount=self.figure(amount, row, column, third))
            for third in thirds
            if (amount := self.parts.get((row.pk, column.pk, third.pk)))
        ]


def alignment_matrix(
    served: Served, axes: Axes, *, by: str = By.COUNT, reading: Reading = AS_TAGGED
) -> Matrix:
    """No query: counted over what was read (dashboards.metrics.served), in the words of `reading`."""
    counting = _Counting(served=served, axes=axes, by=By(by), reading=reading)
    rows, columns = counting.shown(axes.rows), counting.shown(axes.columns)
    lines = [
        Line(
            objective=row,
            cells=[counting.cell(row, column) for column in columns],
            total=counting.line_total(row),
            engagements=counting.line_total(row, By.COUNT),
        )
        for row in rows
    ]
    return Matrix(
        axes=axes,
        by=By(by),
        reading=reading,
        lines=lines,
        column_totals=[counting.line_total(column) for column in columns],
        column_engagements=[counting.line_total(column, By.COUNT) for column in columns],
        total=counting.figure(counting.everything),
        shades=shades(counting.filled),
        repeated=repeated(counting),
    )


def repeated(counting: _Counting) -> Repeated:
    """Whether the cells add up to more than there is, in this matrix."""
    total = sum((amount.by(counting.by) for amount in counting.cells.values()), Decimal(0))
    standing, several = counting.standing.standing, counting.standing.several
    if counting.by == By.PARTNERS:
        standing, several = _partners_standing(counting)
    return Repeated(standing=standing, several=several, sum=total)


def _partners_standing(counting: _Counting) -> tuple[int, int]:
    times = Counter(partner for amount in counting.cells.values() for partner in amount.partners)
    return len(times), sum(1 for n in times.values() if n > 1)


def tagged_elsewhere(
    served: Served, shown: Iterable[Axis], every: Iterable[Framework]
) -> list[TaggedElsewhere]:
    """What is tagged under other frameworks of the kinds shown: no figure hides it."""
    frameworks = [framework for axis in shown for framework in axis.frameworks]
    kinds = {framework.kind for framework in frameworks}
    found = []
    for framework in every:
        if framework.kind in kinds and framework not in frameworks:
            objectives = list(framework.objectives.all())
            if count := served.serving_any(objective.pk for objective in objectives):
                counted = figure(count, any_objective=objectives)
                found.append(TaggedElsewhere(framework=framework, engagements=counted))
    return found


def step_of(amount: int | Decimal, filled: list) -> int:
    """The quarter of the filled cells (amounts, in order) it is in: 1 to 4; 0 for none."""
    return math.ceil(STEPS * bisect_right(filled, amount) / len(filled)) if amount else 0


def shades(filled: list) -> list[Shade]:
    by_step = defaultdict(list)
    for amount in filled:
        by_step[step_of(amount, filled)].append(amount)
    return [
        Shade(step=step, lowest=min(amounts), highest=max(amounts))
        for step, amounts in sorted(by_step.items())
    ]
