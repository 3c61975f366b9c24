"""What many engagements come to: counted by the index where there is one, else by the database.

Every function takes a QuerySet, and gives the same either way: the index reads the QuerySet's own conditions.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any, TypeVar

from django.db.models import Aggregate, Count, Exists, Max, Model, OuterRef, Q, QuerySet, Sum
from pyroaring import BitMap

from common.marking import HIGHEST
from engagements.index import current
from engagements.index.evaluating import CannotTell, keys_of
from engagements.index.keeping import kept_up
from engagements.index.noting import TABLES
from engagements.index.reading import MONEY
from engagements.index.snapshot import Snapshot
from engagements.models import Alignment, Engagement, EngagementQuerySet, Participation
from engagements.models.hanging import by_kind
from objectives.models import Framework, Objective

G = TypeVar("G", bound=Hashable)
M = TypeVar("M", bound=Model)
T = TypeVar("T")

# So many conditions of figures are kept as they are asked.
CONDITIONS = 256
# Where a QuerySet has what a snapshot last said of it.
KNOWN = "_known_to_the_index"
# What hangs on engagements, by the name the index has for it: its rows, and their column.
HANGING: dict[str, tuple[Any, str, str]] = {
    "objective": (Alignment.objects, "objective", "alignments__objective"),
    "partner": (Participation.objects, "partner", "participations__partner"),
    "country": (Engagement.countries.through.objects, "country", "countries"),
}


def held(engagements: EngagementQuerySet) -> tuple[Snapshot, BitMap] | None:
    """The index and the keys of these engagements in it; None where the database is to be asked."""
    snapshot = current.now()
    if snapshot is None:
        return None
    # A page counts the same engagements many times over.
    known: tuple[Snapshot, BitMap] | None = getattr(engagements, KNOWN, None)
    if known and known[0] is snapshot:
        return known
    try:
        known = snapshot, keys_of(engagements, snapshot)
    except CannotTell:
        return None
    setattr(engagements, KNOWN, known)
    return known


def told(name: str, ask: Callable[[], T]) -> T:
    """What engagements are told by: with the index asked once, for as long as nothing of it changes.

    Nobody may change what is given: every request is given the same.
    """
    snapshot = current.now()
    return ask() if snapshot is None else snapshot.told(name, ask)


def count(engagements: EngagementQuerySet) -> int:
    if known := held(engagements):
        return len(known[1])
    return engagements.count()


def highest_sensitivity(*counted: EngagementQuerySet | int) -> int:
    """Of all of these, or the highest level; 0 where there are none. After the highest, nothing is asked."""
    highest = 0
    for one in counted:
        if highest < HIGHEST:
            highest = max(highest, one if isinstance(one, int) else _highest_sensitivity(one))
    return highest


def _highest_sensitivity(engagements: EngagementQuerySet) -> int:
    if known := held(engagements):
        return max(values_of(*known, "sensitivity"), default=0)
    return engagements.order_by().aggregate(level=Max("sensitivity"))["level"] or 0


def first(
    engagements: EngagementQuerySet, column: str, number: int, *, largest: bool = False
) -> EngagementQuerySet:
    """Where the index tells which they are, so many at most: to be put in order, by this day and key.

    Those with the smallest or the `largest` come first, those with none last; of equal ones the smallest
    key, or the largest.
    """
    if not (known := held(engagements)):
        return engagements
    snapshot, keys = known
    return engagements.filter(
        pk__in=list(snapshot.numbers[column].first(keys, number, largest=largest))
    )


def tally(engagements: EngagementQuerySet, name: str) -> Counter[Any]:
    """How many have each value of a column, or each objective, partner or country (keys)."""
    if known := held(engagements):
        return kept_tally(*known, name)
    if name not in HANGING:
        rows = engagements.order_by().values_list(name).annotate(n=Count("pk"))
        return Counter(dict(rows))
    rows, column, _path = HANGING[name]
    found = rows.filter(engagement__in=engagements.order_by().values("pk")).order_by()
    return Counter(dict(found.values_list(column).annotate(n=Count("engagement", distinct=True))))


def tally_together(
    engagements: EngagementQuerySet, name: str, groups: Mapping[G, Collection[int]]
) -> Counter[G]:
    """How many have any objective, partner or country (keys) of each group, each counted once."""
    if known := held(engagements):
        asked = frozenset((group, frozenset(values)) for group, values in groups.items())
        question = "tally together", name, asked
        return kept_up(question, *known, partial(_tallied_together, name=name, groups=groups))
    rows, column, _path = HANGING[name]
    of_value: dict[int, list[G]] = defaultdict(list)
    for group, values in groups.items():
        for value in values:
            of_value[value].append(group)
    found = rows.filter(engagement__in=engagements.order_by().values("pk")).order_by()
    pairs = found.values_list("engagement", column)
    return Counter(
        group for _engagement, group in {(e, g) for e, v in pairs for g in of_value.get(v, ())}
    )


def tally_besides(
    one: int, engagements: EngagementQuerySet, name: str, values: Iterable[int]
) -> dict[int, int]:
    """How many of these, `one` (its key) left out, have each objective, partner or country (keys)."""
    if not (known := held(engagements)):
        each = {value: [value] for value in values}
        return dict(tally_together(engagements.exclude(pk=one), name, each))
    snapshot, keys = known
    having = {value: snapshot.having(name, [value]) for value in values}
    return {
        value: own.intersection_cardinality(keys) - (one in own and one in keys)
        for value, own in having.items()
    }


def kept_tally(snapshot: Snapshot, keys: BitMap, name: str) -> Counter[Any]:
    """How many of these have each value: `tally`, where the keys are at hand."""
    return kept_up(("tally", name), snapshot, keys, partial(_tallied, name=name))


def _tallied(snapshot: Snapshot, keys: BitMap, *, name: str) -> dict[Any, int]:
    return {
        value: having.intersection_cardinality(keys)
        for value, having in snapshot.values[name].items()
    }


def _tallied_together(
    snapshot: Snapshot, keys: BitMap, *, name: str, groups: Mapping[G, Collection[int]]
) -> dict[G, int]:
    return {
        group: snapshot.having(name, values).intersection_cardinality(keys)
        for group, values in groups.items()
    }


def tagged(engagements: EngagementQuerySet) -> Counter[str]:
    """How many serve some objective of each kind of framework."""
    if known := held(engagements):
        of_kinds = known[0].told("objectives by kind", by_kind)
        return tally_together(engagements, "objective", of_kinds)
    tags = Alignment.objects.filter(engagement__in=engagements.order_by().values("pk")).order_by()
    counts = tags.values_list("framework__kind").annotate(n=Count("engagement", distinct=True))
    return Counter(dict(counts))


def present(engagements: EngagementQuerySet, name: str) -> set[Any]:
    """The values of a column that some of them have."""
    if known := held(engagements):
        return set(values_of(*known, name))
    return set(engagements.order_by().values_list(name, flat=True).distinct())


def values_of(snapshot: Snapshot, keys: BitMap, name: str) -> Iterable[Any]:
    """The values that some of these have."""
    for value, having in snapshot.values[name].items():
        if not having.isdisjoint(keys):
            yield value


def had(records: QuerySet[M], engagements: EngagementQuerySet, name: str) -> list[M]:
    """Of these objectives, partners, countries, offices or people, those that some engagement has.

    With the index they are read once, for as long as none of them changes.
    """
    if not (known := held(engagements)):
        path = HANGING[name][2] if name in HANGING else name
        condition = {path: OuterRef("pk")}
        return list(records.filter(Exists(engagements.order_by().filter(**condition))))
    wanted = set(values_of(*known, name))
    if records.model._meta.db_table not in TABLES:
        return list(records.filter(pk__in=wanted - {None}))
    every = known[0].told(str(records.query), lambda: list(records))
    return [record for record in every if record.pk in wanted]


def frameworks_used(engagements: EngagementQuerySet) -> set[int]:
    """The keys of those under which some engagement is tagged."""
    if known := held(engagements):
        of_objective = known[0].told("framework of each objective", _framework_of_each)
        return {of_objective[key] for key in values_of(*known, "objective")}
    path = {"alignments__framework": OuterRef("pk")}
    used = Framework.objects.filter(Exists(engagements.order_by().filter(**path)))
    return set(used.values_list("pk", flat=True))


@dataclass(frozen=True)
class Together:
    """How many there are, the key of the one that began last, and the highest sensitivity."""

    count: int = 0
    last: int | None = None
    sensitivity: int = 0


def with_each(
    engagements: EngagementQuerySet,
    groups: Mapping[G, Collection[int]],
    *,
    until: dt.date | None = None,
) -> dict[G, Together]:
    """What there is with any of the partners (keys) of each group; the last that began by `until`."""
    if not (known := held(engagements)):
        return _with_each(engagements, groups, until)
    snapshot, keys = known
    starts = snapshot.numbers["start_earliest"]
    begun = keys & snapshot.below("start_earliest", until.toordinal() + 1) if until else keys
    found = {}
    for group, partners in groups.items():
        own = snapshot.having("partner", partners) & keys
        last = starts.first(own & begun, 1, largest=True)
        level = max(values_of(snapshot, own, "sensitivity"), default=0)
        found[group] = Together(len(own), last[0] if last else None, level)
    return found


def _with_each(
    engagements: EngagementQuerySet, groups: Mapping[G, Collection[int]], until: dt.date | None
) -> dict[G, Together]:
    everyone = set().union(*groups.values())
    rows = Participation.objects.order_by().filter(
        partner__in=everyone, engagement__in=engagements.order_by().values("pk")
    )
    of_partner: dict[int, dict[int, tuple[dt.date, int]]] = defaultdict(dict)
    levels: dict[int, int] = {}
    columns = ("partner", "engagement", "engagement__start_earliest", "engagement__sensitivity")
    for partner, engagement, day, level in rows.values_list(*columns):
        of_partner[partner][engagement] = (day or dt.date.min, engagement)
        levels[engagement] = level
    found = {}
    for group, partners in groups.items():
        own = {key: begun for one in partners for key, begun in of_partner[one].items()}
        begun = [one for one in own.values() if not until or dt.date.min < one[0] <= until]
        level = max((levels[key] for key in own), default=0)
        found[group] = Together(len(own), max(begun)[1] if begun else None, level)
    return found


def _framework_of_each() -> dict[int, int]:
    return dict(Objective.objects.values_list("pk", "framework"))


# Sums and counts under conditions, as Django's aggregates say them


def aggregate(engagements: EngagementQuerySet, **wanted: Aggregate) -> dict[str, Any]:
    """What `.aggregate(**wanted)` gives: Count, Sum, Max of columns, distinct Count of what hangs on them."""
    if known := held(engagements):
        try:
            snapshot, keys = known
            return _measured_all(snapshot, keys, wanted, _conditions(snapshot, wanted))
        except CannotTell:
            pass
    return engagements.order_by().aggregate(**wanted)


def grouped(
    engagements: EngagementQuerySet, column: str, **wanted: Aggregate
) -> list[dict[str, Any]]:
    """What `.values(column).annotate(**wanted)` gives: a row for each value that some of them have."""
    if known := held(engagements):
        snapshot, keys = known
        try:
            under = _conditions(snapshot, wanted)
            return [
                {column: value, **_measured_all(snapshot, having & keys, wanted, under)}
                for value, having in snapshot.values[column].items()
                if not having.isdisjoint(keys)
            ]
        except CannotTell:
            pass
    return list(engagements.order_by().values(column).annotate(**wanted))


def _conditions(snapshot: Snapshot, wanted: Mapping[str, Aggregate]) -> dict[Any, BitMap]:
    """Under which each is counted, and for which of all engagements that holds."""
    conditions = {one.filter for one in wanted.values() if one.filter is not None}
    return {one: keys_of(_all_that(one), snapshot) for one in conditions}


@lru_cache(maxsize=CONDITIONS)
def _all_that(condition: Q) -> EngagementQuerySet:
    """Which hold is found out each time; what is asked by a condition stays the same."""
    return Engagement.objects.filter(condition)


def _measured_all(
    snapshot: Snapshot,
    keys: BitMap,
    wanted: Mapping[str, Aggregate],
    conditions: Mapping[Any, BitMap],
) -> dict[str, Any]:
    under = {one: keys & holds for one, holds in conditions.items()} | {None: keys}
    return {name: _measured(snapshot, under[one.filter], one) for name, one in wanted.items()}


def _measured(snapshot: Snapshot, keys: BitMap, wanted: Aggregate) -> Any:
    (counted,) = wanted.get_source_expressions()[:1]
    path = getattr(counted, "name", "")
    if isinstance(wanted, Count):
        if path == "pk":
            return len(keys)
        if path in snapshot.numbers:
            return snapshot.numbers[path].known.intersection_cardinality(keys)
        hanging = [name for name, (_rows, _column, its) in HANGING.items() if its == path]
        if getattr(wanted, "distinct", False) and hanging:
            return len(kept_tally(snapshot, keys, hanging[0]))
    elif isinstance(wanted, Max) and path in snapshot.values:
        given = (value for value in values_of(snapshot, keys, path) if value is not None)
        return max(given, default=None)
    elif isinstance(wanted, Sum) and path in snapshot.numbers:
        numbers = snapshot.numbers[path]
        if numbers.known.isdisjoint(keys):
            return None
        total = numbers.total(keys)
        return Decimal(total) / 100 if path in MONEY else total
    raise CannotTell
