"""When: engagements by the month they start in, fiscal year beside fiscal year."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Count, Q
from pyroaring import BitMap

from common.partial_dates import FiscalYear
from dashboards.figures import DONE, PLANNED, Figure, figure
from engagements import counting
from engagements.gaps import KNOWN_TO_THE_MONTH
from engagements.index.keeping import kept_up
from engagements.index.snapshot import Snapshot
from engagements.kinds import Stage
from engagements.models import EngagementQuerySet


@dataclass(frozen=True, kw_only=True)
class MonthCount:
    """A month, told by its first day."""

    month: dt.date
    completed: Figure
    planned: Figure

    @property
    def total(self) -> int:
        return self.completed.count + self.planned.count


@dataclass(frozen=True, kw_only=True)
class YearOfMonths:
    """April to March; `unknown`: of this fiscal year, but their start is known to no month."""

    year: FiscalYear
    months: list[MonthCount]
    unknown: Figure
    total: Figure


@dataclass(frozen=True, kw_only=True)
class ByMonth:
    years: list[YearOfMonths]

    @property
    def highest(self) -> int:
        """The most that start in one month: the scale all years share."""
        return max((month.total for year in self.years for month in year.months), default=0)

    @property
    def by_month(self) -> list[list[MonthCount]]:
        """April of every year, then May of every year, …"""
        return [list(month) for month in zip(*(year.months for year in self.years), strict=True)]

    @property
    def figures(self) -> Iterator[Figure]:
        for year in self.years:
            for month in year.months:
                yield from (month.completed, month.planned)
            yield from (year.unknown, year.total)


def by_month(engagements: EngagementQuerySet, years: list[FiscalYear]) -> ByMonth:
    """One query at most. A start counts in a month where it is known to the month, to the day or not."""
    done, planned, unknown, total = _counted(engagements, years)
    return ByMonth(
        years=[
            YearOfMonths(
                year=year,
                months=[month_count(month, done, planned) for month in months_of(year)],
                unknown=figure(unknown[year.ends], fy=str(year), month="unknown"),
                total=figure(total[year.ends], fy=str(year)),
            )
            for year in years
        ]
    )


Counted = tuple[Counter[dt.date], Counter[dt.date], Counter[int], Counter[int]]


def _counted(engagements: EngagementQuerySet, years: list[FiscalYear]) -> Counted:
    """Done and planned by month; those of no month, and all of them, by the year that ends."""
    if known := counting.held(engagements):
        return _counted_held(*known, years)
    rows = (
        engagements.filter(fiscal_year__in=[year.ends for year in years])
        .order_by()
        .annotate(is_known=Q(start_precision__in=KNOWN_TO_THE_MONTH))
        # By day and put together here: to cut a day down to its month SQLite calls Python for every row.
        .values_list("fiscal_year", "start_earliest", "is_known", "stage")
        .annotate(n=Count("pk"))
    )
    done, planned = Counter[dt.date](), Counter[dt.date]()
    unknown, total = Counter[int](), Counter[int]()
    for ends, day, is_known, stage, count in rows:
        total[ends] += count
        if not is_known:
            unknown[ends] += count
        elif stage == Stage.COMPLETED:
            done[day.replace(day=1)] += count
        else:
            planned[day.replace(day=1)] += count
    return done, planned, unknown, total


def _counted_held(snapshot: Snapshot, keys: BitMap, years: list[FiscalYear]) -> Counted:
    """The same by the index."""
    question = "by month", tuple(year.ends for year in years)
    found = kept_up(question, snapshot, keys, partial(_counts, years=years))
    kinds: dict[str, Counter[Any]] = defaultdict(Counter)
    for (kind, when), n in found.items():
        kinds[kind][when] = n
    return kinds["done"], kinds["planned"], kinds["unknown"], kinds["total"]


def _counts(
    snapshot: Snapshot, keys: BitMap, *, years: list[FiscalYear]
) -> dict[tuple[str, dt.date | int], int]:
    found: dict[tuple[str, dt.date | int], int] = {}
    starts = snapshot.numbers["start_earliest"]
    is_known = snapshot.having("start_precision", KNOWN_TO_THE_MONTH)
    is_done = snapshot.having("stage", DONE)
    for year in years:
        of_year = keys & snapshot.having("fiscal_year", [year.ends])
        known = of_year & is_known
        found["total", year.ends] = len(of_year)
        found["unknown", year.ends] = len(of_year) - len(known)
        for month in reversed(months_of(year)):
            # The latest first: those that start in it are no longer among the rest.
            started = known - starts.below(month.toordinal())
            known = known - started
            done = started.intersection_cardinality(is_done)
            found["done", month], found["planned", month] = done, len(started) - done
    return found


def month_count(month: dt.date, done: Counter[dt.date], planned: Counter[dt.date]) -> MonthCount:
    name = f"{month:%Y-%m}"
    return MonthCount(
        month=month,
        completed=figure(done[month], stage=DONE, month=name),
        planned=figure(planned[month], stage=PLANNED, month=name),
    )


def months_of(year: FiscalYear) -> list[dt.date]:
    """The first days of April to March."""
    begins = year.ends - 1
    return [dt.date(begins + (place > 8), (place + 3) % 12 + 1, 1) for place in range(12)]
