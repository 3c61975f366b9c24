"""Two dates in one text: 2005-2007 · May 3-7, 2010 · du 3 au 7 mai 2010 · fall 2004 to spring 2005."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from common.partial_dates import PartialDate, Precision
from common.sheets.values import date_problems as problems
from common.sheets.values import date_words as words
from common.sheets.values.date_problems import NotADate, Unclear
from common.sheets.values.date_single import Habits, built, read_single
from common.sheets.values.date_worded import Parts, parts_of

AND = words.BETWEEN[2]
Ends = tuple[PartialDate, PartialDate]
NEXT = dt.timedelta(days=1)


def split_ends(folded: str, text: str, habits: Habits, precision: str) -> Ends | None:
    """Both ends of a range, or None where it is none. NotADate for one that cannot be."""
    after_from = words.FROM.match(folded)
    told: NotADate | Unclear | None = None
    for joint, left, right in _halves(after_from["rest"] if after_from else folded):
        try:
            ends = _whole(left, right, text, habits, precision) or _completed(left, right, text)
        except (NotADate, Unclear) as problem:
            told = told or (problem if problem.code != "unreadable" else None)
            continue
        if ends:
            return _checked(ends, text, apart=joint is AND and not after_from)
    if told:
        raise told
    return None


def _halves(folded: str) -> Iterator[tuple[object, str, str]]:
    for joint in words.BETWEEN:
        for found in joint.finditer(folded):
            left, right = folded[: found.start()].strip(), folded[found.end() :].strip()
            if left and right:
                yield joint, left, right.removeprefix("le ").removeprefix("l'")


def _whole(left: str, right: str, text: str, habits: Habits, precision: str) -> Ends | None:
    """Where each half is a date by itself. 2004-05 is a fiscal year beside 2006-07."""
    try:
        try:
            return (
                read_single(left, text, habits, precision),
                read_single(right, text, habits, precision),
            )
        except Unclear as problem:
            if problem.code != "fiscal":
                raise
            fiscal = replace(habits, fiscal=True)
            return read_single(left, text, fiscal), read_single(right, text, fiscal)
    except NotADate as problem:
        if problem.code in {"unreadable", "no-year", "short-year"}:
            return None
        raise


def _completed(left: str, right: str, text: str) -> Ends | None:
    """Where a half leaves out what the other says: 3-7 May 2010; Nov-Jan 2010."""
    first, last = parts_of(left), parts_of(right)
    if first is None or last is None:
        return None
    borrowed = "year" not in first and "year" in last
    start = built(_lent(first, last), text)
    end = built(_lent(last, first), text)
    if borrowed and start.earliest and end.latest and start.earliest > end.latest:
        start = built(_lent(first, last) | {"year": str(end.latest.year - 1)}, text)
    return start, end


def _lent(parts: Parts, other: Parts) -> Parts:
    whole = dict(parts)
    if "year" not in whole and "year" in other:
        whole["year"] = other["year"]
    if "day" in whole and "month" not in whole and "month" in other:
        whole["month"] = other["month"]
    return whole


def _checked(ends: Ends, text: str, *, apart: bool) -> Ends:
    start, end = ends
    if not (start.earliest and start.latest and end.earliest and end.latest):
        raise problems.unreadable(text)
    if end.latest < start.earliest or (end.earliest < start.earliest and _alike(start, end)):
        raise problems.backwards(text)
    if apart and end.earliest > start.latest + NEXT:
        raise problems.two_dates(text)
    return start, end


def _alike(start: PartialDate, end: PartialDate) -> bool:
    return start.precision == end.precision and start.precision != Precision.ABOUT
