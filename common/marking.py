"""The marking a page or a file carries: that of the highest record it shows or counts.

Shown is whatever says something of the record: its title, number, date. Counted is whatever a figure of the
page adds up, the numbers beside a filter's choices included. docs/decisions/0011 says what that means where.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

# Protected B: above it has no place here.
HIGHEST = 2


def marking_of(*shown: Any) -> int:
    """The highest sensitivity of all these; 0, unclassified, where there is nothing.

    Each is a record with a `sensitivity`, a level (0 to 2), a queryset of such records (asked in one query,
    unless it has been read), a collection of any of them, or None. Of what comes after the highest level
    there is, nothing is asked: what is at hand stands first.
    """
    highest = 0
    for one in shown:
        highest = max(highest, _level(one))
        if highest >= HIGHEST:
            break
    return highest


def _level(one: Any) -> int:
    if one is None:
        return 0
    if isinstance(one, int):
        return one
    if isinstance(one, QuerySet) and one._result_cache is None:
        return one.aggregate(level=Max("sensitivity"))["level"] or 0
    if isinstance(one, Iterable):
        return marking_of(*one)
    return one.sensitivity


# Files


def marking_in_words(level: int) -> str:
    """As it stands on a page or at the head of a file; "" for what is unclassified."""
    return {0: "", 1: _("Protected A"), 2: _("Protected B")}[level]


def marked_name(name: str, level: int) -> str:
    """A file's name that says how the file is marked: engagements-2026-11-22-protected-b.csv."""
    stem, dot, ending = name.rpartition(".")
    said = {
        0: "",
        1: pgettext("file name", "protected-a"),
        2: pgettext("file name", "protected-b"),
    }[level]
    return f"{stem}-{said}{dot}{ending}" if said else name
