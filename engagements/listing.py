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
# So few are put in order by the database; of more, what stands where is looked for in the order itself.
FEW = 200


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
        return list(self.cut(cut.start, cut.stop).for_list())

    def cut(self, start: int, stop: int) -> EngagementQuerySet:
        """Those from one place until before another, in order."""
        known = counting.held(self.found)
        if known is None:
            return in_order(self.found, self.order)[start:stop]
        snapshot, keys = known
        if len(keys) <= FEW:
            return self._of(keys)[start:stop]
        if self.order in BY_START:
            starts, newest = snapshot.numbers["start_earliest"], self.order == "newest"
            until, before = (starts.first(keys, n, largest=newest) for n in (stop, start))
            return self._of(until - before)
        return self._by_portion(snapshot, keys, start, stop)

    def _by_portion(
        self, snapshot: Snapshot, keys: BitMap, start: int, stop: int
    ) -> EngagementQuerySet:
        is_by_change = self.order == "changed"
        order = snapshot.order("changed" if is_by_change else f"title_{reader_language()}")
        around, skipped = order.around(keys, start, stop, backwards=is_by_change)
        there = in_order(Engagement.objects.filter(pk__in=list(around)), self.order)
        page = there.values("pk")[skipped : skipped + stop - start]
        return in_order(self.readable.filter(pk__in=page), self.order)

    def _of(self, keys: BitMap) -> EngagementQuerySet:
        return in_order(self.readable.filter(pk__in=list(keys)), self.order)


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
