"""What every file of figures has: its marking, what it counts, and how its text is written."""

import csv
import io
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dashboards.blocks import Scope
from dashboards.figures import Figure
from dashboards.said import Said, counted_for, filter_in_words, options_said
from engagements.exports import marking_lines, safe


def framed(
    lines: Iterable[list[Any]], *, scope: Scope, marking: int, by_objective: bool = False
) -> Iterator[list[Any]]:
    """Lines of figures, beneath them how they were counted; the marking first and last, if any."""
    yield from marking_lines(marking)
    yield from lines
    yield from ([line] for line in how_counted(scope, by_objective=by_objective))
    yield from marking_lines(marking)


def how_counted(scope: Scope, *, by_objective: bool) -> list[str]:
    """The filter and options in words, the day, and whose eyes the figures are for."""
    return [
        counted_for(scope.filters.user),
        str(Said(label=pgettext("figures", "Filter"), value=filter_in_words(scope.filters))),
        *map(str, options_said(scope, by_objective=by_objective)),
        _("Counted on %(day)s.") % {"day": scope.today.isoformat()},
    ]


def plain(value: Any) -> Any:
    """What a cell holds: of a figure its value."""
    return value.value if isinstance(value, Figure) else value


def as_csv(lines: Iterable[list[Any]]) -> str:
    """With the mark by which Excel knows UTF-8; nothing in it runs as a formula."""
    written = io.StringIO("\ufeff", newline="")
    written.seek(0, io.SEEK_END)
    csv.writer(written).writerows([written_as(plain(value)) for value in line] for line in lines)
    return written.getvalue()


def written_as(value: Any) -> Any:
    """A number stays one, below nothing too; text is text."""
    return value if isinstance(value, int | Decimal) else safe(value)
