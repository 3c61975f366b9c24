"""Who has a part in which engagements, and what these tell: read once, as narrow as it can be.

Keys and short texts alone are read and sorted into sets and arrays: to have the database put so many rows
together by partner, or tell a hierarchy's parts apart, takes it several times as long. An engagement goes by
its place in the order in which they were read, so that what it tells is looked up by position.
"""

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import TextField
from django.db.models.functions import Cast

from engagements.kinds import Kind, Stage
from engagements.models import EngagementQuerySet, Participation

# Rows fetched at a time: none stays in memory longer than it takes to sort it in.
AT_ONCE = 5000

# Places of engagements, by the key of a partner.
ByPartner = dict[int, set[int]]


class Standing(NamedTuple):
    """What many engagements have in common. year: the end of the fiscal year, where one is known.
    ahead: planned, and not over.
    """

    sensitivity: int
    done: bool
    year: int | None
    ahead: bool


@dataclass(kw_only=True)
class Told:
    """What engagements tell: their places by key, and by their places the rest.

    kind, standing: the number of what `kinds` and `standings` list. first, latest: of those completed
    that have begun the first and the last day on which they can have, as ISO writes it; else None.
    """

    places: dict[int, int] = field(default_factory=dict)
    kind: array = field(default_factory=lambda: array("H"))
    kinds: list[str] = field(default_factory=list)
    standing: array = field(default_factory=lambda: array("L"))
    standings: list[Standing] = field(default_factory=list)
    first: list[str | None] = field(default_factory=list)
    latest: list[str | None] = field(default_factory=list)

    def of_kind(self, kind: str) -> set[int]:
        return {place for place, one in enumerate(self.kind) if self.kinds[one] == kind}

    def of_year(self, ends: int) -> set[int]:
        found = {number for number, one in enumerate(self.standings) if one.year == ends}
        return {place for place, number in enumerate(self.standing) if number in found}


COLUMNS = ("pk", "kind", "sensitivity", "stage", "fiscal_year")
DAYS = ("start_earliest", "start_latest", "spans_to")


def told_by(engagements: EngagementQuerySet, today: dt.date) -> Told:
    """One query."""
    told, now = Told(), today.isoformat()
    kinds: dict[str, int] = {}
    standings: dict[tuple, int] = {}
    days: dict[str, str] = {}
    rows = engagements.order_by().values_list(*COLUMNS, *(Cast(day, TextField()) for day in DAYS))
    for pk, kind, sensitivity, stage, year, first, latest, until in rows.iterator(AT_ONCE):
        told.places[pk] = len(told.places)
        told.kind.append(kinds.setdefault(kind, len(kinds)))
        done = stage == Stage.COMPLETED
        ahead = not done and until is not None and until >= now
        standing = sensitivity, done, year, ahead
        told.standing.append(standings.setdefault(standing, len(standings)))
        begun = done and first is not None and first <= now
        # A day is kept once, however many begin on it.
        told.first.append(days.setdefault(first, first) if begun else None)
        told.latest.append(days.setdefault(latest, latest) if begun else None)
    told.kinds, told.standings = list(kinds), [Standing(*one) for one in standings]
    return told


@dataclass(kw_only=True)
class Parts:
    """What each partner has a part in; and of what was exchanged, what it asked for or answered."""

    every: ByPartner = field(default_factory=lambda: defaultdict(set))
    asked: ByPartner = field(default_factory=lambda: defaultdict(set))
    answered: ByPartner = field(default_factory=lambda: defaultdict(set))

    def rolled_up(self, above: Mapping[int, tuple[int, ...]], shown: Collection[int]) -> "Parts":
        """Of those shown, with what the bodies beneath them have, each engagement once."""
        return Parts(
            every=_rolled_up(self.every, above, shown),
            asked=_rolled_up(self.asked, above, shown),
            answered=_rolled_up(self.answered, above, shown),
        )


def _rolled_up(
    own: ByPartner, above: Mapping[int, tuple[int, ...]], shown: Collection[int]
) -> ByPartner:
    found: ByPartner = defaultdict(set)
    for partner, parts in own.items():
        for one in above.get(partner, ()):
            if one in shown:
                found[one] |= parts
    return found


def parts_in(engagements: EngagementQuerySet, told: Told) -> Parts:
    """One query. Only of an exchange of information does a role tell who asked and who answered."""
    found, places = Parts(), told.places
    exchanges = told.of_kind(Kind.INFORMATION_EXCHANGE)
    asked, answered = set(Participation.ASKED), set(Participation.ANSWERED)
    for partner, engagement, role in _rows(engagements):
        place = places.get(engagement)
        if place is None:  # Logged since the others were read.
            continue
        found.every[partner].add(place)
        if place in exchanges:
            if role in asked:
                found.asked[partner].add(place)
            elif role in answered:
                found.answered[partner].add(place)
    return found


def _rows(engagements: EngagementQuerySet) -> Iterable[tuple[int, int, str]]:
    parts = Participation.objects.filter(engagement__in=engagements.order_by().values("pk"))
    return parts.order_by().values_list("partner", "engagement", "role").iterator(AT_ONCE)


def places_of(engagements: EngagementQuerySet, told: Told) -> set[int]:
    """One query: those of the engagements that were told of."""
    keys = engagements.order_by().values_list("pk", flat=True).iterator(AT_ONCE)
    return {told.places[pk] for pk in keys if pk in told.places}
