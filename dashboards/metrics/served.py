"""What engagements serve: read once, counted in many ways."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from itertools import product
from typing import Any, NamedTuple

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

from dashboards.figures import CENT
from dashboards.options import By
from engagements.kinds import Stage
from engagements.models import Alignment, EngagementQuerySet

Crossing = tuple[int, ...]


class Alike(NamedTuple):
    """Engagements that serve the same objectives (keys), began in one fiscal year and are done or not.

    `cost`: in CAD, of the `cost_known` whose actual cost is known. `partners`: keys, where asked for.
    Several of them may be of one kind: they add up.
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
    """One query, two to count partners: the same plain plan on any database, however much.

    The database puts together what is alike. Cost and partners are read where they are among the measures.
    """
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


def in_words(served: Iterable[Alike], heirs: Mapping[int, frozenset[int]]) -> list[Alike]:
    """The same engagements, each objective read as those that stand for it now; others are dropped."""
    return [
        alike._replace(
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
    return sum(alike.engagements for alike in served if not wanted.isdisjoint(alike.objectives))


def told_apart(
    served: Iterable[Alike], objectives: frozenset[int], *, by_year: bool = False
) -> list[Alike]:
    """The same engagements, of what they serve these objectives alone: far fewer alike to go through.

    Without `by_year`, those of all years, done or not, are together, in no year.
    """
    kept: dict[frozenset[int], frozenset[int]] = {}
    found: dict[tuple, Amount] = defaultdict(Amount)
    for alike in served:
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


def crossings(served: Iterable[Alike], *axes: frozenset[int]) -> dict[Crossing, Amount]:
    """What serves an objective of each axis: {(row, column, …): amount}."""
    found: dict[Crossing, Amount] = defaultdict(Amount)
    for alike, crossing in crossed(served, *axes):
        found[crossing].add(alike)
    return found


def every_amount(
    served: list[Alike], rows: frozenset[int], columns: frozenset[int], split: frozenset[int]
) -> Amounts:
    served = told_apart(served, rows | columns | split)
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
