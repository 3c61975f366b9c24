"""What is counted of engagements that are alike, by the objectives they serve: cells, lines, all of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from dashboards.options import By

Crossing = tuple[int, ...]
# A crossing, the year that what serves it counts in, and whether that is done.
InYear = tuple[Crossing, int | None, bool]


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


@dataclass(kw_only=True)
class Crossed:
    """What serves an objective of each axis. standing: how many do at all; several: in more than one way."""

    amounts: dict[Crossing, Amount]
    standing: int = 0
    several: int = 0


NOWHERE: InYear = ((), None, False)


# By name, the objectives (keys) of each axis.
@dataclass(frozen=True, kw_only=True)
class Amounts:
    """Everything that can be counted, of cells, of their parts, of rows and columns, of all."""

    cells: dict[Crossing, Amount]
    parts: dict[Crossing, Amount]
    lines: dict[Crossing, Amount]
    total: Amount


def crossed_of(alike: Iterable[Alike], axes: tuple[frozenset[int], ...]) -> Crossed:
    found = Crossed(amounts=defaultdict(Amount))
    for one in alike:
        crossings = [*product(*(one.objectives & axis for axis in axes))]
        for crossing in crossings:
            found.amounts[crossing].add(one)
        found.standing += one.engagements if crossings else 0
        found.several += one.engagements if len(crossings) > 1 else 0
    return found


def crossings(alike: Iterable[Alike], *axes: frozenset[int]) -> dict[Crossing, Amount]:
    """What serves an objective of each axis: {(row, column, …): amount}."""
    found: dict[Crossing, Amount] = defaultdict(Amount)
    for one, crossing in crossed(alike, *axes):
        found[crossing].add(one)
    return found


def crossed(alike: Iterable[Alike], *axes: frozenset[int]) -> Iterator[tuple[Alike, Crossing]]:
    """Each with each crossing it stands in."""
    for one in alike:
        for crossing in product(*(one.objectives & axis for axis in axes)):
            yield one, crossing
