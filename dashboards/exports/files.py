"""What every file of figures has: its marking, what it counts, and how its text is written."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from engagements.exports import marking_lines, safe


def marked(lines: Iterable[list[Any]], *, reader: User, marking: int) -> Iterator[list[Any]]:
    """Lines of figures, beneath them what they count; the marking first and last where there is one."""
    yield from marking_lines(marking)
    yield from lines
    words = _("Figures count only what you may open: up to %(clearance)s.")
    yield [words % {"clearance": reader.get_clearance_display()}]
    yield from marking_lines(marking)


def as_csv(lines: Iterable[list[Any]]) -> str:
    """With the mark by which Excel knows UTF-8; nothing in it runs as a formula."""
    written = io.StringIO("\ufeff", newline="")
    written.seek(0, io.SEEK_END)
    csv.writer(written).writerows([safe(value) for value in line] for line in lines)
    return written.getvalue()
