"""The lines of what is missing in a file."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from dashboards.blocks.completeness import Line


def completeness_lines(block: dict[str, Any]) -> Iterator[list[Any]]:
    """A line for each thing that can be missing. A reader's drafts are theirs, and in no file."""
    yield [_("What is missing"), _("Engagements"), _("Of"), _("Share (%)")]
    line: Line
    for line in block["lines"]:
        yield [line.label, line.lack.engagements, line.lack.of, round(100 * line.lack.share)]
