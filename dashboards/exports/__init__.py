"""What a reader downloads of a block: lines of a spreadsheet, first the headings."""

from collections.abc import Callable, Iterator
from typing import Any

from dashboards.exports.alignment import alignment_lines, coverage_lines
from dashboards.exports.completeness import completeness_lines
from dashboards.exports.files import as_csv, framed, plain
from dashboards.exports.partners import partners_lines
from dashboards.exports.places import places_lines
from dashboards.exports.time import time_lines
from dashboards.exports.volume import volume_lines

# A block, as dashboards.blocks makes it, to its lines.
Lines = Callable[[dict[str, Any]], Iterator[list[Any]]]

# By the block's name.
LINES: dict[str, Lines] = {
    "volume": volume_lines,
    "time": time_lines,
    "completeness": completeness_lines,
    "alignment": alignment_lines,
    "coverage": coverage_lines,
    "places": places_lines,
    "partners": partners_lines,
}

# Whose figures are read in some words or other: as tagged then, or in today's.
BY_OBJECTIVE = {"alignment", "coverage"}

__all__ = ["BY_OBJECTIVE", "LINES", "Lines", "as_csv", "framed", "plain"]
