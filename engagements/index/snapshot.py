"""The sets as they are at one moment. A snapshot never changes: what follows is a new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pyroaring import BitMap

from engagements.index.keeping import Lot
from engagements.index.notes import News, Place
from engagements.index.numbers import Gathered, Numbers, compact, lay_together
from engagements.index.orders import Order
from engagements.index.parts import Parts
from engagements.index.reading import NAMES, NUMBERS, Read, as_of_one_moment, read
from engagements.kinds import Kind

T = TypeVar("T")

# Only of an exchange of information does a role tell who asked and who answered.
TOLD_BY_ROLE = ("asked", "answered")

# What was found out by asking the database is brought up to date so many changes long, then asked again.
REMEMBERED, CHANGES = 100, 200
# So many days and numbers are remembered with those that are below them: today's, above all.
BORDERS = 16
# Of more that change at once, figures are counted anew.
AT_ONCE = 1_000


@dataclass(frozen=True)
class Found:
    """Engagements for which a condition held when so many changes had been seen."""

    keys: BitMap
    changes: int


@dataclass(frozen=True)
class Changed:
    """Engagements that changed at once, and a snapshot of what those alone were before."""

    keys: BitMap
    before: Snapshot


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """Keys of engagements. every: all there are. values: by name and value; numbers: by name.

    found: what conditions asked of the database gave, by the words they were asked in. changed: what
    changed, change by change, since the sets were read. around: what engagements are told by, kept for as
    long as it stands. orders: those that were asked for. made: what was made of all of it, kept until any of
    it changes (remembering.py). borders: those below a number, by its name and the number. lots: figures that
    are kept up (keeping.py). since: of what changed, those alone as they are, by how many came before. parts:
    of pages, as they were written out (parts.py).
    """

    place: Place
    every: BitMap
    values: Mapping[str, Mapping[Any, BitMap]]
    numbers: Mapping[str, Numbers]
    found: dict[tuple, Found] = field(default_factory=dict)
    changed: tuple[Changed, ...] = ()
    around: dict[str, Any] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    made: dict[Any, Any] = field(default_factory=dict)
    borders: dict[tuple[str, int], Found] = field(default_factory=dict)
    lots: list[Lot] = field(default_factory=list)
    since: dict[int, Snapshot] = field(default_factory=dict)
    parts: Parts = field(default_factory=Parts)

    @classmethod
    def of(cls, place: Place) -> Snapshot:
        """Everything read; in one transaction with the place."""
        found = cls(place=place, **_gathered(read()))
        lay_together(found.sets)
        return found

    @property
    def sets(self) -> list[BitMap]:
        of_values = (keys for by_value in self.values.values() for keys in by_value.values())
        of_numbers = (keys for one in self.numbers.values() for keys in (one.known, *one.bits))
        return [self.every, *of_values, *of_numbers]

    def after(self, news: News) -> Snapshot:
        """With what changed since. Six queries where engagements did, else none."""
        if news.place == self.place:
            return self
        kept = replace(self, place=news.place)
        if news.around:
            kept = replace(kept, found={}, around={}, made={}, lots=[], parts=Parts())
        return kept._with_changed(news.engagements) if news.engagements else kept

    def _with_changed(self, keys: Iterable[int]) -> Snapshot:
        gone, new = BitMap(keys), _gathered(read(tuple(keys)))
        is_long = len(self.changed) >= CHANGES
        return replace(
            self,
            every=(self.every - gone) | new["every"],
            values={
                name: _values_after(by_value, gone, new["values"][name])
                for name, by_value in self.values.items()
            },
            numbers={
                name: numbers.changed(gone, new["numbers"][name])
                for name, numbers in self.numbers.items()
            },
            found={} if is_long else self.found,
            orders={name: order.outdated(gone) for name, order in self.orders.items()},
            changed=() if is_long else (*self.changed, Changed(gone, self.only(gone))),
            made={},
            borders={} if is_long else self.borders,
            lots=[] if is_long or len(gone) > AT_ONCE else self.lots,
            since={},
        )

    def only(self, keys: BitMap) -> Snapshot:
        """Of these engagements alone: their sets, and nothing that was remembered."""
        return Snapshot(
            place=self.place,
            every=self.every & keys,
            values={
                name: {
                    value: some & keys
                    for value, some in by_value.items()
                    if not some.isdisjoint(keys)
                }
                for name, by_value in self.values.items()
            },
            numbers={name: numbers.only(keys) for name, numbers in self.numbers.items()},
        )

    def changed_keys(self, changes: int) -> BitMap:
        """What changed since there were so many changes."""
        return BitMap.union(BitMap(), *(change.keys for change in self.changed[changes:]))

    def changed_since(self, changes: int) -> Snapshot:
        """A snapshot of those alone, as they are."""
        if changes not in self.since:
            self.since[changes] = self.only(self.changed_keys(changes))
        return self.since[changes]

    def having(self, name: str, values: Iterable[Any]) -> BitMap:
        """Those with any of these values. Of one value it is the set itself: nobody may change it."""
        by_value = self.values[name]
        found = [by_value[one] for one in set(values) if one in by_value]
        return found[0] if len(found) == 1 else BitMap.union(BitMap(), *found)

    def below(self, name: str, number: int) -> BitMap:
        """Those with a smaller one, kept for the next time: a page asks often what lies before today."""
        known, now = self.borders.get((name, number)), len(self.changed)
        if known and known.changes == now:
            return known.keys
        if known and known.changes < now:
            since = self.changed_since(known.changes).numbers[name]
            keys = (known.keys - self.changed_keys(known.changes)) | since.below(number)
        else:
            keys = self.numbers[name].below(number)
        _make_room(self.borders, BORDERS)
        self.borders[name, number] = Found(keys, now)
        return keys

    def order(self, name: str) -> Order:
        """As it is now. Read from the database where nobody asked for it before."""
        order = self.orders.get(name)
        if order is None or order.is_worn:
            with as_of_one_moment():
                order = Order.of_all(name)
        elif order.stale:
            order = order.brought_up()
        self.orders[name] = order
        return order

    def told(self, name: str, ask: Callable[[], T]) -> T:
        """What engagements are told by, asked once for as long as nothing of it changes."""
        if name not in self.around:
            self.around[name] = ask()
        return self.around[name]

    def where(
        self,
        words: tuple,
        ask: Callable[[BitMap | None], BitMap],
    ) -> BitMap:
        """For which a condition holds that the database has to be asked; `ask` it of these, or of all."""
        known = self.found.get(words)
        if known is None:
            keys = ask(None)
            _make_room(self.found, REMEMBERED)
        elif known.changes >= len(self.changed):
            return known.keys
        else:
            gone = self.changed_keys(known.changes)
            keys = (known.keys - gone) | ask(gone)
        self.found[words] = Found(keys, len(self.changed))
        return keys


def _make_room(kept: dict[Any, Any], most: int) -> None:
    """For one more: those kept first go."""
    for oldest in list(kept)[: len(kept) + 1 - most]:
        kept.pop(oldest, None)


def _values_after(
    by_value: Mapping[Any, BitMap], gone: BitMap, new: Mapping[Any, BitMap]
) -> dict[Any, BitMap]:
    after = {
        value: keys if keys.isdisjoint(gone) else keys - gone for value, keys in by_value.items()
    }
    for value, keys in new.items():
        after[value] = after.get(value, BitMap()) | keys
    return {value: keys for value, keys in after.items() if keys}


def _gathered(lots: Iterable[Read]) -> dict[str, Any]:
    """What a snapshot has of them: every, values, numbers."""
    every = BitMap()
    values: dict[str, dict[Any, BitMap]] = {name: defaultdict(BitMap) for name in NAMES}
    numbers = {name: Gathered() for name in NUMBERS}
    for lot in lots:
        every |= BitMap(lot.every)
        for name, by_value in lot.values.items():
            for value, keys in by_value.items():
                values[name][value] |= BitMap(keys)
        for name, numbered in lot.numbers.items():
            numbers[name].take_in(numbered)
    exchanges = values["kind"][Kind.INFORMATION_EXCHANGE]
    for name in TOLD_BY_ROLE:
        values[name] = {value: keys & exchanges for value, keys in values[name].items()}
    return {
        "every": compact(every),
        "values": {
            name: {value: compact(keys) for value, keys in by_value.items() if keys}
            for name, by_value in values.items()
        },
        "numbers": {name: gathered.numbers for name, gathered in numbers.items()},
    }
