"""How much: a fiscal year's work against the same point of the year before, and the whole of it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q, Sum

from common.partial_dates import FiscalYear, a_year_before
from dashboards.figures import DONE, Figure, Measure, figure
from engagements import counting
from engagements.gaps import Gap
from engagements.kinds import Stage
from engagements.models import EngagementQuerySet

# Of fewer than these a share of a hundred says less than the difference itself.
FEW = 20


@dataclass(frozen=True, kw_only=True)
class Period:
    """A fiscal year, or all the time there is; with `until`, only what had begun by that day.

    What has begun is told by the first day a start can fall on, as the list's date range does. So
    something of "2026-27" and no closer date has begun on 1 April 2026, as at the same point of the
    year before something of "2025-26" had.
    """

    year: FiscalYear | None
    until: dt.date | None = None

    def holds(self, path: str = "") -> Q:
        """A condition on engagements, reached through `path`."""
        condition = Q(**{f"{path}stage": Stage.COMPLETED})
        if self.year:
            condition &= Q(**{f"{path}fiscal_year": self.year.ends})
        if self.until:
            condition &= Q(**{f"{path}spans_from__lte": self.until})
        return condition

    def figure(self, value: int | Decimal | None, measure: Measure, **narrow: Any) -> Figure:
        year = str(self.year) if self.year else None
        until = self.until.isoformat() if self.until else None
        return figure(value, stage=DONE, measure=measure, fy=year, to=until, **narrow)


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """A figure, what it was at the same point of the year before, and over that whole year."""

    now: Figure
    same_point: Figure | None
    year_before: Figure | None

    @property
    def change(self) -> int | Decimal | None:
        """Since the same point of the year before; of a year gone by, since the whole one."""
        before = self.same_point if self.same_point is not None else self.year_before
        return None if before is None else self.now.value - before.value

    @property
    def percent(self) -> int | None:
        """The change in hundredths of what was before; None where the difference says as much."""
        before = self.same_point if self.same_point is not None else self.year_before
        if before is None or before.value < FEW or not self.change:
            return None
        return round(100 * self.change / before.value)

    @property
    def figures(self) -> Iterator[Figure]:
        yield from (f for f in (self.now, self.same_point, self.year_before) if f is not None)


@dataclass(frozen=True, kw_only=True)
class KeyFigures:
    """Of engagements completed in the year: how many, with whom, where, by whom, at what cost.

    partners: organizations with any part in them, each counted once, parents and bodies apart.
    countries: those they took place in, each counted once.
    people: participants from CSC added up, somebody who took part twice counted twice.
    cost: actual cost in CAD. `no_people`, `no_cost`: for how many engagements they are not given.
    undated: completed with no known start, and so in no fiscal year; only where there is one.
    """

    period: Period
    same_point: Period | None
    year_before: Period | None
    engagements: Comparison
    partners: Comparison
    countries: Comparison
    people: Comparison
    cost: Comparison
    no_people: Figure
    no_cost: Figure
    undated: Figure | None

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        return self.engagements, self.partners, self.countries, self.people, self.cost

    @property
    def figures(self) -> Iterator[Figure]:
        for comparison in self.comparisons:
            yield from comparison.figures
        yield from (self.no_people, self.no_cost)
        if self.undated is not None:
            yield self.undated


def key_figures(
    engagements: EngagementQuerySet, year: FiscalYear | None, today: dt.date
) -> KeyFigures:
    """Three queries. A year gone by is compared as a whole; without a year nothing is compared."""
    periods = periods_of(year, today)
    totals = _totals(engagements, periods)
    totals |= _distinct("partners", engagements, "participations__partner", periods)
    totals |= _distinct("countries", engagements, "countries", periods)
    now, then, before = periods["now"], periods.get("then"), periods.get("before")

    def comparison(name: str, measure: Measure) -> Comparison:
        return Comparison(
            now=now.figure(totals[f"{name}_now"], measure),
            same_point=then.figure(totals[f"{name}_then"], measure) if then else None,
            year_before=before.figure(totals[f"{name}_before"], measure) if before else None,
        )

    return KeyFigures(
        period=now,
        same_point=then,
        year_before=before,
        engagements=comparison("engagements", "count"),
        partners=comparison("partners", "partners"),
        countries=comparison("countries", "countries"),
        people=comparison("people", "people"),
        cost=comparison("cost", "cost"),
        no_people=now.figure(totals["no_people"], "count", gap=Gap.PEOPLE.value),
        no_cost=now.figure(totals["no_cost"], "count", gap=Gap.COST.value),
        undated=figure(totals["undated"], stage=DONE, fy="unknown") if year else None,
    )


def periods_of(year: FiscalYear | None, today: dt.date) -> dict[str, Period]:
    """As "now"; and where there is one, "before", the year before, and "then", the same point of it."""
    if year is None:
        return {"now": Period(year=None)}
    periods = {"now": Period(year=year), "before": Period(year=year.previous)}
    if year.days[1] >= today:
        periods["now"] = Period(year=year, until=today)
        periods["then"] = Period(year=year.previous, until=a_year_before(today))
    return periods


def _totals(engagements: EngagementQuerySet, periods: dict[str, Period]) -> dict[str, Any]:
    """Counts and sums over engagements, by period; and what lacks what is added up."""
    now = periods["now"].holds()
    undated = Period(year=None).holds() & Q(fiscal_year=None)
    conditions = {name: period.holds() for name, period in periods.items()}
    return counting.aggregate(
        engagements,
        **{f"engagements_{name}": Count("pk", filter=q) for name, q in conditions.items()},
        **{f"people_{name}": Sum("csc_participants", filter=q) for name, q in conditions.items()},
        **{f"cost_{name}": Sum("actual_cost", filter=q) for name, q in conditions.items()},
        no_people=Count("pk", filter=now & Q(csc_participants=None)),
        no_cost=Count("pk", filter=now & Q(actual_cost=None)),
        undated=Count("pk", filter=undated),
    )


def _distinct(
    name: str, engagements: EngagementQuerySet, path: str, periods: dict[str, Period]
) -> dict[str, int]:
    """How many different ones stand at the end of a path, by period."""
    conditions = {key: period.holds() for key, period in periods.items()}
    # Before anything is joined: what lies in no period leads nowhere.
    counted = engagements.filter(reduce(or_, conditions.values()))
    return counting.aggregate(
        counted,
        **{f"{name}_{key}": Count(path, distinct=True, filter=q) for key, q in conditions.items()},
    )
