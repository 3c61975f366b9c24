"""For what: one framework against another."""

from typing import Any

from dashboards.blocks.scope import Scope
from dashboards.findings import findings
from dashboards.metrics.alignment import alignment_matrix, tagged_elsewhere
from objectives.models import FrameworkKind


def alignment(scope: Scope) -> dict[str, Any] | None:
    """Priorities by mandate items, split by pillar; None where today knows no such frameworks."""
    rows, columns = (
        scope.framework(FrameworkKind.PRIORITY),
        scope.framework(FrameworkKind.MANDATE),
    )
    if rows is None or columns is None:
        return None
    matrix = alignment_matrix(
        scope.engagements,
        rows=rows,
        columns=columns,
        split=scope.framework(FrameworkKind.PILLAR),
    )
    return {
        "matrix": matrix,
        "findings": findings(matrix),
        "elsewhere": tagged_elsewhere(scope.engagements, [rows, columns]),
    }
