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

from common.reading import Keys, in_columns, rows_of, undated
from engagements.models import Alignment, Engagement, EngagementQuerySet, Participation

if TYPE_CHECKING:
    from engagements.exports.words import Words

FIRST_LOT, LOT = 100, 1_000
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
        found = engagements.order_by().aggregate(count=Count("pk"), marking=Max("sensitivity"))
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
        hanging = {name: HANGING[name](words) for name in HANGING if name in asked}
        begin, size = 0, FIRST_LOT
        while begin < len(self.keys):
            yield self._lot(self.keys[begin : begin + size], wanted, hanging)
            begin, size = begin + size, LOT

    def _lot(self, keys: array[int], wanted: list[str], hanging: Mapping[str, Hanging]) -> Lot:
        found = self.visible.filter(pk__in=Keys(keys)).order_by()
        read = found.values_list(*(undated(Engagement, name) for name in wanted))
        rows = {row[0]: row for row in rows_of(read)}
        seen = [key for key in keys if key in rows]
        columns = in_columns(read, [rows[key] for key in seen])
        lot: dict[str, Sequence[Any]] = dict(zip(wanted, columns, strict=True))
        return lot | {name: of.of(seen) for name, of in hanging.items()}


class Hanging:
    """What hangs on engagements in a table of its own, as a tuple: the same for whatever has the same.

    `read` gives rows, each of an engagement and of what `make` makes one of; `rank` in which order people
    read them, where the table does not say it: sorted here, no lot asks the database to join and sort.
    """

    def __init__(
        self,
        read: Callable[[list[int]], Iterable[Sequence[Any]]],
        make: Callable[..., Any],
        rank: Callable[[Any], int] | None = None,
    ) -> None:
        self.read, self.make, self.rank = read, make, rank

    def of(self, keys: list[int]) -> list[tuple[Any, ...]]:
        found: dict[int, list[Any]] = {key: [] for key in keys}
        if rows := self.read(keys):
            engagements, *hangs = zip(*rows, strict=True)
            for engagement, one in zip(engagements, map(self.make, *hangs), strict=True):
                found[engagement].append(one)
        if self.rank:
            for hanging in found.values():
                if len(hanging) > 1:
                    hanging.sort(key=self.rank)
        return [tuple(hanging) for hanging in found.values()]


def parts(words: Words) -> Hanging:
    return Hanging(parts_of, Part)


def countries(words: Words) -> Hanging:
    ranks = {key: rank for rank, key in enumerate(words.countries)}
    return Hanging(countries_of, int, ranks.__getitem__)


def tags(words: Words) -> Hanging:
    ranks = {key: rank for rank, key in enumerate(words.objectives)}
    return Hanging(tags_of, Tag, lambda tag: ranks[tag.objective])


HANGING: dict[str, Callable[[Words], Hanging]] = {
    "parts": parts,
    "countries": countries,
    "tags": tags,
}


def parts_of(keys: list[int]) -> list[Sequence[Any]]:
    found = Participation.objects.filter(engagement__in=Keys(keys)).order_by("position", "pk")
    return rows_of(found.values_list("engagement_id", "partner_id", "role"))


def countries_of(keys: list[int]) -> list[Sequence[Any]]:
    through = Engagement.countries.through.objects.filter(engagement__in=Keys(keys))
    return rows_of(through.values_list("engagement_id", "country_id"))


def tags_of(keys: list[int]) -> list[Sequence[Any]]:
    found = Alignment.objects.filter(engagement__in=Keys(keys)).order_by()
    return rows_of(found.values_list("engagement_id", "objective_id", "primary", "reason"))
