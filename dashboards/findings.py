"""What the matrix says in a sentence: which rows, columns and cells nothing serves."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dashboards.metrics.alignment import Line, Matrix
from dashboards.words import any_of, called


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A sentence in two parts: what stands out, and what follows it."""

    lead: str
    rest: str = ""


def findings(matrix: Matrix) -> list[Finding]:
    """Empty columns and rows first, then rows with a single engagement, then the gaps of the others.

    Of an objective that nothing serves, its cells are not called out one by one as well.
    """
    if not matrix.total or not matrix.cells:
        return []
    found = [*_unserved(matrix), *_served_once(matrix), *_gaps(matrix)]
    return found or [Finding(lead=_("Every cell has at least one engagement."))]


def _unserved(matrix: Matrix) -> list[Finding]:
    """Objectives that nothing serves at all, whatever stands on the other axis."""
    columns = zip(matrix.column_objectives, matrix.column_totals, strict=True)
    names = [called(objective) for objective, total in columns if not total]
    names += [called(line.objective) for line in matrix.lines if not line.total]
    if not names:
        return []
    return [Finding(lead=_("Nothing serves %(objectives)s.") % {"objectives": any_of(names)})]


def _served_once(matrix: Matrix) -> list[Finding]:
    names = [called(line.objective) for line in matrix.lines if line.total.value == 1]
    return [Finding(lead=name, rest=_("is served by one engagement alone.")) for name in names]


def _gaps(matrix: Matrix) -> list[Finding]:
    """The served row with most empty cells of those that are left."""
    empty_columns = {
        objective.pk
        for objective, total in zip(matrix.column_objectives, matrix.column_totals, strict=True)
        if not total
    }

    def missing(line: Line) -> list[str]:
        return [
            called(cell.column)
            for cell in line.cells
            if not cell.engagements and cell.column.pk not in empty_columns
        ]

    served = [line for line in matrix.lines if line.total.value > 1 and missing(line)]
    if not served:
        return []
    line = max(served, key=lambda line: len(missing(line)))
    rest = _("has nothing together with %(objectives)s.") % {"objectives": any_of(missing(line))}
    return [Finding(lead=called(line.objective), rest=rest)]
