"""How complete."""

from typing import Any

from dashboards.blocks.scope import Scope
from dashboards.metrics.completeness import untagged


def completeness(scope: Scope) -> dict[str, Any]:
    return {"untagged": untagged(scope.engagements)}
