"""What was done with partners. The one place from which this app reads engagements.

The arrow points the other way, so engagements and objectives are reached through the partner's own
relations. Every read starts at what the reader may see.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from common.partial_dates import FiscalYear
from partners.models import Partner

SHOWN_AT_ONCE = 30


def engagement_model() -> Any:
    return Partner._meta.get_field("engagements").related_model


def engagements_with(partners: Iterable[int], user: User) -> Any:
    """What the reader may see of what was logged with any of these partners."""
    return engagement_model().objects.visible_to(user).logged().with_partners(*partners)


def list_of(partner: Partner, **narrow: Any) -> str:
    """The address of the list of exactly what a figure of the partner and its bodies counted."""
    query = {"partner": partner.code, "stage": engagement_model().COUNTED_STAGES} | narrow
    return f"{reverse('engagements:list')}?{urlencode(query, doseq=True)}"


# Many partners: how many engagements each has, and the last


@dataclass(frozen=True)
class Tally:
    """Of a partner and its bodies: how many engagements count, and the latest that has begun."""

    partner: Partner
    count: int
    last: Any = None
    rolled_up: bool = False
    # The highest of those counted.
    sensitivity: int = 0

    @property
    def url(self) -> str:
        return list_of(self.partner)


def tallies(partners: list[Partner], user: User) -> dict[int, Tally]:
    """A tally each, by primary key, in a fixed number of queries whatever theirs."""
    beneath = keys_beneath_each(partner.pk for partner in partners)
    counted = engagement_model().objects.visible_to(user).counted()
    found = counted.with_each(beneath, until=timezone.localdate())
    known = counted.in_bulk({one.last for one in found.values() if one.last})
    return {
        partner.pk: Tally(
            partner,
            found[partner.pk].count,
            known.get(found[partner.pk].last),
            len(beneath[partner.pk]) > 1,
            found[partner.pk].sensitivity,
        )
        for partner in partners
    }


def keys_beneath_each(roots: Iterable[int]) -> dict[int, set[int]]:
    """For each root the primary keys of itself and of all that stand under it; one query."""
    under: dict[int | None, list[int]] = defaultdict(list)
    for pk, parent in Partner.objects.exclude(parent=None).values_list("pk", "parent"):
        under[parent].append(pk)
    found = {}
    for root in roots:
        keys, layer = {root}, [root]
        while layer:
            layer = [pk for parent in layer for pk in under[parent] if pk not in keys]
            keys.update(layer)
        found[root] = keys
    return found


# One partner: everything its page says


@dataclass(frozen=True)
class Year:
    """A fiscal year (None where the start is unknown), how many it holds, and those shown of them."""

    year: FiscalYear | None
    count: int
    url: str
    engagements: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Served:
    """An objective, how many engagements served it, and its bar of 120 units."""

    objective: Any
    count: int
    width: int
    url: str


@dataclass(frozen=True)
class Figure:
    count: int
    url: str = ""


class Together:
    """What was done with a partner, and with its bodies unless `alone`."""

    def __init__(self, partner: Partner, user: User, *, alone: bool = False) -> None:
        self.partner, self.alone, self.today = partner, alone, timezone.localdate()
        self.beneath = keys_beneath_each([partner.pk])[partner.pk]
        self.partners = {partner.pk} if alone else self.beneath
        logged = engagements_with(self.partners, user)
        self.marking = logged.highest_sensitivity()
        self.engagements = logged.counted()
        self.left_out = logged.filter(stage__in=engagement_model().LEFT_OUT_STAGES).how_many()
        self._stages = self.engagements.tally("stage")
        self._years = self.engagements.tally("fiscal_year")

    @property
    def has_bodies(self) -> bool:
        return len(self.beneath) > 1

    def url(self, **narrow: Any) -> str:
        """The list behind a figure; none of the partner alone, since a list rolls bodies up."""
        return "" if self.alone and self.has_bodies else list_of(self.partner, **narrow)

    @property
    def left_out_url(self) -> str:
        return self.url(stage=engagement_model().LEFT_OUT_STAGES)

    @property
    def all(self) -> Figure:
        return Figure(self._stages.total(), self.url())

    @property
    def planned(self) -> int:
        return sum(count for stage, count in self._stages.items() if stage != "completed")

    @property
    def since(self) -> FiscalYear | None:
        years = [year for year in self._years if year]
        return FiscalYear(min(years)) if years else None

    @cached_property
    def given(self) -> Figure:
        """What CSC gave: told by the kind, in an exchange of information by who asked."""
        return self._exchanged("given", self.engagements.given_to(*self.partners))

    @cached_property
    def received(self) -> Figure:
        return self._exchanged("received", self.engagements.received_from(*self.partners))

    def _exchanged(self, direction: str, engagements: Any) -> Figure:
        count = engagements.how_many()
        return Figure(count, self.url(**{direction: self.partner.code}) if count else "")

    def last(self) -> Any:
        """The latest that has begun; planned ones lie ahead."""
        begun = self.engagements.filter(start_earliest__lte=self.today)
        return next(iter(begun.newest(1)), None)

    def years(self) -> list[Year]:
        """The latest year first, the unknown one last; the newest SHOWN_AT_ONCE engagements in them."""
        shown: dict[int | None, list[Any]] = defaultdict(list)
        for engagement in self.engagements.for_list().newest(SHOWN_AT_ONCE):
            shown[engagement.fiscal_year].append(engagement)
        return [
            Year(
                FiscalYear(year) if year else None,
                self._years[year],
                self.url(fy=FiscalYear(year) if year else "unknown"),
                shown[year],
            )
            for year in sorted(self._years, key=lambda year: year or 0, reverse=True)
        ]

    def served(self) -> list[Served]:
        """Objectives these engagements serve, the most served first."""
        objectives = engagement_model()._meta.get_field("objectives").related_model.objects
        counts = self.engagements.tally("objective")
        found = objectives.filter(pk__in=counts).select_related("framework").in_order()
        most = max(counts.values(), default=1)
        return [
            Served(o, counts[o.pk], round(120 * counts[o.pk] / most), self.url(objective=o.code))
            for o in sorted(found, key=lambda objective: -counts[objective.pk])
        ]

    def never(self, served: list[Served]) -> list[Any]:
        """Objectives in force today that none of these engagements serves."""
        objective = engagement_model()._meta.get_field("objectives").related_model
        frameworks = objective._meta.get_field("framework").related_model.objects
        known = {one.objective.pk for one in served}
        return [
            one
            for framework in frameworks.in_force_on(self.today)
            for one in framework.objectives.all()
            if one.pk not in known and one.retired_on is None
        ]
