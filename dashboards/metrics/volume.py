"""How much: a fiscal year's work against the same point of the year before, and the whole of it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, Sum

from common.partial_dates import FiscalYear, a_year_before
from dashboards.figures import DONE, Figure, figure
from engagements.kinds import Stage
from engagements.models import Engagement, EngagementQuerySet, Participation


@dataclass(frozen=True, kw_only=True)
class Period:
    """A fiscal year, or all the time there is; with `until`, only what had begun by that day.

    What has begun is told by the first day a start can fall on, as the list's date range does. So
    something of "2026-27" and no closer date has begun on 1 April 2026.
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

    def figure(self, value) -> Figure:
        year = str(self.year) if self.year else None
        until = self.until.isoformat() if self.until else None
        return figure(value, stage=DONE, fy=year, to=until)


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
    def figures(self) -> Iterator[Figure]:
        yield from (f for f in (self.now, self.same_point, self.year_before) if f is not None)


@dataclass(frozen=True, kw_only=True)
class KeyFigures:
    """Of engagements completed in the year: how many, with whom, where, by whom, at what cost.

    partners: organizations with any part in them, each counted once, parents and bodies apart.
    countries: those they took place in, each counted once.
    people: participants from CSC added up, somebody who took part twice counted twice; known for
      `people_known` engagements. cost: actual cost in CAD, known for `cost_known` engagements.
    """

    period: Period
    same_point: Period | None
    year_before: Period | None
    engagements: Comparison
    partners: Comparison
    countries: Comparison
    people: Comparison
    cost: Comparison
    people_known: int
    cost_known: int


def key_figures(
    engagements: EngagementQuerySet, year: FiscalYear | None, today: dt.date
) -> KeyFigures:
    """Three queries. A year gone by is compared as a whole; without a year nothing is compared."""
    periods = periods_of(year, today)

    counted = engagements.order_by().values("pk")
    totals = Engagement.objects.filter(pk__in=counted).aggregate(
        **{f"engagements_{name}": Count("pk", filter=p.holds()) for name, p in periods.items()},
        **{
            f"people_{name}": Sum("csc_participants", filter=p.holds())
            for name, p in periods.items()
        },
        **{f"cost_{name}": Sum("actual_cost", filter=p.holds()) for name, p in periods.items()},
        people_known=Count("csc_participants", filter=periods["now"].holds()),
        cost_known=Count("actual_cost", filter=periods["now"].holds()),
    )
    totals |= _distinct("partners", Participation.objects, "partner", counted, periods)
    totals |= _distinct(
        "countries", Engagement.countries.through.objects, "country", counted, periods
    )

    now, then, before = periods["now"], periods.get("then"), periods.get("before")

    def comparison(name: str) -> Comparison:
        return Comparison(
            now=now.figure(totals[f"{name}_now"]),
            same_point=then.figure(totals[f"{name}_then"]) if then else None,
            year_before=before.figure(totals[f"{name}_before"]) if before else None,
        )

    return KeyFigures(
        period=now,
        same_point=then,
        year_before=before,
        engagements=comparison("engagements"),
        partners=comparison("partners"),
        countries=comparison("countries"),
        people=comparison("people"),
        cost=comparison("cost"),
        people_known=totals["people_known"],
        cost_known=totals["cost_known"],
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


def _distinct(name: str, links, column: str, counted, periods: dict[str, Period]) -> dict:
    """How many different ones a link table reaches, by period."""
    return links.filter(engagement__in=counted).aggregate(
        **{
            f"{name}_{key}": Count(column, distinct=True, filter=period.holds("engagement__"))
            for key, period in periods.items()
        }
    )
