"""The marking a page or a file carries: that of the highest record it shows or counts.

Shown is whatever says something of the record: its title, number, date. Counted is whatever a figure of the
page adds up, the numbers beside a filter's choices included. docs/decisions/0011 says what that means where.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max, QuerySet


def marking_of(*shown: Any) -> int:
    """The highest sensitivity of all these; 0, unclassified, where there is nothing.

    Each is a record with a `sensitivity`, a level (0 to 2), a queryset of such records (asked in one query,
    unless it has been read), a collection of any of them, or None.
    """
    return max((_level(one) for one in shown), default=0)


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
