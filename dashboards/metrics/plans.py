"""When: what became of what was planned, and what lies ahead."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q, Sum

from common.partial_dates import FiscalYear
from dashboards.figures import DONE, PLANNED, Figure, figure
from engagements import counting
from engagements.gaps import Gap, Known, knows, lacks
from engagements.kinds import LEFT_OUT, Stage
from engagements.models import Engagement, EngagementQuerySet

ON_RECORD = tuple(stage for stage in Stage if stage != Stage.DRAFT)
NOT_APPROVED = (Stage.SUBMITTED, Stage.RETURNED)
BOTH_COSTS = [Known.COST.value, Known.PLANNED_COST.value]
# How far ahead one looks, and how near a start is that should have been approved.
AHEAD = dt.timedelta(days=90)
NEAR = dt.timedelta(days=30)
SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class YearOfPlans:
    """What is on record for a fiscal year, drafts apart: each is completed, planned or left out.

    overdue: of the planned, those whose last possible day is gone by; nobody said what became of
    them. left_out: cancelled or declined. both_costs: completed, with planned and actual cost given;
    planned_cost and actual_cost are theirs added up, in CAD.
    """

    year: FiscalYear
    on_record: Figure
    completed: Figure
    planned: Figure
    overdue: Figure
    left_out: Figure
    both_costs: Figure
    planned_cost: Figure
    actual_cost: Figure

    @property
    def figures(self) -> Iterator[Figure]:
        yield from (self.on_record, self.completed, self.planned, self.overdue, self.left_out)
        yield from (self.both_costs, self.planned_cost, self.actual_cost)


def planned_against_done(
    logged: EngagementQuerySet, years: list[FiscalYear], today: dt.date
) -> list[YearOfPlans]:
    """One query, over what is logged: what was cancelled or declined too, which other figures leave out."""
    both = Q(stage__in=DONE) & knows(BOTH_COSTS)
    rows = counting.grouped(
        logged.filter(fiscal_year__in=[year.ends for year in years], stage__in=ON_RECORD),
        "fiscal_year",
        on_record=Count("pk"),
        completed=Count("pk", filter=Q(stage__in=DONE)),
        planned=Count("pk", filter=Q(stage__in=PLANNED)),
        overdue=Count("pk", filter=lacks(Gap.LATE, today)),
        left_out=Count("pk", filter=Q(stage__in=LEFT_OUT)),
        both_costs=Count("pk", filter=both),
        planned_sum=Sum("planned_cost", filter=both),
        actual_sum=Sum("actual_cost", filter=both),
    )
    by_year: dict[int | None, Any] = {row["fiscal_year"]: row for row in rows}
    return [plans_of(year, by_year.get(year.ends, {})) for year in years]


def plans_of(year: FiscalYear, row: dict) -> YearOfPlans:
    fy = str(year)
    cost: dict[str, Any] = {"stage": DONE, "fy": fy, "known": BOTH_COSTS}
    return YearOfPlans(
        year=year,
        on_record=figure(row.get("on_record"), stage=ON_RECORD, fy=fy),
        completed=figure(row.get("completed"), stage=DONE, fy=fy),
        planned=figure(row.get("planned"), stage=PLANNED, fy=fy),
        overdue=figure(row.get("overdue"), stage=PLANNED, fy=fy, gap=Gap.LATE.value),
        left_out=figure(row.get("left_out"), stage=LEFT_OUT, fy=fy),
        both_costs=figure(row.get("both_costs"), **cost),
        planned_cost=figure(row.get("planned_sum"), measure="planned_cost", **cost),
        actual_cost=figure(row.get("actual_sum"), measure="cost", **cost),
    )


@dataclass(frozen=True, kw_only=True)
class Coming:
    """What is planned, its start known, and may take place from today until a day, both counted.

    rows: the first of them. awaiting: submitted, so that the approver decides next. unapproved: may
    begin within 30 days or has begun, and nobody approved it yet. undated: planned, no start known;
    it is none of the others.
    """

    until: dt.date
    near: dt.date
    total: Figure
    awaiting: Figure
    unapproved: Figure
    undated: Figure
    rows: list[Engagement] = field(default_factory=list)

    @property
    def further(self) -> int:
        return self.total.count - len(self.rows)

    @property
    def figures(self) -> Iterator[Figure]:
        yield from (self.total, self.awaiting, self.unapproved, self.undated)


def planned_ahead(engagements: EngagementQuerySet, today: dt.date) -> EngagementQuerySet:
    """Planned, its start known, and may take place in the next 90 days: the one rule of every page."""
    ahead = engagements.planned().overlapping(today, today + AHEAD)
    return ahead.filter(fiscal_year__isnull=False)


def planned_undated(engagements: EngagementQuerySet) -> EngagementQuerySet:
    """Planned, and nobody knows when it starts: said apart, were its end known."""
    return engagements.planned().filter(fiscal_year=None)


def coming(engagements: EngagementQuerySet, today: dt.date) -> Coming:
    """Three queries: how many, the first of them, and their countries."""
    until, near = today + AHEAD, today + NEAR
    counts, years = counts_ahead(engagements.planned(), today, until, near)
    within = dates_ahead(today, until, years)
    soon = within | {"to": near.isoformat()}
    return Coming(
        until=until,
        near=near,
        total=figure(counts["total"], stage=PLANNED, **within),
        awaiting=figure(counts["awaiting"], stage=[Stage.SUBMITTED], **within),
        unapproved=figure(counts["unapproved"], stage=NOT_APPROVED, **soon),
        undated=figure(counts["undated"], stage=PLANNED, fy="unknown"),
        rows=list(
            counting.first(planned_ahead(engagements, today), "spans_from", SHOWN)
            .order_by("spans_from", "pk")
            .prefetch_related("countries")[:SHOWN]
        ),
    )


def planned_within(engagements: EngagementQuerySet, today: dt.date, days: int) -> Figure:
    """Of so many days ahead the total of Coming: one query."""
    until = today + dt.timedelta(days=days)
    counts, years = counts_ahead(engagements.planned(), today, until, until)
    return figure(counts["total"], stage=PLANNED, **dates_ahead(today, until, years))


def dates_ahead(today: dt.date, until: dt.date, years: list[FiscalYear]) -> dict[str, Any]:
    """What narrows a list to them; `years`: of their starts.

    The list of some dates has what starts nobody knows when; that of fiscal years has not.
    """
    known = [str(year) for year in years or [FiscalYear.of(today)]]
    return {"from": today.isoformat(), "to": until.isoformat(), "fy": known}


def counts_ahead(
    planned: EngagementQuerySet, today: dt.date, until: dt.date, near: dt.date
) -> tuple[Counter[str], list[FiscalYear]]:
    """One query: how many of each, and the fiscal years that those lie in whose start is known."""
    lies_ahead = Q(spans_to__gte=today, spans_from__lte=until)
    is_near = Q(spans_to__gte=today, spans_from__lte=near)
    rows = counting.grouped(
        planned,
        "fiscal_year",
        total=Count("pk", filter=lies_ahead),
        awaiting=Count("pk", filter=lies_ahead & Q(stage=Stage.SUBMITTED)),
        unapproved=Count("pk", filter=is_near & Q(stage__in=NOT_APPROVED)),
        all=Count("pk"),
    )
    counts: Counter[str] = Counter()
    years = []
    for row in rows:
        year = row["fiscal_year"]
        if year is None:
            counts["undated"] = row["all"]
            continue
        counts.update({name: row[name] for name in ("total", "awaiting", "unapproved")})
        if row["total"]:
            years.append(FiscalYear(year))
    return counts, sorted(years)
