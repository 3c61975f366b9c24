"""A day, month, year or fiscal year in what somebody types, in either language; and the rest of it."""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass

from django.http import QueryDict

from common.partial_dates import FIRST_YEAR, LAST_YEAR, FiscalYear

# In either language, or how they begin.
MONTHS = (
    "jan(?:v(?:ier)?|uary)?",
    "f[eé]v(?:r(?:ier)?)?|feb(?:ruary)?",
    "mar(?:s|ch)?",
    "apr(?:il)?|avr(?:il)?",
    "may|mai",
    "june?|juin",
    "july?|juil(?:let)?",
    "aug(?:ust)?|ao[uû]t",
    "sept?(?:embre|ember)?",
    "oct(?:obre|ober)?",
    "nov(?:embre|ember)?",
    "d[eé]c(?:embre|ember)?",
)
_DATE = re.compile(
    rf"""(?<![\w-])(?:
      (?P<iso>[0-9]{{4}}-[0-9][0-9]-[0-9][0-9])
      |(?P<two>[0-9]{{4}}-[0-9][0-9])
      |(?:(?P<before>[0-9][0-9]?)(?:st|nd|rd|th|er)?[ ]+)?(?P<month>{"|".join(MONTHS)})\.?[ ]+
       (?:(?P<after>[0-9][0-9]?)(?:st|nd|rd|th)?,?[ ]+)?(?P<of>[0-9]{{4}})
      |(?P<year>[0-9]{{4}})
    )(?![\w-])""",
    re.X | re.I,
)


@dataclass(frozen=True, kw_only=True)
class Dated:
    """`when`: as addresses and pages write it. `words`: what else was typed. `query`: the filter of both."""

    when: str
    words: str
    query: str


def dated(text: str) -> Dated | None:
    """The first date in the text; None where there is none."""
    for match in _DATE.finditer(text):
        for when, asked in _meant(match):
            words = " ".join((text[: match.start()] + " " + text[match.end() :]).split())
            query = QueryDict(mutable=True)
            query.update({"q": words} if words else {})
            query.update(asked)
            return Dated(when=when, words=words, query=query.urlencode())
    return None


def _meant(match: re.Match[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """When, with the parameters that ask for it; nothing for what is no date."""
    try:
        if iso := match["iso"]:
            yield _days(iso, dt.date.fromisoformat(iso), dt.date.fromisoformat(iso))
        elif two := match["two"]:
            yield _month_or_fiscal_year(two)
        elif year := match["year"]:
            yield _days(year, dt.date(int(year), 1, 1), dt.date(int(year), 12, 31))
        else:
            month, day = _month(match["month"]), match["before"] or match["after"]
            yield _of_month(int(match["of"]), month, int(day) if day else None)
    except ValueError:
        return


def _month_or_fiscal_year(text: str) -> tuple[str, dict[str, str]]:
    """2011-12 is the fiscal year, as everywhere here."""
    try:
        FiscalYear.parse(text)
    except ValueError:
        return _of_month(int(text[:4]), int(text[5:]), None)
    return text, {"fy": text}


def _of_month(year: int, month: int, day: int | None) -> tuple[str, dict[str, str]]:
    if day:
        one = dt.date(year, month, day)
        return _days(one.isoformat(), one, one)
    first = dt.date(year, month, 1)
    return _days(first.isoformat()[:7], first, first.replace(day=monthrange(year, month)[1]))


def _days(when: str, first: dt.date, last: dt.date) -> tuple[str, dict[str, str]]:
    if not FIRST_YEAR <= first.year <= LAST_YEAR:
        raise ValueError(when)
    return when, {"from": first.isoformat(), "to": last.isoformat()}


def _month(word: str) -> int:
    return next(n for n, names in enumerate(MONTHS, 1) if re.fullmatch(names, word, re.I))
