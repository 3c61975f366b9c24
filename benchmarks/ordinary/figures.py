"""The dashboard's figures, counted when the page is asked for: a GROUP BY each, loops only where most would.

Each returns what it counted under the names that floor.py gives the same numbers.
"""

# mypy knows a row of values() by the first query that a name stood for.
# mypy: disable-error-code="assignment,misc,has-type"

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models import Count, FilteredRelation, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from common.partial_dates import FiscalYear, a_year_before
from engagements.gaps import OUTCOME_DUE
from engagements.kinds import COUNTED, GIVEN, LEFT_OUT, PLANNED, RECEIVED, Kind, Stage
from engagements.models import Alignment, Engagement, Participation
from objectives.models import Framework, FrameworkKind
from partners.models import Partner, Region

Numbers = dict[tuple, Any]
Engagements = QuerySet[Engagement]


def volume(engagements: Engagements, today: dt.date) -> Numbers:
    year = FiscalYear.of(today).ends
    done = engagements.filter(stage=Stage.COMPLETED)
    periods = {
        "now": done.filter(fiscal_year=year, spans_from__lte=today),
        "then": done.filter(fiscal_year=year - 1, spans_from__lte=a_year_before(today)),
        "before": done.filter(fiscal_year=year - 1),
    }
    found: Numbers = {}
    for name, of_period in periods.items():
        sums = of_period.aggregate(
            n=Count("pk"), people=Sum("csc_participants"), cost=Sum("actual_cost")
        )
        linked = of_period.aggregate(n=Count("partners", distinct=True))["n"]
        found |= {
            ("engagements", name): sums["n"],
            ("people", name): sums["people"] or 0,
            ("cost", name): round((sums["cost"] or 0) * 100),
            ("partners", name): linked,
            ("countries", name): of_period.aggregate(n=Count("countries", distinct=True))["n"],
        }
    return found


def in_force(kind: str, today: dt.date) -> Framework:
    return next(f for f in Framework.objects.in_force_on(today) if f.kind == kind)


def alignment(engagements: Engagements, today: dt.date) -> Numbers:
    row, column, part = (
        in_force(kind, today)
        for kind in (FrameworkKind.PRIORITY, FrameworkKind.MANDATE, FrameworkKind.PILLAR)
    )
    joined = engagements.annotate(
        in_row=FilteredRelation("alignments", condition=Q(alignments__framework=row)),
        in_column=FilteredRelation("alignments", condition=Q(alignments__framework=column)),
        in_part=FilteredRelation("alignments", condition=Q(alignments__framework=part)),
    ).order_by()
    paired = joined.filter(in_row__objective__isnull=False, in_column__objective__isnull=False)
    names = ("in_row__objective", "in_column__objective", "in_part__objective")
    cells = paired.values(*names[:2]).annotate(n=Count("pk")).values_list(*names[:2], "n")
    parts = paired.filter(in_part__objective__isnull=False)
    parts = parts.values(*names).annotate(n=Count("pk")).values_list(*names, "n")
    totals = Alignment.objects.filter(engagement__in=engagements, framework__in=[row, column])
    totals = totals.values("objective").annotate(n=Count("pk")).values_list("objective", "n")
    return (
        {("cell", *keys): n for *keys, n in cells}
        | {("part", *keys): n for *keys, n in parts}
        | {("total", key): n for key, n in totals}
    )


def coverage(engagements: Engagements, today: dt.date) -> Numbers:
    kinds = (FrameworkKind.PRIORITY, FrameworkKind.MANDATE)
    frameworks = [in_force(kind, today) for kind in kinds]
    done = Alignment.objects.filter(
        engagement__in=engagements.filter(stage=Stage.COMPLETED), framework__in=frameworks
    )
    names, this_year = ("objective", "engagement__fiscal_year"), FiscalYear.of(today).ends
    rows = done.values(*names).annotate(n=Count("pk")).values_list(*names, "n")
    found: Numbers = defaultdict(int)
    for objective, year, n in rows:
        found[objective, "all"] += n
        if year and this_year - 5 < year <= this_year:
            found[objective, year] = n
    return dict(found)


def places(engagements: Engagements, today: dt.date) -> Numbers:
    now = Q(fiscal_year=FiscalYear.of(today).ends)
    found: Numbers = {}
    by_country = engagements.order_by().values("countries").annotate(
        n=Count("pk"), now=Count("pk", filter=now)
    )  # fmt: skip
    for row in by_country:
        found["country", row["countries"], "all"] = row["n"]
        if row["countries"]:
            found["country", row["countries"], "this year"] = row["now"]
    for region in Region.objects.filter(parent=None):
        beneath = Q(countries__region=region) | Q(countries__region__parent=region)
        there = engagements.filter(beneath | Q(countries__region__parent__parent=region))
        counted = there.aggregate(
            n=Count("pk", distinct=True), now=Count("pk", distinct=True, filter=now)
        )
        found["region", region.pk, "all"] = counted["n"]
        found["region", region.pk, "this year"] = counted["now"]
    return found


def time(engagements: Engagements, today: dt.date, listed: Engagements) -> Numbers:
    this_year, found = FiscalYear.of(today).ends, Counter[tuple]()
    done = Q(stage=Stage.COMPLETED)
    years = [this_year - back for back in range(3)]
    rows = engagements.order_by().values("fiscal_year").annotate(
        done=Count("pk", filter=done), planned=Count("pk", filter=~done)
    )  # fmt: skip
    for row in rows:
        for is_done, n in ((True, row["done"]), (False, row["planned"])):
            found[(row["fiscal_year"], is_done) if row["fiscal_year"] else ("unknown",)] += n
    lately = engagements.filter(fiscal_year__in=years).order_by()
    known = Q(start_precision__in=("day", "month"))
    monthly = lately.filter(known).annotate(month=TruncMonth("start_earliest")).values("month")
    for row in monthly.annotate(done=Count("pk", filter=done), planned=Count("pk", filter=~done)):
        found["month", f"{row['month']:%Y-%m}", True] += row["done"]
        found["month", f"{row['month']:%Y-%m}", False] += row["planned"]
    for row in lately.exclude(known).values("fiscal_year").annotate(n=Count("pk")):
        found["no month", row["fiscal_year"]] += row["n"]
    ahead = engagements.filter(
        ~done, spans_to__gte=today, spans_from__lte=today + dt.timedelta(90), fiscal_year__gt=0
    )
    found[("ahead",)] = ahead.count()
    found[("awaiting",)] = ahead.filter(stage=Stage.SUBMITTED).count()
    return dict(found) | plans(listed, years, today)


def plans(listed: Engagements, years: list[int], today: dt.date) -> Numbers:
    planned = Q(stage__in=PLANNED)
    both = Q(stage=Stage.COMPLETED, planned_cost__isnull=False, actual_cost__isnull=False)
    rows = listed.filter(fiscal_year__in=years).order_by().values("fiscal_year").annotate(
        on_record=Count("pk"),
        planned=Count("pk", filter=planned),
        overdue=Count("pk", filter=planned & Q(spans_to__lt=today)),
        left_out=Count("pk", filter=Q(stage__in=LEFT_OUT)),
        both_costs=Count("pk", filter=both),
        planned_sum=Sum("planned_cost", filter=both),
        actual_sum=Sum("actual_cost", filter=both),
    )  # fmt: skip
    found: Numbers = {}
    for row in rows:
        year = row.pop("fiscal_year")
        found["plans", year, "planned_cost"] = round((row.pop("planned_sum") or 0) * 100)
        found["plans", year, "actual_cost"] = round((row.pop("actual_sum") or 0) * 100)
        found |= {("plans", year, name): n for name, n in row.items()}
    return found


def partners(engagements: Engagements, today: dt.date) -> Numbers:
    """Of each with the bodies beneath it: an engagement counts once, so its keys are kept apart."""
    year, parent = FiscalYear.of(today).ends, dict(Partner.objects.values_list("pk", "parent"))
    keys: dict[tuple, set[int]] = defaultdict(set)
    rows = Participation.objects.filter(engagement__in=engagements).order_by().values_list(
        "partner", "engagement", "role", "engagement__kind", "engagement__fiscal_year"
    )  # fmt: skip
    for partner, key, role, kind, fiscal_year in rows.iterator():
        told = kind == Kind.INFORMATION_EXCHANGE
        names = ["all"]
        names += ["this_year"] if fiscal_year == year else []
        names += ["given"] if kind in GIVEN or (told and role == "requester") else []
        asked = told and role in {"implementer", "host"}
        names += ["received"] if kind in RECEIVED or asked else []
        above: int | None = partner
        while above:
            for name in names:
                keys[above, name].add(key)
            above = parent[above]
    return {name: len(found) for name, found in keys.items()}


def completeness(engagements: Engagements, today: dt.date) -> Numbers:
    completed = engagements.filter(stage=Stage.COMPLETED)
    stale = Q(partners__verified_on=None) | Q(partners__verified_on__lte=a_year_before(today))
    unverified = engagements.filter(stale, partners__archived_at=None).distinct()
    lacking = {
        "outcome": completed.filter(outcome="", spans_to__lte=today - OUTCOME_DUE),
        "late": engagements.exclude(stage=Stage.COMPLETED).filter(spans_to__lt=today),
        "cost": completed.filter(actual_cost=None),
        "people": completed.filter(csc_participants=None),
        "title-en": engagements.filter(title_en=""),
        "title-fr": engagements.filter(title_fr=""),
        "country": engagements.filter(countries=None),
        "partner": engagements.filter(partners=None),
        "partner-unverified": unverified,
    }
    found: Numbers = {("lacks", name): those.count() for name, those in lacking.items()}
    for kind in FrameworkKind.values:
        tagged = engagements.filter(alignments__framework__kind=kind)
        found["lacks", kind] = engagements.count() - tagged.distinct().count()
    return found | {("stage", "completed"): completed.count()}


FIGURES: dict[str, Callable[..., Numbers]] = {
    each.__name__: each
    for each in (volume, alignment, coverage, places, time, partners, completeness)
}


def every_figure(listed: Engagements, today: dt.date) -> dict[str, Numbers]:
    """`listed`: what the reader may open, but drafts."""
    counted = listed.filter(stage__in=COUNTED)
    return {
        name: count(counted, today, listed) if name == "time" else count(counted, today)
        for name, count in FIGURES.items()
    }
