"""Where engagements stand in an order of the database's own, such as by title, without reading their titles.

They are parted into portions that follow each other. Where a page begins is found by how many of those that
are listed each portion has; the few that stand around it are put in order by the database.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pyroaring import BitMap

from common.text import binary_order
from engagements.index.numbers import Numbers
from engagements.index.reading import KEYS, ROWS
from engagements.models import Engagement

# By name, as listing.in_order has them: a column, then the key.
COLUMNS = {"title_en": "sort_en", "title_fr": "sort_fr", "changed": "changed_at"}
PORTION = 128
# After so many changes it is made anew, since portions may have grown.
WORN = 5_000

# What is compared: the value of the column, and the key.
Stand = tuple[Any, int]


@dataclass(frozen=True, kw_only=True)
class Order:
    """One order of all engagements, as of some moment.

    numbers: of each key the number of its portion. bounds: where each portion but the first begins. last:
    where the last of all stood. stale: those that changed since; moved: how many did before.
    """

    name: str
    numbers: Numbers
    bounds: Sequence[Stand]
    last: Stand | None
    stale: BitMap = field(default_factory=BitMap)
    moved: int = 0

    @classmethod
    def of_all(cls, name: str) -> Order:
        """Two queries, and one for every KEYS portions; to be asked in one transaction."""
        column = COLUMNS[name]
        order = column if name == "changed" else binary_order(column)
        rows = Engagement.objects.order_by(order, "pk").values_list("pk", flat=True)
        keys = array("I", rows.iterator(ROWS))
        portions = {
            number: keys[start : start + PORTION]
            for number, start in enumerate(range(0, len(keys), PORTION))
        }
        bounds = list(_stands(column, keys[PORTION::PORTION]))
        last = max(_stands(column, keys[-1:]), default=None)
        return cls(name=name, numbers=Numbers.of(portions), bounds=sorted(bounds), last=last)

    @property
    def is_worn(self) -> bool:
        return self.moved > max(WORN, len(self.numbers.known) // 8)

    def outdated(self, changed: BitMap) -> Order:
        return replace(self, stale=self.stale | changed)

    def brought_up(self) -> Order:
        """With those in place that changed. A query for every KEYS of them."""
        bounds, last = list(self.bounds), self.last
        numbered: dict[int, list[int]] = defaultdict(list)
        held = len(self.numbers.equal(len(bounds)) - self.stale)
        for stand in sorted(_stands(COLUMNS[self.name], self.stale)):
            if last is None or stand > last:
                # What is changed last stands last: there the order grows, a portion after the other.
                last, held = stand, held + 1
                if held > PORTION:
                    bounds.append(stand)
                    held = 1
            numbered[bisect_right(bounds, stand)].append(stand[1])
        return replace(
            self,
            numbers=self.numbers.changed(self.stale, Numbers.of(numbered)),
            bounds=bounds,
            last=last,
            stale=BitMap(),
            moved=self.moved + len(self.stale),
        )

    def around(
        self, among: BitMap, start: int, stop: int, *, backwards: bool
    ) -> tuple[BitMap, int]:
        """The portions in which some of a page stand, and how many stand before it in them.

        `start` and `stop` count those among which it is; `backwards` from the last.
        """
        among = among & self.numbers.known
        stop = min(stop, len(among))
        if start >= stop:
            return BitMap(), 0
        if backwards:
            start, stop = len(among) - stop, len(among) - start
        first, before = self.numbers.at(among, start)
        last, _before = self.numbers.at(among, stop - 1)
        those = among & (self.numbers.below(last + 1) - self.numbers.below(first))
        return those, len(those) - before - (stop - start) if backwards else before


def _stands(column: str, keys: Iterable[int]) -> Iterator[Stand]:
    wanted = list(keys)
    for start in range(0, len(wanted), KEYS):
        some = Engagement.objects.order_by().filter(pk__in=wanted[start : start + KEYS])
        yield from some.values_list(column, "pk")
