"""How complete: what has no objective of a kind."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count

from dashboards.figures import Figure, figure
from engagements.models import Alignment, EngagementQuerySet
from objectives.models import FrameworkKind


@dataclass(frozen=True, kw_only=True)
class Untagged:
    kind: FrameworkKind
    engagements: Figure
    # Of all that are counted, from 0 to 1.
    share: float

    @property
    def width(self) -> str:
        """Of its bar, in a drawing 120 wide."""
        return f"{120 * self.share:.1f}"


@dataclass(frozen=True, kw_only=True)
class Completeness:
    kinds: list[Untagged]
    total: Figure

    @property
    def figures(self) -> Iterator[Figure]:
        yield from (untagged.engagements for untagged in self.kinds)
        yield self.total


def untagged(engagements: EngagementQuerySet) -> Completeness:
    """Two queries: how many have no objective of each kind, of any framework and date; most first."""
    total = engagements.count()
    tagged = dict(
        Alignment.objects.filter(engagement__in=engagements.order_by().values("pk"))
        .values_list("framework__kind")
        .annotate(n=Count("engagement", distinct=True))
    )
    kinds = [
        untagged_kind(kind, total - tagged.get(kind.value, 0), total) for kind in FrameworkKind
    ]
    return Completeness(
        kinds=sorted(kinds, key=lambda one: -one.engagements.value), total=figure(total)
    )


def untagged_kind(kind: FrameworkKind, count: int, total: int) -> Untagged:
    return Untagged(
        kind=kind,
        engagements=figure(count, untagged=kind.value),
        share=count / total if total else 0,
    )
