"""The lines of the matrix in a file."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from dashboards.metrics.alignment import Matrix


def alignment_lines(block: dict[str, Any]) -> Iterator[list[Any]]:
    """A line for each cell, the empty ones too."""
    matrix: Matrix = block["matrix"]
    thirds = list(matrix.split.objectives.all()) if matrix.split else []
    yield [
        _("Priority"),
        _("Name of the priority"),
        _("Mandate item"),
        _("Name of the mandate item"),
        _("Engagements"),
        *(third.code for third in thirds),
    ]
    for cell in matrix.cells:
        parts = {part.objective.code: part.engagements.value for part in cell.parts}
        yield [
            cell.row.code,
            cell.row.short,
            cell.column.code,
            cell.column.short,
            cell.engagements.value,
            *(parts.get(third.code, 0) for third in thirds),
        ]
