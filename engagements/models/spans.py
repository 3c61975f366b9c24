"""The days on which an engagement can have gone on, as far as known; whether that is over, or has begun."""

import datetime as dt

from django.utils import timezone

from common.partial_dates import PartialDate, Precision

# Further than any date a person may give: an ongoing engagement spans to here.
FAR = dt.date(9999, 12, 31)
# First and last day; None where nothing is known of it.
Span = tuple[dt.date | None, dt.date | None]


def span_of(start: PartialDate, end: PartialDate, *, logged_on: dt.date) -> Span:
    """An ongoing engagement whose start is unknown is known to have gone on the day it was logged;

    one whose start is unknown but not its end, at its end.
    """
    ongoing = end.precision == Precision.ONGOING
    first = start.earliest or end.earliest or (logged_on if ongoing else None)
    last = FAR if ongoing else end.latest or start.latest
    return first, last


def has_ended(last: dt.date | None) -> bool:
    """The last possible day lies before today; with no end given, that of the start."""
    return last is not None and last < timezone.localdate()


def has_begun(first: dt.date | None) -> bool:
    """Nothing says it lies ahead: the first possible day is not after today."""
    return first is None or first <= timezone.localdate()
