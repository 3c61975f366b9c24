"""The lines of the matrix in a file, and those of the years of each objective in another."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dashboards.axes import Reading
from dashboards.figures import Figure
from dashboards.metrics.alignment import Matrix
from dashboards.metrics.amounts import Amount, Amounts, Crossing
from dashboards.metrics.coverage import Coverage
from objectives.models import Objective


def alignment_lines(block: dict[str, Any]) -> Iterator[list[Any]]:
    """A line for each cell, the empty ones too; then totals, each engagement once."""
    matrix: Matrix = block["matrix"]
    amounts: Amounts = block["amounts"]()
    thirds = matrix.split.objectives if matrix.split else []
    yield [
        *headed(matrix.rows.get_kind_display()),
        *headed(matrix.columns.get_kind_display()),
        _("Engagements"),
        _("Actual cost (CAD)"),
        _("Engagements with a known cost"),
        _("Partners"),
        *(_("Engagements, %(code)s") % {"code": third.code} for third in thirds),
    ]
    for cell in matrix.cells:
        served = cell.row, cell.column
        parts = [[*served, third] for third in thirds]
        yield [
            *named(cell.row),
            *named(cell.column),
            *told(amounts.cells, matrix.reading, *served),
            *(told(amounts.parts, matrix.reading, *part)[0] for part in parts),
        ]
    for line in totals(matrix, amounts):
        yield [*line, *([""] * len(thirds))]


def totals(matrix: Matrix, amounts: Amounts) -> Iterator[list[Any]]:
    """Of each row, of each column, of all."""
    every, lines, reading = [_("all"), ""], amounts.lines, matrix.reading
    for line in matrix.lines:
        yield [*named(line.objective), *every, *told(lines, reading, line.objective)]
    for column in matrix.column_objectives:
        yield [*every, *named(column), *told(lines, reading, column)]
    yield [*every, *every, *told({(): amounts.total}, reading)]


def told(
    amounts: Mapping[Crossing, Amount], reading: Reading, *served: Objective
) -> list[Figure | Decimal | int]:
    """Engagements, cost, of how many it is known, partners: of what serves all of these.

    The first alone leads to the list, which is that of all four.
    """
    amount = amounts.get(tuple(one.pk for one in served)) or Amount()
    return [
        reading.figure(amount.engagements, *served),
        amount.cost,
        amount.cost_known,
        len(amount.partners),
    ]


def coverage_lines(block: dict[str, Any]) -> Iterator[list[Any]]:
    """Completed engagements of each objective by fiscal year."""
    found: Coverage = block["counted"]
    yield [_("Objective"), _("Name"), *map(str, found.years), _("All years")]
    for framework in found.frameworks:
        for one in framework.objectives:
            yield [*named(one.objective), *one.years, one.total]


def headed(kind: str) -> list[str]:
    return [capfirst(kind), _("Name (%(kind)s)") % {"kind": kind}]


def named(objective: Objective) -> list[str]:
    return [objective.code, objective.short]
