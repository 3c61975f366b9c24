"""The numbers of each block in SQL as one would write it by hand for them, and nothing more.

Each returns what it counted under the names that benchmarks/numbers.py gives the page's own figures.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from benchmarks.scenes import Hand
from common.partial_dates import FiscalYear, a_year_before
from engagements.gaps import OUTCOME_DUE
from engagements.kinds import GIVEN, RECEIVED
from objectives.models import FrameworkKind

Numbers = dict[tuple, Any]


def volume(hand: Hand) -> Numbers:
    year = FiscalYear.of(hand.today)
    periods = {
        "now": f"e.fiscal_year = {year.ends} AND e.spans_from <= '{hand.today}'",
        "then": f"e.fiscal_year = {year.ends - 1}"
        f" AND e.spans_from <= '{a_year_before(hand.today)}'",
        "before": f"e.fiscal_year = {year.ends - 1}",
    }
    done = (
        f"{{counted}} AND e.stage = 'completed' AND e.fiscal_year IN ({year.ends - 1}, {year.ends})"
    )
    sums = {
        "engagements": "1",
        "people": "e.csc_participants",
        "cost": "CAST(round(e.actual_cost * 100) AS bigint)",
    }
    found: Numbers = {}
    wanted = [
        (name, period, f"sum(CASE WHEN {holds} THEN {what} END)")
        for name, what in sums.items()
        for period, holds in periods.items()
    ]
    columns = ", ".join(column for _name, _period, column in wanted)
    (row,) = hand.ask(f"SELECT {columns} FROM engagements_engagement e WHERE {done}")
    for (name, period, _column), value in zip(wanted, row, strict=True):
        found[name, period] = value or 0
    for name, table, key in (
        ("partners", "engagements_participation", "partner_id"),
        ("countries", "engagements_engagement_countries", "country_id"),
    ):
        columns = ", ".join(
            f"count(DISTINCT CASE WHEN {holds} THEN l.{key} END)" for holds in periods.values()
        )
        (row,) = hand.ask(
            f"SELECT {columns} FROM engagements_engagement e JOIN {table} l ON l.engagement_id = e.id"
            f" WHERE {done}"
        )
        found |= {(name, period): value for period, value in zip(periods, row, strict=True)}
    return found


def alignment(hand: Hand) -> Numbers:
    """What serves each objective, each pair of them and each pair in each part."""
    row, column, part = (
        framework_in_force(hand, kind)
        for kind in (FrameworkKind.PRIORITY, FrameworkKind.MANDATE, FrameworkKind.PILLAR)
    )
    pairs = hand.ask(
        """
        SELECT r.objective_id, c.objective_id, p.objective_id, count(*)
        FROM engagements_engagement e
        JOIN engagements_alignment r ON r.engagement_id = e.id AND r.framework_id = {row}
        JOIN engagements_alignment c ON c.engagement_id = e.id AND c.framework_id = {column}
        JOIN engagements_alignment p ON p.engagement_id = e.id AND p.framework_id = {part}
        WHERE {counted} GROUP BY 1, 2, 3
        """,
        row=row, column=column, part=part,
    )  # fmt: skip
    cells = hand.ask(
        """
        SELECT r.objective_id, c.objective_id, count(*)
        FROM engagements_engagement e
        JOIN engagements_alignment r ON r.engagement_id = e.id AND r.framework_id = {row}
        JOIN engagements_alignment c ON c.engagement_id = e.id AND c.framework_id = {column}
        WHERE {counted} GROUP BY 1, 2
        """,
        row=row, column=column,
    )  # fmt: skip
    totals = hand.ask(
        """
        SELECT a.objective_id, count(*)
        FROM engagements_engagement e JOIN engagements_alignment a ON a.engagement_id = e.id
        WHERE {counted} AND a.framework_id IN ({row}, {column}) GROUP BY 1
        """,
        row=row, column=column,
    )  # fmt: skip
    return (
        {("part", *keys): n for *keys, n in pairs}
        | {("cell", *keys): n for *keys, n in cells}
        | {("total", key): n for key, n in totals}
    )


def coverage(hand: Hand) -> Numbers:
    rows = hand.ask(
        """
        SELECT a.objective_id, e.fiscal_year, count(*)
        FROM engagements_engagement e JOIN engagements_alignment a ON a.engagement_id = e.id
        WHERE {counted} AND e.stage = 'completed' AND a.framework_id IN ({row}, {column})
        GROUP BY 1, 2
        """,
        row=framework_in_force(hand, FrameworkKind.PRIORITY),
        column=framework_in_force(hand, FrameworkKind.MANDATE),
    )
    this_year, totals = FiscalYear.of(hand.today).ends, Counter[int]()
    for objective, _year, count in rows:
        totals[objective] += count
    return {
        (objective, year): count
        for objective, year, count in rows
        if year and this_year - 5 < year <= this_year
    } | {(objective, "all"): count for objective, count in totals.items()}


def places(hand: Hand) -> Numbers:
    """By country, and by the regions that are part of no other: in all, and this fiscal year."""
    year = FiscalYear.of(hand.today).ends
    by_country = hand.ask(
        """
        SELECT l.country_id, count(*), count(CASE WHEN e.fiscal_year = {year} THEN 1 END)
        FROM engagements_engagement e
        LEFT JOIN engagements_engagement_countries l ON l.engagement_id = e.id
        WHERE {counted} GROUP BY 1
        """,
        year=year,
    )
    by_region = hand.ask(
        """
        SELECT coalesce(t.id, u.id, r.id), count(DISTINCT e.id),
               count(DISTINCT CASE WHEN e.fiscal_year = {year} THEN e.id END)
        FROM engagements_engagement e
        JOIN engagements_engagement_countries l ON l.engagement_id = e.id
        JOIN partners_country c ON c.id = l.country_id
        JOIN partners_region r ON r.id = c.region_id
        LEFT JOIN partners_region u ON u.id = r.parent_id
        LEFT JOIN partners_region t ON t.id = u.parent_id
        WHERE {counted} GROUP BY 1
        """,
        year=year,
    )
    rows = [("country", *row) for row in by_country] + [("region", *row) for row in by_region]
    return {
        key: count
        for what, pk, all_of_them, this_year in rows
        for key, count in (((what, pk, "all"), all_of_them), ((what, pk, "this year"), this_year))
        if pk or key[2] == "all"
    }


def time(hand: Hand) -> Numbers:
    """By fiscal year; of the last three by month, and what became of plans; what lies ahead."""
    this_year, found = FiscalYear.of(hand.today).ends, Counter[tuple]()
    for year, is_done, count in hand.ask(
        """
        SELECT e.fiscal_year, e.stage = 'completed', count(*)
        FROM engagements_engagement e WHERE {counted} GROUP BY 1, 2
        """
    ):
        found[(year, bool(is_done)) if year else ("unknown",)] += count
    years = ", ".join(str(this_year - back) for back in range(3))
    known = "CASE WHEN e.start_precision IN ('day', 'month') THEN e.start_earliest END"
    month = f"substr(CAST({known} AS text), 1, 7)"
    for name, year, is_done, count in hand.ask(
        """
        SELECT {month}, e.fiscal_year, e.stage = 'completed', count(*)
        FROM engagements_engagement e WHERE {counted} AND e.fiscal_year IN ({years}) GROUP BY 1, 2, 3
        """,
        month=month,
        years=years,
    ):
        found[("month", name, bool(is_done)) if name else ("no month", year)] += count
    for year, *counts in hand.ask(PLANS, years=years, today=hand.today):
        found |= {("plans", year, name): n or 0 for name, n in zip(PLANNED, counts, strict=True)}
    (ahead,) = hand.ask(AHEAD, today=hand.today, until=hand.today + dt.timedelta(days=90))
    return dict(found) | dict(zip((("ahead",), ("awaiting",)), ahead, strict=True))


PLANNED = (
    "on_record",
    "planned",
    "overdue",
    "left_out",
    "both_costs",
    "planned_cost",
    "actual_cost",
)
PLANS = """
    SELECT e.fiscal_year, count(*),
      count(CASE WHEN e.stage IN ('submitted', 'approved', 'returned') THEN 1 END),
      count(CASE WHEN e.stage IN ('submitted', 'approved', 'returned') AND e.spans_to < '{today}'
                 THEN 1 END),
      count(CASE WHEN e.stage IN ('declined', 'cancelled') THEN 1 END),
      count(CASE WHEN e.stage = 'completed' AND e.planned_cost IS NOT NULL THEN e.actual_cost END),
      sum(CASE WHEN e.stage = 'completed' AND e.actual_cost IS NOT NULL
               THEN CAST(round(e.planned_cost * 100) AS bigint) END),
      sum(CASE WHEN e.stage = 'completed' AND e.planned_cost IS NOT NULL
               THEN CAST(round(e.actual_cost * 100) AS bigint) END)
    FROM engagements_engagement e WHERE {listed} AND e.fiscal_year IN ({years}) GROUP BY 1
"""
AHEAD = """
    SELECT count(*), count(CASE WHEN e.stage = 'submitted' THEN 1 END)
    FROM engagements_engagement e
    WHERE {counted} AND e.stage <> 'completed' AND e.spans_to >= '{today}'
      AND e.spans_from <= '{until}'
      AND e.fiscal_year IS NOT NULL
"""


def partners(hand: Hand) -> Numbers:
    """Of each partner with the bodies beneath it: engagements in all, this fiscal year, given, received."""
    year = FiscalYear.of(hand.today).ends
    rows = hand.ask(TOGETHER, year=year, given=in_sql(GIVEN), received=in_sql(RECEIVED))
    return {
        (partner, name): n
        for partner, *counts in rows
        for name, n in zip(EXCHANGED, counts, strict=True)
    }


def in_sql(values: Iterable[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


EXCHANGED = ("all", "this_year", "given", "received")
TOGETHER = """
    WITH RECURSIVE up (partner, above) AS (
      SELECT id, id FROM partners_partner
      UNION ALL
      SELECT up.partner, p.parent_id FROM up JOIN partners_partner p ON p.id = up.above
      WHERE p.parent_id IS NOT NULL
    )
    SELECT up.above, count(DISTINCT e.id),
      count(DISTINCT CASE WHEN e.fiscal_year = {year} THEN e.id END),
      count(DISTINCT CASE WHEN e.kind IN ({given})
        OR e.kind = 'information-exchange' AND l.role = 'requester' THEN e.id END),
      count(DISTINCT CASE WHEN e.kind IN ({received})
        OR e.kind = 'information-exchange' AND l.role IN ('implementer', 'host') THEN e.id END)
    FROM engagements_engagement e
    JOIN engagements_participation l ON l.engagement_id = e.id JOIN up ON up.partner = l.partner_id
    WHERE {counted} GROUP BY 1
"""


def completeness(hand: Hand) -> Numbers:
    """How many lack each thing, and how many there are in each stage."""
    ((completed,),) = hand.ask(STAGES, stage="= 'completed'")
    ((total,),) = hand.ask(STAGES, stage="<> ''")
    found: Numbers = {("stage", "completed"): completed}
    (row,) = hand.ask(
        LACKS, today=hand.today, due=hand.today - OUTCOME_DUE, stale=a_year_before(hand.today)
    )
    found |= {("lacks", name): n for name, n in zip(LACKING, row, strict=True)}
    for name, sql in LINKED.items():
        ((linked,),) = hand.ask(sql)
        found["lacks", name] = total - linked
    tagged = dict(hand.ask(TAGGED))
    return found | {
        ("lacks", kind.value): total - tagged.get(kind.value, 0) for kind in FrameworkKind
    }


STAGES = "SELECT count(*) FROM engagements_engagement e WHERE {counted} AND e.stage {stage}"
LACKING = ("outcome", "late", "cost", "people", "title-en", "title-fr", "partner-unverified")
LACKS = """
    SELECT
      count(CASE WHEN e.stage = 'completed' AND e.outcome = '' AND e.spans_to <= '{due}' THEN 1 END),
      count(CASE WHEN e.stage <> 'completed' AND e.spans_to < '{today}' THEN 1 END),
      count(CASE WHEN e.stage = 'completed' AND e.actual_cost IS NULL THEN 1 END),
      count(CASE WHEN e.stage = 'completed' AND e.csc_participants IS NULL THEN 1 END),
      count(CASE WHEN e.title_en = '' THEN 1 END),
      count(CASE WHEN e.title_fr = '' THEN 1 END),
      count(CASE WHEN EXISTS (
        SELECT 1 FROM engagements_participation l JOIN partners_partner p ON p.id = l.partner_id
        WHERE l.engagement_id = e.id AND p.archived_at IS NULL
          AND (p.verified_on IS NULL OR p.verified_on <= '{stale}')) THEN 1 END)
    FROM engagements_engagement e WHERE {counted}
"""
LINKED = {
    "country": "SELECT count(*) FROM engagements_engagement e WHERE {counted} AND EXISTS"
    " (SELECT 1 FROM engagements_engagement_countries l WHERE l.engagement_id = e.id)",
    "partner": "SELECT count(*) FROM engagements_engagement e WHERE {counted} AND EXISTS"
    " (SELECT 1 FROM engagements_participation l WHERE l.engagement_id = e.id)",
}
TAGGED = """
    SELECT f.kind, count(DISTINCT a.engagement_id)
    FROM engagements_engagement e JOIN engagements_alignment a ON a.engagement_id = e.id
    JOIN objectives_framework f ON f.id = a.framework_id
    WHERE {counted} GROUP BY 1
"""


def framework_in_force(hand: Hand, kind: str) -> int:
    """The key of the one of a kind in force today: the last adopted one that began."""
    rows = hand.ask(
        """
        SELECT id FROM objectives_framework
        WHERE kind = '{kind}' AND adopted AND (in_force_from IS NULL OR in_force_from <= '{today}')
        ORDER BY in_force_from IS NULL, in_force_from DESC
        """,
        kind=kind,
        today=hand.today,
    )
    return int(rows[0][0])


FLOORS: dict[str, Callable[[Hand], Numbers]] = {
    each.__name__: each
    for each in (volume, alignment, coverage, places, time, partners, completeness)
}
