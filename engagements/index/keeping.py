"""Figures kept up from one snapshot to the next, so that a save costs what it changed and not all there is.

What adds up over engagements (so many, so much) is counted of all of them once. After a change the same
function counts those that changed, as they were and as they are: the first is taken away, the second added.
What is told of each value apart, such as of each partner, is told again of the values they had or have.

Nobody's figures are another's: they are kept by the very set of the engagements that they were counted of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from pyroaring import BitMap

if TYPE_CHECKING:
    from engagements.index.snapshot import Snapshot

T = TypeVar("T")
# Whole numbers by what they are of, of those of the keys that are in the snapshot. It asks the sets of the
# snapshot that it is given and nothing else: it is given small ones, of what changed alone.
Count = Callable[["Snapshot", BitMap], Mapping[Any, int]]

# Of so many sets figures are kept: a dashboard and a few lists, for readers of each clearance. Of others,
# those asked for longest ago are counted anew. A set of a million takes 130 kB at most.
LOTS = 64


@dataclass(frozen=True)
class Kept:
    """What was told of some engagements when so many changes had been seen. Nobody may change it."""

    told: Any
    keys: BitMap
    changes: int


@dataclass(frozen=True)
class Lot:
    """By the question, what was told of one set of engagements: now, or before the last changes."""

    keys: BitMap
    changes: int
    told: dict[Hashable, Kept] = field(default_factory=dict)


def kept_up(question: Hashable, snapshot: Snapshot, keys: BitMap, count: Count) -> Counter[Any]:
    """What `count` gives of all the keys. `question` says all that it depends on beside these."""
    lot = _lot_of(snapshot, keys)
    known = lot.told.get(question)
    if known is None:
        found = _without_noughts(count(snapshot, keys))
    elif known.changes == lot.changes:
        return Counter(known.told)
    else:
        found = _brought_up(known, snapshot, keys, count)
    lot.told[question] = Kept(found, lot.keys, lot.changes)
    return Counter(found)


def _brought_up(known: Kept, snapshot: Snapshot, keys: BitMap, count: Count) -> Counter[Any]:
    found = Counter(known.told)
    for before in _before(known, snapshot):
        found.subtract(count(before, known.keys & before.every))
    now = snapshot.changed_since(known.changes)
    found.update(count(now, keys & now.every))
    return _without_noughts(found)


def _without_noughts(found: Mapping[Any, int]) -> Counter[Any]:
    return Counter({name: n for name, n in found.items() if n})


def told_of_each(
    question: Hashable,
    snapshot: Snapshot,
    keys: BitMap,
    name: str,
    tell: Callable[[Any, BitMap], T],
) -> dict[Any, T]:
    """By each value of `name` that some of the keys have, what `tell` says of it and of those that have it.

    `question` says all that it depends on beside these. Nobody may change what is given.
    """
    lot, values = _lot_of(snapshot, keys), snapshot.values[name]
    known = lot.told.get(question)
    if known is None:
        found, asked = {}, set(values)
    elif known.changes == lot.changes:
        return known.told
    else:
        touched = [*_before(known, snapshot), snapshot.changed_since(known.changes)]
        asked = {value for one in touched for value in one.values[name]}
        found = {value: told for value, told in known.told.items() if value not in asked}
    for value in asked & values.keys():
        if own := values[value] & keys:
            found[value] = tell(value, own)
    lot.told[question] = Kept(found, lot.keys, lot.changes)
    return found


def _before(known: Kept, snapshot: Snapshot) -> Iterator[Snapshot]:
    """What changed since, as it was then: of what changed more than once, as it was first."""
    seen = BitMap()
    for change in snapshot.changed[known.changes :]:
        yield change.before.only(change.keys - seen) if seen else change.before
        seen = seen | change.keys


def _lot_of(snapshot: Snapshot, keys: BitMap) -> Lot:
    """The one of this very set, as it is now."""
    lots, now = snapshot.lots, len(snapshot.changed)
    same = next(
        (lot for lot in tuple(lots) if lot.changes <= now and _is(lot, snapshot, keys)), None
    )
    if same and same.changes == now:
        return same
    found = Lot(keys, now, dict(same.told) if same else {})
    lots[:] = [found, *(lot for lot in lots if lot is not same)][:LOTS]
    return found


def _is(lot: Lot, snapshot: Snapshot, keys: BitMap) -> bool:
    """Whether it is of these engagements, but for such as changed since."""
    gone = snapshot.changed_keys(lot.changes)
    if abs(len(keys) - len(lot.keys)) > len(gone):
        return False
    return (keys ^ lot.keys).issubset(gone) if gone else keys == lot.keys
