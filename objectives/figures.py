"""What serves an objective, counted: never more than its reader may open.

This app stands below the one that holds the engagements, and knows them by their related name alone.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Case, IntegerField, Value, When

from accounts.models import User
from common.partial_dates import FiscalYear
from objectives.models import Framework, FrameworkKind, Objective, ObjectiveQuerySet, Standing

YEARS_LOOKED_BACK = 5


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """Another framework, and how much of what serves an objective serves each of its entries too."""

    framework: Framework
    served: list[Objective]
    unserved: list[Objective]


@dataclass(frozen=True, kw_only=True)
class ObjectiveFigures:
    """Engagements that serve one objective; each figure has its list."""

    year: FiscalYear
    this_year: int
    year_before: int
    all_years: int
    of: int
    partners: int
    primary: int
    years_without: list[FiscalYear]
    crossing: Crossing | None

    @property
    def is_thin(self) -> bool:
        missing = self.crossing.unserved if self.crossing else []
        return not self.all_years or bool(self.years_without or missing)


def engagements() -> Any:
    """All engagements: a queryset of the model that is related to objectives by that name."""
    model: Any = Objective._meta.get_field("engagements").related_model
    return model.objects.all()


def serving(reader: User, objectives: ObjectiveQuerySet) -> Any:
    """What counts of what the reader may open and is aligned with any of these."""
    keys = objectives.order_by().values_list("pk", flat=True)
    return engagements().visible_to(reader).counted().aligned_with(keys)


def with_counts(objectives: ObjectiveQuerySet, reader: User) -> Any:
    """Each with `served`, how many engagements serve it."""
    return counted_over(objectives, engagements().visible_to(reader).counted())


def counted_over(objectives: ObjectiveQuerySet, counted: Any) -> Any:
    counts = counted.tally("objective")
    whens = [When(pk=pk, then=Value(n)) for pk, n in counts.items()]
    return objectives.annotate(served=Case(*whens, default=Value(0), output_field=IntegerField()))


def figures_of(objective: Objective, reader: User, today: dt.date) -> ObjectiveFigures:
    """A fixed number of queries."""
    everything = engagements().visible_to(reader).counted()
    serving = everything.aligned_with([objective.pk])
    primary = objective.alignments.filter(primary=True).values("engagement")
    by_year = serving.tally("fiscal_year")
    year = FiscalYear.of(today)
    return ObjectiveFigures(
        year=year,
        this_year=by_year.get(year.ends, 0),
        year_before=by_year.get(year.previous.ends, 0),
        all_years=by_year.total(),
        of=everything.how_many(),
        partners=len(serving.tally("partner")),
        primary=serving.filter(pk__in=primary).how_many(),
        years_without=_years_without(objective.framework, by_year, year),
        crossing=_crossing(objective, serving, today),
    )


def _years_without(
    framework: Framework, served_in: Iterable[int | None], this_year: FiscalYear
) -> list[FiscalYear]:
    """Of the last years gone by in which the framework was in force, those with nothing."""
    first = this_year.ends - YEARS_LOOKED_BACK
    last = this_year.previous.ends
    if framework.in_force_from:
        first = max(first, FiscalYear.of(framework.in_force_from).ends)
    if framework.in_force_to:
        last = min(last, FiscalYear.of(framework.in_force_to).ends)
    served = set(served_in)
    return [FiscalYear(ends) for ends in range(first, last + 1) if ends not in served]


def _crossing(objective: Objective, serving: Any, today: dt.date) -> Crossing | None:
    """The mandate's items; of a mandate item, the priorities."""
    is_mandate = objective.framework.kind == FrameworkKind.MANDATE
    kind = FrameworkKind.PRIORITY if is_mandate else FrameworkKind.MANDATE
    in_force = Framework.objects.filter(kind=kind).in_force_on(today)
    if not in_force or objective.framework.standing != Standing.IN_FORCE:
        return None
    of_framework = in_force[0].objectives.filter(retired_on=None).order_by("position")
    counted: list[Any] = list(counted_over(of_framework, serving))
    return Crossing(
        framework=in_force[0],
        served=[o for o in sorted(counted, key=attrgetter("served"), reverse=True) if o.served],
        unserved=[o for o in counted if not o.served],
    )
