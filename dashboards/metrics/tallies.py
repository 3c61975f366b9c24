"""What each partner has, together with the bodies beneath it: numbers by primary key, no names yet.

An engagement with two bodies of one partner counts once for it.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from common.partial_dates import FiscalYear
from dashboards.metrics.parts import Parts, Told, parts_in, places_of, told_by
from engagements.kinds import COUNTED, GIVEN, RECEIVED, Kind
from engagements.models import EngagementQuerySet

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

    `readable`: all that may tell of a partner, `engagements` among it; a filter leaves it as it is. Where
    it is the very same, two queries.
    """
    is_all = readable is engagements
    tellable = engagements if is_all else readable.filter(stage__in=COUNTED)
    told = told_by(tellable, today)
    parts = parts_in(tellable, told)
    counted = set(told.places.values()) if is_all else places_of(engagements, told)
    reached = {partner for partner, own in parts.every.items() if not counted.isdisjoint(own)}
    shown = {above for partner in reached for above in tree.above.get(partner, ())}
    facts = _roll_up({partner: _facts_of(partner, parts, told) for partner in parts.every}, tree)
    together, of_year = parts.rolled_up(tree.above, shown), told.of_year(year.ends)
    return {
        partner: Tally(
            counts=_counts_of(partner, together, told, counted, of_year),
            facts=facts[partner],
            reached=partner in reached,
        )
        for partner in shown
    }


def _counts_of(
    partner: int, parts: Parts, told: Told, counted: set[int], of_year: set[int]
) -> Counter[str]:
    own = parts.every[partner] & counted
    by_number = Counter(map(told.kind.__getitem__, own))
    kinds = {told.kinds[number]: n for number, n in by_number.items()}
    exchanges = {
        True: len(parts.asked[partner] & counted),
        False: len(parts.answered[partner] & counted),
    }
    counts = {
        "all": len(own),
        "this_year": len(own & of_year),
        "given": sum(kinds.get(kind, 0) for kind in GIVEN) + exchanges[True],
        "received": sum(kinds.get(kind, 0) for kind in RECEIVED) + exchanges[False],
    }
    for name, (given, kind) in PAIRS.items():
        is_told_by_role = kind == Kind.INFORMATION_EXCHANGE
        counts[name] = exchanges[given] if is_told_by_role else kinds.get(kind, 0)
    return Counter({name: n for name, n in counts.items() if n})


def _facts_of(partner: int, parts: Parts, told: Told) -> Facts:
    """Of a partner without its bodies."""
    own = parts.every[partner]
    kinds = {told.kinds[number] for number in set(map(told.kind.__getitem__, own))}
    standings = [told.standings[number] for number in set(map(told.standing.__getitem__, own))]
    done = [one.year for one in standings if one.done]
    last = _latest(map(told.first.__getitem__, own))
    return Facts(
        last=last,
        last_with=partner if last else None,
        last_by=_latest(map(told.latest.__getitem__, own)),
        first_year=min(filter(None, done), default=None),
        undated=None in done,
        ahead=any(one.ahead for one in standings),
        gave=bool(kinds.intersection(GIVEN) or parts.asked[partner]),
        got=bool(kinds.intersection(RECEIVED) or parts.answered[partner]),
        sensitivity=max((one.sensitivity for one in standings), default=0),
    )


def _latest(days: Iterable[str | None]) -> dt.date | None:
    latest = max(filter(None, days), default=None)
    return dt.date.fromisoformat(latest) if latest else None


def _roll_up(own: Mapping[int, Facts], tree: Tree) -> dict[int, Facts]:
    """What is so of a partner or of any body beneath it."""
    found: dict[int, Facts] = defaultdict(Facts)
    for partner, facts in own.items():
        for above in tree.above.get(partner, ()):
            found[above].take_in(facts)
    return found
