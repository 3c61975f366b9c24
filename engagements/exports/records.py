"""What an export reads: engagements in their order, some hundred at a time, with what hangs on them.

However many there are, memory holds their keys and one chunk; however many are in a chunk, it is read in the
same number of queries. What they refer to (partners, countries, …) is read once, by `Words`.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import QuerySet

from engagements.models import Alignment, Engagement, EngagementQuerySet, Participation
from objectives.models import Objective
from partners.models import Country

CHUNK = 500
# What no column shows, and some of it is long.
NOT_READ = ("search_text", "sort_en", "sort_fr", "draft_input", "form_key")


@dataclass(frozen=True, slots=True)
class Part:
    """A partner (its key) and its role."""

    partner: int
    role: str


@dataclass(frozen=True, slots=True)
class Tag:
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


class Records:
    """Those of a queryset that starts at visible_to(user), in its order; `len` of them.

    `marking`: the highest among them as they are now.

    Whether the reader may see each is asked again with every chunk: one that is marked above their clearance
    while a long file is being made is in it no more.
    """

    def __init__(self, engagements: EngagementQuerySet, *, visible: EngagementQuerySet) -> None:
        self.keys, self.marking = array("q"), 0
        found = engagements.values_list("pk", "sensitivity").iterator(chunk_size=5000)
        for key, sensitivity in found:
            self.keys.append(key)
            self.marking = max(self.marking, sensitivity)
        self.visible = visible
        # In which order people read them: sorted here, no chunk asks the database to join and sort.
        self.ranks = in_order(Objective.objects.in_order())
        self.places = in_order(Country.objects.order_by("iso2"))

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[Record]:
        for begin in range(0, len(self.keys), CHUNK):
            yield from self._chunk(list(self.keys[begin : begin + CHUNK]))

    def _chunk(self, keys: list[int]) -> Iterator[Record]:
        found = self.visible.filter(pk__in=keys).order_by().defer(*NOT_READ)
        records = {each.pk: Record(each) for each in found}
        for engagement, partner, role in parts_of(keys):
            if engagement in records:
                records[engagement].parts.append(Part(partner, role))
        for engagement, country in countries_of(keys):
            if engagement in records:
                records[engagement].countries.append(country)
        for engagement, objective, primary, reason in tags_of(keys):
            if engagement in records:
                records[engagement].tags.append(Tag(objective, primary, reason))
        for key in keys:
            if record := records.get(key):
                record.countries.sort(key=self.places.__getitem__)
                record.tags.sort(key=lambda tag: self.ranks[tag.objective])
                yield record


def in_order(records: QuerySet) -> dict[int, int]:
    """Key → its place."""
    return {key: place for place, key in enumerate(records.values_list("pk", flat=True))}


def parts_of(keys: list[int]) -> Iterator[tuple[int, int, str]]:
    parts = Participation.objects.filter(engagement__in=keys).order_by("position", "pk")
    return parts.values_list("engagement_id", "partner_id", "role").iterator()


def countries_of(keys: list[int]) -> Iterator[tuple[int, int]]:
    through = Engagement.countries.through.objects.filter(engagement__in=keys)
    return through.values_list("engagement_id", "country_id").iterator()


def tags_of(keys: list[int]) -> Iterator[tuple[int, int, bool, str]]:
    tags = Alignment.objects.filter(engagement__in=keys).order_by()
    return tags.values_list("engagement_id", "objective_id", "primary", "reason").iterator()
