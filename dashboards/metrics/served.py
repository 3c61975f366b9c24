"""What engagements serve: read once, counted in many ways."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import product

from dashboards.options import By
from engagements.kinds import Stage
from engagements.models import Alignment, EngagementQuerySet, Participation

Crossing = tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Alike:
    """Engagements that serve the same objectives (keys), began in one fiscal year and are done or not.

    `cost`: in CAD, of the `cost_known` whose actual cost is known. `partners`: keys, where asked for.
    """

    objectives: frozenset[int]
    year: int | None
    done: bool
    engagements: int
    cost: Decimal = Decimal(0)
    cost_known: int = 0
    partners: frozenset[int] = frozenset()


@dataclass(kw_only=True)
class Amount:
    """What is counted of any number of engagements."""

    engagements: int = 0
    cost: Decimal = Decimal(0)
    cost_known: int = 0
    partners: set[int] = field(default_factory=set)

    def add(self, alike: Alike) -> None:
        self.engagements += alike.engagements
        self.cost += alike.cost
        self.cost_known += alike.cost_known
        self.partners |= alike.partners

    def add_one(self, costs: Iterable[Decimal | None], partners: set[int]) -> None:
        self.engagements += 1
        self.partners |= partners
        for cost in costs:
            if cost is not None:
                self.cost += cost
                self.cost_known += 1

    def by(self, by: str) -> int | Decimal:
        if by == By.COST:
            return self.cost
        return len(self.partners) if by == By.PARTNERS else self.engagements


@dataclass(frozen=True, kw_only=True)
class Amounts:
    """Everything that can be counted, of cells, of their parts, of rows and columns, of all."""

    cells: dict[Crossing, Amount]
    parts: dict[Crossing, Amount]
    lines: dict[Crossing, Amount]
    total: Amount


def served(engagements: EngagementQuerySet, *measures: str) -> list[Alike]:
    """Two queries, three to count partners: the same plain plan on any database, however much.

    Cost and partners are read where they are among the measures. Joining alignments to themselves,
    once an axis, took a planner without statistics minutes.
    """
    keys = engagements.order_by().values("pk")
    tagged = Alignment.objects.filter(engagement__in=keys)
    tagging = _gathered(tagged.values_list("engagement", "objective"))
    partners: Mapping[int, set[int]] = {}
    if By.PARTNERS in measures:
        links = Participation.objects.filter(engagement__in=keys)
        partners = _gathered(links.values_list("engagement", "partner"))
    found: dict[tuple[frozenset[int], int | None, bool], Amount] = defaultdict(Amount)
    nothing: set[int] = set()
    columns = ["pk", "fiscal_year", "stage", *(["actual_cost"] if By.COST in measures else [])]
    for pk, year, stage, *costs in engagements.order_by().values_list(*columns):
        alike = (frozenset(tagging.get(pk, nothing)), year, stage == Stage.COMPLETED)
        found[alike].add_one(costs, partners.get(pk, nothing))
    return [
        _alike(objectives, year, done, amount) for (objectives, year, done), amount in found.items()
    ]


def _alike(objectives: frozenset[int], year: int | None, done: bool, amount: Amount) -> Alike:
    return Alike(
        objectives=objectives,
        year=year,
        done=done,
        engagements=amount.engagements,
        cost=amount.cost,
        cost_known=amount.cost_known,
        partners=frozenset(amount.partners),
    )


def _gathered(pairs: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for one, other in pairs:
        found[one].add(other)
    return found


def in_words(served: Iterable[Alike], heirs: Mapping[int, frozenset[int]]) -> list[Alike]:
    """The same engagements, each objective read as those that stand for it now; others are dropped."""
    return [
        replace(
            alike,
            objectives=frozenset(heir for one in alike.objectives for heir in heirs.get(one, ())),
        )
        for alike in served
    ]


def tags(served: Iterable[Alike]) -> Counter[int]:
    """How many engagements serve each objective."""
    found = Counter[int]()
    for alike in served:
        for objective in alike.objectives:
            found[objective] += alike.engagements
    return found


def serving_any(served: Iterable[Alike], objectives: Iterable[int]) -> int:
    """How many engagements serve at least one of these."""
    wanted = frozenset(objectives)
    return sum(alike.engagements for alike in served if alike.objectives & wanted)


def crossings(served: Iterable[Alike], *axes: frozenset[int]) -> dict[Crossing, Amount]:
    """What serves an objective of each axis: {(row, column, …): amount}."""
    found: dict[Crossing, Amount] = defaultdict(Amount)
    for alike, crossing in crossed(served, *axes):
        found[crossing].add(alike)
    return found


def every_amount(
    served: list[Alike], rows: frozenset[int], columns: frozenset[int], split: frozenset[int]
) -> Amounts:
    total = Amount()
    for alike in served:
        total.add(alike)
    return Amounts(
        cells=crossings(served, rows, columns),
        parts=crossings(served, rows, columns, split),
        lines=crossings(served, rows | columns),
        total=total,
    )


def crossed(served: Iterable[Alike], *axes: frozenset[int]) -> Iterator[tuple[Alike, Crossing]]:
    """Each with each crossing it stands in."""
    for alike in served:
        for crossing in product(*(alike.objectives & axis for axis in axes)):
            yield alike, crossing
