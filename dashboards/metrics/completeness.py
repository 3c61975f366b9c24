"""How complete: what has no objective of a kind."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from dashboards.figures import Figure, figure
from engagements.models import Alignment, Engagement, EngagementQuerySet
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
    """One query: how many have no objective of each kind, of any framework and date; most first."""
    has = {
        kind: Exists(Alignment.objects.filter(engagement=OuterRef("pk"), framework__kind=kind))
        for kind in FrameworkKind.values
    }
    counts = Engagement.objects.filter(pk__in=engagements.order_by().values("pk")).aggregate(
        total=Count("pk"),
        **{f"no_{kind}": Count("pk", filter=~Q(exists)) for kind, exists in has.items()},
    )
    total = counts["total"]
    kinds = [
        Untagged(
            kind=kind,
            engagements=figure(counts[f"no_{kind.value}"], untagged=kind.value),
            share=counts[f"no_{kind.value}"] / total if total else 0,
        )
        for kind in FrameworkKind
    ]
    return Completeness(
        kinds=sorted(kinds, key=lambda one: -one.engagements.value), total=figure(total)
    )
