"""The engagements of a list, in the order asked for, a page at a time."""

from __future__ import annotations

from django.db.models import F
from pyroaring import BitMap

from common.bilingual import reader_language
from common.text import binary_order
from engagements import counting
from engagements.index.snapshot import Snapshot
from engagements.models import Engagement, EngagementQuerySet

BY_START = ("newest", "oldest")


class Listed:
    """What a paginator cuts into pages: `found` in an `order` ("newest", "oldest", "title", "changed").

    Whatever the index says is read again among what the reader may see: `readable`.
    """

    ordered = True

    def __init__(
        self, found: EngagementQuerySet, readable: EngagementQuerySet, *, order: str
    ) -> None:
        self.found, self.readable, self.order = found, readable, order

    def count(self) -> int:
        return counting.count(self.found)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, cut: slice) -> list[Engagement]:
        known = counting.held(self.found)
        if known is None:
            return list(in_order(self.found, self.order).for_list()[cut])
        snapshot, keys = known
        if self.order in BY_START:
            return self._by_start(snapshot, keys, cut)
        return self._by_portion(snapshot, keys, cut)

    def first(self, number: int) -> EngagementQuerySet:
        """So many of the newest or oldest, in order."""
        known = counting.held(self.found)
        if known is None:
            return in_order(self.found, self.order)[:number]
        snapshot, keys = known
        starts, newest = snapshot.numbers["start_earliest"], self.order == "newest"
        first = self.readable.filter(pk__in=list(starts.first(keys, number, largest=newest)))
        return in_order(first, self.order)

    def _by_start(self, snapshot: Snapshot, keys: BitMap, cut: slice) -> list[Engagement]:
        starts, newest = snapshot.numbers["start_earliest"], self.order == "newest"
        until, after = (
            starts.first(keys, count, largest=newest) for count in (cut.stop, cut.start)
        )
        page = self.readable.filter(pk__in=list(until - after))
        return list(in_order(page, self.order).for_list())

    def _by_portion(self, snapshot: Snapshot, keys: BitMap, cut: slice) -> list[Engagement]:
        is_by_change = self.order == "changed"
        order = snapshot.order("changed" if is_by_change else f"title_{reader_language()}")
        around, skipped = order.around(keys, cut.start, cut.stop, backwards=is_by_change)
        there = in_order(Engagement.objects.filter(pk__in=list(around)), self.order)
        page = there.values("pk")[skipped : skipped + cut.stop - cut.start]
        return list(in_order(self.readable.filter(pk__in=page), self.order).for_list())


def in_order(engagements: EngagementQuerySet, order: str) -> EngagementQuerySet:
    """Always a whole order: two pages never show the same record."""
    match order:
        case "oldest":
            return engagements.order_by(F("start_earliest").asc(nulls_last=True), "pk")
        case "title":
            return engagements.order_by(binary_order(f"sort_{reader_language()}"), "pk")
        case "changed":
            return engagements.order_by("-changed_at", "-pk")
    return engagements.newest_first()
