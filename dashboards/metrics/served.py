"""What engagements serve: read once, counted in many ways."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import product
from typing import Any

from django.db.models import (
    Aggregate,
    BooleanField,
    Count,
    ExpressionWrapper,
    OuterRef,
    Q,
    Subquery,
    Sum,
    TextField,
)
from django.db.models.functions import Coalesce
from pyroaring import BitMap

from dashboards.figures import CENT
from dashboards.metrics.amounts import (
    NOWHERE,
    Alike,
    Amount,
    Amounts,
    Crossed,
    InYear,
    crossed,
    crossed_of,
    crossings,
)
from dashboards.options import By
from engagements import counting
from engagements.index.keeping import kept_up
from engagements.index.snapshot import Snapshot
from engagements.kinds import Stage
from engagements.models import Alignment, EngagementQuerySet

AxesByName = Mapping[str, tuple[frozenset[int], ...]]


class Served:
    """What some engagements serve. Counted over, it asks the database nothing more."""

    @property
    def total(self) -> int:
        """How many engagements there are, whatever they serve."""
        raise NotImplementedError

    def tags(self) -> Counter[int]:
        """How many engagements serve each objective."""
        raise NotImplementedError

    def serving_any(self, objectives: Iterable[int]) -> int:
        """How many engagements serve at least one of these."""
        raise NotImplementedError

    def done_by_year(self) -> Counter[tuple[int, int | None]]:
        """How many of those completed serve each objective, by the year they count in."""
        raise NotImplementedError

    def told_apart(self, objectives: Set[int], *, by_year: bool = False) -> list[Alike]:
        """Those that are alike, where of what they serve these objectives alone are looked at.

        Without `by_year`, those of all years, done or not, are together, in no year.
        """
        raise NotImplementedError

    def crossed(self, axes: AxesByName) -> dict[str, Crossed]:
        """By name, what serves an objective of each of its axes; without an axis, everything."""
        alike = self.told_apart(_together(axes))
        return {name: crossed_of(alike, of) for name, of in axes.items()}

    def crossed_by_year(self, axes: AxesByName) -> dict[str, Counter[InYear]]:
        """By name, how many engagements serve an objective of each of its axes, year by year."""
        alike = self.told_apart(_together(axes), by_year=True)
        found: dict[str, Counter[InYear]] = {name: Counter() for name in axes}
        for name, of in axes.items():
            for one, crossing in crossed(alike, *of):
                found[name][crossing, one.year, one.done] += one.engagements
        return found

    def in_words(self, heirs: Mapping[int, frozenset[int]]) -> "Served":
        """The same engagements, each objective read as those that stand for it now; others are dropped."""
        raise NotImplementedError


def _together(axes: AxesByName) -> frozenset[int]:
    return frozenset().union(*(axis for of in axes.values() for axis in of))


def served(engagements: EngagementQuerySet, *measures: str) -> Served:
    """By the index; else read by one query, by two to count partners.

    Cost and partners are counted where they are among the measures.
    """
    if known := counting.held(engagements):
        snapshot, keys = known
        return ServedHeld(snapshot=snapshot, keys=keys, measures=measures)
    return ServedRead(read_alike(engagements, *measures))


def read_alike(engagements: EngagementQuerySet, *measures: str) -> list[Alike]:
    """The same plain plan on any database, however much: the database puts together what is alike."""
    alike = _told_alike(engagements).values_list("served", "fiscal_year", "done")
    counted = alike.annotate(n=Count("pk"))
    if By.COST in measures:
        cost = Coalesce(Sum("actual_cost"), Decimal(0))
        counted = counted.annotate(cost=cost, known=Count("actual_cost"))
    partners = _partners_of_alike(engagements) if By.PARTNERS in measures else {}
    found = [Alike(_objectives_in(row[0]), *row[1:]) for row in counted]
    if By.COST in measures:
        found = [alike._replace(cost=_to_the_cent(alike)) for alike in found]
    if not partners:
        return found
    return [alike._replace(partners=partners.get(alike[:3], frozenset())) for alike in found]


def _to_the_cent(alike: Alike) -> Decimal:
    """SQLite adds decimals as floating-point numbers, and drops their noughts."""
    return alike.cost.quantize(CENT) if alike.cost_known else Decimal(0)


def _told_alike(engagements: EngagementQuerySet) -> Any:
    return engagements.order_by().annotate(served=_objectives_served(), done=_is_done())


def _partners_of_alike(engagements: EngagementQuerySet) -> dict[tuple, frozenset[int]]:
    """By objectives, year and whether done: the texts of two queries may have one set in two orders."""
    reached = _told_alike(engagements).filter(participations__isnull=False)
    rows = reached.values_list("served", "fiscal_year", "done", "participations__partner")
    found: dict[tuple, set[int]] = defaultdict(set)
    for keys, year, done, partner in rows.distinct():
        found[_objectives_in(keys), year, done].add(partner)
    return {key: frozenset(partners) for key, partners in found.items()}


def _objectives_served() -> Subquery:
    """The keys of an engagement's objectives in one text, in whatever order."""
    tagged = Alignment.objects.filter(engagement=OuterRef("pk")).order_by()
    return Subquery(tagged.values("engagement").annotate(keys=Together("objective")).values("keys"))


@lru_cache(maxsize=50_000)
def _objectives_in(keys: str | None) -> frozenset[int]:
    return frozenset(map(int, keys.split(","))) if keys else frozenset()


def _is_done() -> ExpressionWrapper:
    return ExpressionWrapper(Q(stage=Stage.COMPLETED), output_field=BooleanField())


class Together(Aggregate):
    """Numbers in one text, with a comma between two."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler, connection, **context):
        template = "STRING_AGG(%(expressions)s::text, ',')"
        return self.as_sql(compiler, connection, template=template, **context)


class ServedRead(Served):
    """As the database put it together."""

    def __init__(self, alike: list[Alike]) -> None:
        self.alike = alike

    @property
    def total(self) -> int:
        return sum(alike.engagements for alike in self.alike)

    def tags(self) -> Counter[int]:
        found = Counter[int]()
        for alike in self.alike:
            for objective in alike.objectives:
                found[objective] += alike.engagements
        return found

    def serving_any(self, objectives: Iterable[int]) -> int:
        wanted = frozenset(objectives)
        return sum(one.engagements for one in self.alike if not wanted.isdisjoint(one.objectives))

    def done_by_year(self) -> Counter[tuple[int, int | None]]:
        found: Counter[tuple[int, int | None]] = Counter()
        for alike in self.alike:
            if alike.done:
                for objective in alike.objectives:
                    found[objective, alike.year] += alike.engagements
        return found

    def told_apart(self, objectives: Set[int], *, by_year: bool = False) -> list[Alike]:
        kept: dict[frozenset[int], frozenset[int]] = {}
        found: dict[tuple, Amount] = defaultdict(Amount)
        for alike in self.alike:
            among = kept.get(alike.objectives)
            if among is None:
                among = kept[alike.objectives] = alike.objectives & objectives
            when = (alike.year, alike.done) if by_year else (None, False)
            found[among, *when].add(alike)
        return [
            Alike(
                objectives=among,
                year=year,
                done=done,
                engagements=amount.engagements,
                cost=amount.cost,
                cost_known=amount.cost_known,
                partners=frozenset(amount.partners),
            )
            for (among, year, done), amount in found.items()
        ]

    def in_words(self, heirs: Mapping[int, frozenset[int]]) -> Served:
        return ServedRead(
            [
                alike._replace(
                    objectives=frozenset(
                        heir for one in alike.objectives for heir in heirs.get(one, ())
                    ),
                )
                for alike in self.alike
            ]
        )


@dataclass(frozen=True, kw_only=True)
class ServedHeld(Served):
    """As the index has it. keys: of all the engagements. heirs: what each objective is read as."""

    snapshot: Snapshot
    keys: BitMap
    measures: tuple[str, ...]
    heirs: Mapping[int, frozenset[int]] | None = None

    @property
    def total(self) -> int:
        return len(self.keys)

    def tags(self) -> Counter[int]:
        return self._kept("tags", count=ServedHeld._tags)

    def serving_any(self, objectives: Iterable[int]) -> int:
        some = (self.serving[one] for one in set(objectives) if one in self.serving)
        return len(BitMap.union(BitMap(), *some))

    def done_by_year(self) -> Counter[tuple[int, int | None]]:
        return self._kept("done by year", count=ServedHeld._done_by_year)

    def told_apart(self, objectives: Set[int], *, by_year: bool = False) -> list[Alike]:
        def count(served: ServedHeld) -> dict[Any, int]:
            return served._amounts(objectives, by_year)

        question = "told apart", frozenset(objectives), by_year, self.measures
        amounts = self._kept(*question, count=count)
        partners = self._partners(objectives, by_year) if By.PARTNERS in self.measures else {}
        return [
            Alike(
                objectives=among,
                year=year,
                done=done,
                engagements=n,
                cost=Decimal(amounts["cents", (among, year, done)]) / 100,
                cost_known=amounts["costed", (among, year, done)],
                partners=partners.get((among, year, done), frozenset()),
            )
            for (what, (among, year, done)), n in amounts.items()
            if what == "engagements"
        ]

    def crossed(self, axes: AxesByName) -> dict[str, Crossed]:
        if By.PARTNERS in self.measures:  # partners do not add up
            return super().crossed(axes)
        found = {name: Crossed(amounts=defaultdict(Amount)) for name in axes}
        for (what, name, (crossing, _year, _done)), n in self._crossed(axes).items():
            of, amount = found[name], found[name].amounts
            match what:
                case "engagements":
                    amount[crossing].engagements = n
                case "costed":
                    amount[crossing].cost_known = n
                case "cents":
                    amount[crossing].cost = Decimal(n) / 100
                case "standing":
                    of.standing = n
                case "several":
                    of.several = n
        return found

    def crossed_by_year(self, axes: AxesByName) -> dict[str, Counter[InYear]]:
        found: dict[str, Counter[InYear]] = {name: Counter() for name in axes}
        for (what, name, where), n in self._crossed(axes, by_year=True).items():
            if what == "engagements":
                found[name][where] = n
        return found

    def in_words(self, heirs: Mapping[int, frozenset[int]]) -> Served:
        return replace(self, heirs=heirs)

    def _crossed(self, axes: AxesByName, *, by_year: bool = False) -> Counter:
        """By what is counted, the name of the axes and where it stands."""

        def count(served: ServedHeld) -> dict[Any, int]:
            return served._crossings(axes, by_year)

        return self._kept("crossed", *axes.items(), by_year, self.measures, count=count)

    def _crossings(self, axes: AxesByName, by_year: bool) -> dict[Any, int]:
        found: Counter[Any] = Counter()
        for (what, (among, year, done)), n in self._amounts(_together(axes), by_year).items():
            for name, of in axes.items():
                crossings = [*product(*(among & axis for axis in of))]
                for crossing in crossings:
                    found[what, name, (crossing, year, done)] += n
                if what == "engagements":
                    found["standing", name, NOWHERE] += n if crossings else 0
                    found["several", name, NOWHERE] += n if len(crossings) > 1 else 0
        return found

    def _kept(self, *question: Any, count: Callable[["ServedHeld"], dict[Any, int]]) -> Counter:
        """What is counted so, kept up from one snapshot to the next."""
        words = None if self.heirs is None else frozenset(self.heirs.items())
        return kept_up(
            (*question, words),
            self.snapshot,
            self.keys,
            lambda snapshot, keys: count(replace(self, snapshot=snapshot, keys=keys)),
        )

    @cached_property
    def serving(self) -> Mapping[int, BitMap]:
        """Those that serve each objective."""
        found = {
            one: some
            for one, having in self.snapshot.values["objective"].items()
            if (some := having & self.keys)
        }
        if self.heirs is None:
            return found
        read: dict[int, list[BitMap]] = defaultdict(list)
        for one, some in found.items():
            for heir in self.heirs.get(one, ()):
                read[heir].append(some)
        return {one: BitMap.union(*some) for one, some in read.items()}

    def _tags(self) -> dict[int, int]:
        return {one: len(some) for one, some in self.serving.items()}

    def _done_by_year(self) -> dict[tuple[int, int | None], int]:
        of_years = [(year, some) for year, done, some in self._when() if done]
        counts = {
            (objective, year): some.intersection_cardinality(of_year)
            for objective, some in self.serving.items()
            for year, of_year in of_years
        }
        return {key: n for key, n in counts.items() if n}

    def _amounts(self, objectives: Set[int], by_year: bool) -> dict[Any, int]:
        """Of those alike, by name: how many they are; where asked for, at what cost (cents)."""
        found: dict[Any, int] = {}
        costs = self.snapshot.numbers["actual_cost"]
        for alike, keys in self._apart(objectives, by_year):
            found["engagements", alike] = len(keys)
            if By.COST in self.measures and (costed := costs.known & keys):
                found["costed", alike] = len(costed)
                found["cents", alike] = costs.total(costed)
        return found

    def _partners(self, objectives: Set[int], by_year: bool) -> dict[Any, frozenset[int]]:
        return {
            alike: frozenset(counting.values_of(self.snapshot, keys, "partner"))
            for alike, keys in self._apart(objectives, by_year)
        }

    def _apart(self, objectives: Set[int], by_year: bool) -> Iterator[tuple[Any, BitMap]]:
        """By halves: each objective parts those that are alike so far."""
        apart: list[tuple[frozenset[int], BitMap]] = [(frozenset(), self.keys)]
        for one in objectives & self.serving.keys():
            serving = self.serving[one]
            halves = ((among, some & serving, some - serving) for among, some in apart)
            apart = [
                half
                for among, those, others in halves
                for half in ((among | {one}, those), (among, others))
                if half[1]
            ]
        when = self._when() if by_year else [(None, False, self.keys)]
        for among, some in apart:
            for year, done, of_it in when:
                if both := some & of_it:
                    yield (among, year, done), both

    def _when(self) -> list[tuple[int | None, bool, BitMap]]:
        """The engagements by the year they count in, done and not done."""
        done = self.snapshot.having("stage", [Stage.COMPLETED]) & self.keys
        found = []
        for year, having in self.snapshot.values["fiscal_year"].items():
            found += [(year, True, having & done), (year, False, (having & self.keys) - done)]
        return [one for one in found if one[2]]


def every_amount(
    served: Served, rows: frozenset[int], columns: frozenset[int], split: frozenset[int]
) -> Amounts:
    found = served.told_apart(rows | columns | split)
    total = Amount()
    for alike in found:
        total.add(alike)
    return Amounts(
        cells=crossings(found, rows, columns),
        parts=crossings(found, rows, columns, split),
        lines=crossings(found, rows | columns),
        total=total,
    )
