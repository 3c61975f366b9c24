"""What a reader downloads of a block: lines of a spreadsheet, first the headings."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from dashboards.metrics.alignment import Matrix
from engagements.exports import safe


def alignment_lines(matrix: Matrix) -> Iterator[list[Any]]:
    """A line for each cell, the empty ones too."""
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


def as_csv(lines: Iterable[list[Any]]) -> str:
    """With the mark by which Excel knows UTF-8; nothing in it runs as a formula."""
    written = io.StringIO("\ufeff", newline="")
    written.seek(0, io.SEEK_END)
    csv.writer(written).writerows([safe(value) for value in line] for line in lines)
    return written.getvalue()
