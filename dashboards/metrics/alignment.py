"""For what: the alignment matrix, one framework against another, split by a third."""

import math
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from django.db.models import Count, Q

from dashboards.figures import Figure, figure
from engagements.models import Alignment, EngagementQuerySet
from objectives.models import Framework, Objective

STEPS = 4


@dataclass(frozen=True, kw_only=True)
class Part:
    """How many of a cell's engagements serve one objective of the framework that splits it."""

    objective: Objective
    engagements: Figure


@dataclass(frozen=True, kw_only=True)
class Cell:
    """Engagements that serve both objectives.

    An engagement that serves two objectives of the splitting framework is in both parts, and one
    that serves none is in no part: parts need not add up.
    """

    row: Objective
    column: Objective
    engagements: Figure
    parts: list[Part]
    # Which quarter of the filled cells it is in, 1 to 4; 0 when empty.
    step: int


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row. Its total: the engagements that serve the objective, each once."""

    objective: Objective
    cells: list[Cell]
    total: Figure


@dataclass(frozen=True, kw_only=True)
class Shade:
    """A step of the key: the lowest and highest count it stands for."""

    step: int
    lowest: int
    highest: int


@dataclass(frozen=True, kw_only=True)
class Matrix:
    rows: Framework
    columns: Framework
    split: Framework | None
    lines: list[Line]
    column_totals: list[Figure]
    total: Figure
    shades: list[Shade]

    @property
    def column_objectives(self) -> list[Objective]:
        return [cell.column for cell in self.lines[0].cells] if self.lines else []

    @property
    def cells(self) -> list[Cell]:
        return [cell for line in self.lines for cell in line.cells]

    @property
    def empty_cells(self) -> list[Cell]:
        return [cell for cell in self.cells if not cell.engagements]

    @property
    def figures(self) -> Iterator[Figure]:
        for cell in self.cells:
            yield cell.engagements
            yield from (part.engagements for part in cell.parts)
        yield from (line.total for line in self.lines)
        yield from (*self.column_totals, self.total)


@dataclass(frozen=True, kw_only=True)
class TaggedElsewhere:
    """Engagements tagged under a framework of the same kind that the page does not show."""

    framework: Framework
    engagements: Figure


def alignment_matrix(
    engagements: EngagementQuerySet,
    *,
    rows: Framework,
    columns: Framework,
    split: Framework | None = None,
) -> Matrix:
    """One query for what each engagement serves, counted here: the same plan on any database.

    Joining alignments to themselves, once an axis, took a planner without statistics minutes.
    """
    served = _served(engagements, [rows, columns, *([split] if split else [])])
    crossings = _crossings(served, rows, columns)
    parts = _crossings(served, rows, columns, split) if split else Counter()
    totals = Counter(
        objective
        for axes in served
        for framework in (rows, columns)
        for objective in axes[framework.pk]
    )
    row_objectives, column_objectives = _shown(rows, totals), _shown(columns, totals)
    thirds = list(split.objectives.all()) if split else []
    filled = sorted(
        crossings[row.pk, column.pk]
        for row in row_objectives
        for column in column_objectives
        if crossings[row.pk, column.pk]
    )

    def cell(row: Objective, column: Objective) -> Cell:
        count = crossings[row.pk, column.pk]
        return Cell(
            row=row,
            column=column,
            engagements=figure(count, objective=[row, column]),
            parts=[
                Part(
                    objective=third,
                    engagements=figure(n, objective=[row, column, third]),
                )
                for third in thirds
                if (n := parts[row.pk, column.pk, third.pk])
            ],
            step=step_of(count, filled),
        )

    lines = [
        Line(
            objective=row,
            cells=[cell(row, column) for column in column_objectives],
            total=figure(totals[row.pk], objective=row),
        )
        for row in row_objectives
    ]
    return Matrix(
        rows=rows,
        columns=columns,
        split=split,
        lines=lines,
        column_totals=[figure(totals[c.pk], objective=c) for c in column_objectives],
        total=figure(engagements.count()),
        shades=_shades(filled),
    )


def tagged_elsewhere(
    engagements: EngagementQuerySet, shown: list[Framework]
) -> list[TaggedElsewhere]:
    """Two queries: what is tagged under other frameworks of the kinds shown: no figure hides it."""
    frameworks = (
        Framework.objects.filter(kind__in=[framework.kind for framework in shown])
        .exclude(pk__in=[framework.pk for framework in shown])
        .annotate(
            tagged=Count(
                "alignments__engagement",
                distinct=True,
                filter=Q(alignments__engagement__in=engagements.order_by().values("pk")),
            )
        )
        .in_order()
        .prefetch_related("objectives")
    )
    return [
        TaggedElsewhere(
            framework=framework,
            engagements=figure(count, any_objective=list(framework.objectives.all())),
        )
        for framework in frameworks
        if (count := framework.tagged)  # type: ignore[attr-defined]
    ]


def step_of(count: int, filled: list[int]) -> int:
    """The quarter of the filled cells (counts, in order) that a count is in: 1 to 4; 0 for none."""
    return math.ceil(STEPS * bisect_right(filled, count) / len(filled)) if count else 0


def _shades(filled: list[int]) -> list[Shade]:
    by_step = defaultdict(list)
    for count in filled:
        by_step[step_of(count, filled)].append(count)
    return [
        Shade(step=step, lowest=min(counts), highest=max(counts))
        for step, counts in sorted(by_step.items())
    ]


def _shown(framework: Framework, totals: Counter[int]) -> list[Objective]:
    """Its objectives; one that was retired stays while something serves it."""
    return [o for o in framework.objectives.all() if o.retired_on is None or o.pk in totals]


def _served(engagements: EngagementQuerySet, frameworks: list[Framework]) -> list[dict]:
    """For each engagement that serves any of them: framework → its objectives served (keys)."""
    found = Alignment.objects.filter(
        engagement__in=engagements.order_by().values("pk"), framework__in=frameworks
    ).values_list("engagement", "framework", "objective")
    by_engagement: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for engagement, framework, objective in found:
        by_engagement[engagement][framework].append(objective)
    return list(by_engagement.values())


def _crossings(served: list[dict], *frameworks: Framework) -> Counter[tuple[int, ...]]:
    """How many engagements serve an objective of each: {(row, column, …): count}."""
    return Counter(
        crossing
        for axes in served
        for crossing in product(*(axes[framework.pk] for framework in frameworks))
    )
