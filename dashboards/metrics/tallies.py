"""What each partner has, together with the bodies beneath it: numbers by primary key, no names yet.

An engagement with two bodies of one partner counts once for it. The database adds up what each has by
itself; only engagements in which one hierarchy, or one partner, has several parts are read here, and
what they were counted too often is taken off those above.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from django.db.models import (
    BooleanField,
    Count,
    ExpressionWrapper,
    F,
    Max,
    Min,
    Q,
    QuerySet,
)
from django.db.models.functions import Coalesce

from common.partial_dates import FiscalYear
from engagements.kinds import COUNTED, PLANNED, Kind, Stage
from engagements.models import EngagementQuerySet, Participation
from engagements.queries import was_given, was_received

# All that is given and received, in pairs where it has one: its name here, whether it is given, and the
# kind that tells it.
PAIRS = {
    "hosted": (True, Kind.INCOMING_VISIT),
    "made": (False, Kind.OUTGOING_VISIT),
    "training_given": (True, Kind.TRAINING_DELIVERED),
    "training_taken": (False, Kind.TRAINING_RECEIVED),
    "answered": (True, Kind.INFORMATION_EXCHANGE),
    "asked": (False, Kind.INFORMATION_EXCHANGE),
    "assistance": (True, Kind.TECHNICAL_ASSISTANCE),
    "assessments": (True, Kind.NEEDS_ASSESSMENT),
    "deployments": (True, Kind.DEPLOYMENT),
    "peace_operations": (True, Kind.PEACE_OPERATION),
}


@dataclass(frozen=True, kw_only=True)
class Tree:
    """Every partner's way up: itself first, then its parent, the parent's parent, …"""

    above: Mapping[int, tuple[int, ...]]

    @classmethod
    def of(cls, parents: Mapping[int, int | None]) -> "Tree":
        return cls(above={pk: cls._way_up(pk, parents) for pk in parents})

    @staticmethod
    def _way_up(pk: int, parents: Mapping[int, int | None]) -> tuple[int, ...]:
        way, parent = [pk], parents[pk]
        while parent is not None and parent not in way:
            way.append(parent)
            parent = parents[parent]
        return tuple(way)

    @property
    def depth(self) -> int:
        """How many stand on the longest way up."""
        return max(map(len, self.above.values()), default=1)


@dataclass(kw_only=True)
class Facts:
    """What is known of a partner from everything its reader may read, whatever the filter.

    last: the first day on which the last contact can have begun; last_with: the partner, itself or a
      body, it was with; last_by: the last day on which a contact can have begun. Contacts are
      engagements completed that have begun; a start that is not known tells of none.
    first_year: the fiscal year (by its end) of the first one completed. undated: one completed has no
      known start, so that the first of all is not known either.
    ahead: one is planned. gave, got: CSC ever gave something to it, or received something from it.
    """

    last: dt.date | None = None
    last_with: int | None = None
    last_by: dt.date | None = None
    first_year: int | None = None
    undated: bool = False
    ahead: bool = False
    gave: bool = False
    got: bool = False
    sensitivity: int = 0

    def take_in(self, body: "Facts") -> None:
        """Roll up: what is so of a body is so of the partner."""
        if body.last and (self.last is None or body.last > self.last):
            self.last, self.last_with = body.last, body.last_with
        self.last_by = max(filter(None, (self.last_by, body.last_by)), default=None)
        self.first_year = min(filter(None, (self.first_year, body.first_year)), default=None)
        self.undated |= body.undated
        self.ahead |= body.ahead
        self.gave |= body.gave
        self.got |= body.got
        self.sensitivity = max(self.sensitivity, body.sensitivity)


@dataclass(kw_only=True)
class Tally:
    """Of one partner and its bodies. counts: engagements under the filter, each once, by name:
    all, this_year, given, received, and those of PAIRS. reached: it took part itself.
    """

    counts: Counter[str] = field(default_factory=Counter)
    facts: Facts = field(default_factory=Facts)
    reached: bool = False


def tallies(
    engagements: EngagementQuerySet,
    readable: EngagementQuerySet,
    tree: Tree,
    *,
    year: FiscalYear,
    today: dt.date,
) -> dict[int, Tally]:
    """Three queries: a tally each for partners with a part in `engagements` and for those above them.

    `readable`: all that may tell of a partner; a filter leaves it as it is.
    """
    found: dict[int, Tally] = defaultdict(Tally)
    every = Participation.objects.filter(engagement__in=_keys(engagements))
    parts = _told_apart(every, year)
    groups = parts.values_list("partner", *TOLD_BY).annotate(n=Count("pk"))
    for partner, *told, n in groups.order_by():
        found[partner].reached = True
        for above in tree.above[partner]:
            found[above].counts.update(dict.fromkeys(names_of(*told), n))
    several = parts.filter(engagement__in=_with_several_parts(every, tree))
    _count_once(found, several.values_list("engagement", "partner", *TOLD_BY).order_by(), tree)
    _roll_up(found, _facts_of(readable, today), tree)
    return dict(found)


TOLD_BY = ("engagement__kind", "given", "received", "this_year")


@cache
def names_of(kind: str, given: bool, received: bool, this_year: bool | None) -> tuple[str, ...]:
    """The counts that a participation belongs to."""
    names = ["all"]
    names += ["this_year"] if this_year else []
    names += ["given"] if given else []
    names += ["received"] if received else []
    for name, (is_given, of_kind) in PAIRS.items():
        if kind == of_kind and (given if is_given else received):
            names.append(name)
    return tuple(names)


def _told_apart(parts: QuerySet[Participation], year: FiscalYear) -> QuerySet[Participation]:
    def so(condition: Q) -> ExpressionWrapper:
        return ExpressionWrapper(condition, output_field=BooleanField())

    return parts.annotate(
        given=so(was_given()),
        received=so(was_received()),
        this_year=so(Q(engagement__fiscal_year=year.ends)),
    )


def _with_several_parts(parts: QuerySet[Participation], tree: Tree) -> QuerySet:
    """Engagements in which more than one part is of the same partner, or of partners of one hierarchy."""
    parents = [f"{'__'.join(['partner', *['parent'] * n])}_id" for n in range(tree.depth)]
    top = Coalesce(*map(F, reversed(parents))) if len(parents) > 1 else F(parents[0])
    by_top = parts.annotate(top=top).order_by().values("engagement", "top")
    return by_top.annotate(n=Count("pk")).filter(n__gt=1).values("engagement")


def _count_once(found: dict[int, Tally], rows: Iterable[tuple], tree: Tree) -> None:
    """What an engagement counts for a partner by several parts counts once."""
    names: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    for engagement, partner, *told in rows:
        for above in tree.above[partner]:
            names[above, engagement].update(names_of(*told))
    for (partner, _engagement), counted in names.items():
        for name, times in counted.items():
            found[partner].counts[name] -= times - 1


def _facts_of(readable: EngagementQuerySet, today: dt.date) -> dict[int, Facts]:
    """Of each partner without its bodies."""
    done = Q(engagement__stage=Stage.COMPLETED)
    begun = done & Q(engagement__start_earliest__lte=today)
    ahead = Q(engagement__stage__in=PLANNED, engagement__spans_to__gte=today)
    rows = (
        Participation.objects.filter(engagement__in=_keys(readable.filter(stage__in=COUNTED)))
        .order_by()
        .values("partner")
        .annotate(
            last=Max("engagement__start_earliest", filter=begun),
            last_by=Max("engagement__start_latest", filter=begun),
            first_year=Min("engagement__fiscal_year", filter=done),
            undated=Count("pk", filter=done & Q(engagement__fiscal_year=None)),
            ahead=Count("pk", filter=ahead),
            gave=Count("pk", filter=was_given()),
            got=Count("pk", filter=was_received()),
            sensitivity=Max("engagement__sensitivity"),
        )
    )
    return {
        row["partner"]: Facts(
            last=row["last"],
            last_with=row["partner"] if row["last"] else None,
            last_by=row["last_by"],
            first_year=row["first_year"],
            undated=row["undated"] > 0,
            ahead=row["ahead"] > 0,
            gave=row["gave"] > 0,
            got=row["got"] > 0,
            sensitivity=row["sensitivity"],
        )
        for row in rows
    }


def _roll_up(found: dict[int, Tally], facts: dict[int, Facts], tree: Tree) -> None:
    for partner, known in facts.items():
        for above in tree.above.get(partner, ()):
            if above in found:
                found[above].facts.take_in(known)


def _keys(engagements: EngagementQuerySet) -> QuerySet:
    return engagements.order_by().values("pk")
