"""What an export reads: engagements in their order, some hundred at a time, with what hangs on them.

However many there are, memory holds their keys and one lot; however many are in a lot, it is read in the
same number of queries, and of it only what the file shows, as tuples. What they refer to (partners,
countries, …) is read once, by `Words`. Days and moments are read as the text they are kept as: many
engagements say the same, and a CSV shows nothing else.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import Count, Max

from common.reading import ByKeys, undated
from engagements import counting
from engagements.exports.known import Known
from engagements.models import Alignment, Engagement, EngagementQuerySet, Participation

if TYPE_CHECKING:
    from engagements.exports.words import Words

FIRST_LOT, LOT = 100, 1_500
# Read of each engagement whatever the file shows.
ALWAYS = ("pk", "sensitivity")

# Some engagements, column by column: name → a value for each, in their order. A day or a moment is text.
Lot = Mapping[str, Sequence[Any]]


class Part(NamedTuple):
    """A partner (its key) and its role."""

    partner: int
    role: str


class Tag(NamedTuple):
    """An objective (its key), whether it is primary of its framework, and the reason given."""

    objective: int
    primary: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Record:
    """An engagement; its partners as arranged, countries by code, objectives in their order."""

    engagement: Engagement
    parts: list[Part] = field(default_factory=list)
    countries: list[int] = field(default_factory=list)
    tags: list[Tag] = field(default_factory=list)

    def read(self, name: str) -> Any:
        """As a lot has it under this name."""
        return getattr(self if name in HANGING else self.engagement, name)


class Records:
    """Those of a queryset that starts at visible_to(user), in its order; `len` of them.

    `marking`: the highest among them as they are now. Which they are is read with the first lot, so that a
    file begins before all of them are put in order.

    Whether the reader may see each is asked again with every lot: one that is marked above their clearance
    while a long file is being made is in it no more.
    """

    def __init__(self, engagements: EngagementQuerySet, *, visible: EngagementQuerySet) -> None:
        self.engagements, self.visible = engagements, visible
        found = counting.aggregate(engagements, count=Count("pk"), marking=Max("sensitivity"))
        self.count, self.marking = found["count"], found["marking"] or 0

    def __len__(self) -> int:
        return self.count

    @cached_property
    def keys(self) -> array[int]:
        found = self.engagements.values_list("pk", flat=True)
        return array("q", found.iterator(chunk_size=5000))

    def lots(self, names: Iterable[str], words: Words) -> Iterator[Lot]:
        """With these columns of an engagement, `sensitivity`, and what of HANGING is among them."""
        asked = dict.fromkeys([*ALWAYS, *names])
        wanted = [name for name in asked if name not in HANGING]
        columns = (undated(Engagement, name) for name in wanted)
        read = ByKeys(self.visible.order_by().values_list(*columns))
        hanging = {name: HANGING[name](words) for name in HANGING if name in asked}
        begin, size = 0, FIRST_LOT
        while begin < len(self.keys):
            yield lot_of(self.keys[begin : begin + size], wanted, read, hanging)
            begin, size = begin + size, LOT


def lot_of(
    keys: array[int], wanted: list[str], read: ByKeys, hanging: Mapping[str, Hanging]
) -> Lot:
    rows = {row[0]: row for row in read.rows(keys)}
    seen = [key for key in keys if key in rows]
    columns = read.in_columns([rows[key] for key in seen])
    lot: dict[str, Sequence[Any]] = dict(zip(wanted, columns, strict=True))
    return lot | {name: of.of(seen) for name, of in hanging.items()}


class Hanging:
    """What hangs on engagements in a table of its own, as a tuple: the same for whatever has the same.

    `read` gives rows, each of an engagement and of what `make` makes one of; `rank` in which order people
    read them, where the table does not say it: sorted here, no lot asks the database to join and sort.
    """

    def __init__(
        self, read: ByKeys, make: Callable[..., Any], rank: Callable[[Any], int] | None = None
    ) -> None:
        self.read, self.rank = read, rank
        self.made = Known(lambda row: make(*row))

    def of(self, keys: list[int]) -> list[tuple[Any, ...]]:
        found: dict[int, list[Any]] = {key: [] for key in keys}
        if rows := self.read.rows(keys):
            engagements, *hangs = zip(*rows, strict=True)
            made = map(self.made.__getitem__, zip(*hangs, strict=True))
            for engagement, one in zip(engagements, made, strict=True):
                found[engagement].append(one)
        if self.rank:
            for hanging in found.values():
                if len(hanging) > 1:
                    hanging.sort(key=self.rank)
        return [tuple(hanging) for hanging in found.values()]


def parts(words: Words) -> Hanging:
    found = Participation.objects.order_by("position", "pk")
    read = found.values_list("engagement_id", "partner_id", "role")
    return Hanging(ByKeys(read, "engagement_id"), Part)


def countries(words: Words) -> Hanging:
    ranks = {key: rank for rank, key in enumerate(words.countries)}
    read = Engagement.countries.through.objects.values_list("engagement_id", "country_id")
    return Hanging(ByKeys(read, "engagement_id"), int, ranks.__getitem__)


def tags(words: Words) -> Hanging:
    ranks = {key: rank for rank, key in enumerate(words.objectives)}
    found = Alignment.objects.order_by()
    read = found.values_list("engagement_id", "objective_id", "primary", "reason")
    return Hanging(ByKeys(read, "engagement_id"), Tag, lambda tag: ranks[tag.objective])


HANGING: dict[str, Callable[[Words], Hanging]] = {
    "parts": parts,
    "countries": countries,
    "tags": tags,
}
