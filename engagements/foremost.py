"""The first few of many engagements: what a page shows of them beside how many there are."""

from __future__ import annotations

from django.db.models import Case, F, Q, Value, When

from engagements import counting
from engagements.models import EngagementQuerySet


def foremost(
    found: EngagementQuerySet, *groups: Q, by: str, number: int, latest: bool = False
) -> EngagementQuerySet:
    """So many of what is found, those of the first group before those of the next; each is in one of them.

    Within a group they stand in the order of a day that the index keeps (`by`), those without one last; of
    one day the lowest keys first. `latest`: the latest day and the highest key first.
    """
    few = few_of(found, groups or (Q(),), by=by, number=number, latest=latest)
    among = found if few is None else found.filter(pk__in=few)
    day, key = (
        (F(by).desc(nulls_last=True), "-pk") if latest else (F(by).asc(nulls_last=True), "pk")
    )
    ranks = (When(group, then=Value(rank)) for rank, group in enumerate(groups))
    in_groups = [Case(*ranks, default=Value(len(groups)))] if groups else []
    return among.order_by(*in_groups, day, key)[:number]


def few_of(
    found: EngagementQuerySet, groups: tuple[Q, ...], *, by: str, number: int, latest: bool
) -> list[int] | None:
    """The keys among which they are, by the index: as many of each group; None where there is none."""
    keys: list[int] = []
    for group in groups:
        known = counting.held(found.filter(group))
        if known is None:
            return None
        snapshot, of_group = known
        keys += snapshot.numbers[by].first(of_group, number, largest=latest)
    return keys
