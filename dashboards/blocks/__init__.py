"""The blocks of the dashboard: what each is computed from, and what its template is given.

A block is a function in the module of its name here, its metrics in dashboards/metrics, its template
in templates/dashboards/blocks, its lines in a file in dashboards/exports: all of one name.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from dashboards.blocks.alignment import alignment
from dashboards.blocks.completeness import completeness
from dashboards.blocks.coverage import coverage
from dashboards.blocks.partners import partners
from dashboards.blocks.places import places
from dashboards.blocks.scope import (
    Scope,
    counted,
    of_every_year,
    scope_of,
    without_fiscal_year,
)
from dashboards.blocks.time import time
from dashboards.blocks.volume import volume

Block = Callable[[Scope], dict[str, Any] | None]

# By name, in the order of the page.
BLOCKS: dict[str, Block] = {
    "volume": volume,
    "alignment": alignment,
    "coverage": coverage,
    "places": places,
    "time": time,
    "partners": partners,
    "completeness": completeness,
}

# What a file has, where that is more than the page of all blocks shows.
IN_FULL: dict[str, Block] = BLOCKS | {"places": partial(places, in_full=True)}


def every_block(scope: Scope) -> dict[str, Any]:
    return {name: block(scope) for name, block in BLOCKS.items()}


__all__ = [
    "BLOCKS",
    "IN_FULL",
    "Block",
    "Scope",
    "alignment",
    "completeness",
    "counted",
    "coverage",
    "every_block",
    "of_every_year",
    "partners",
    "places",
    "scope_of",
    "time",
    "volume",
    "without_fiscal_year",
]
