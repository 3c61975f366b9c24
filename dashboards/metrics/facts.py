"""What is told of a partner: its tally, and facts that hold whatever the filter."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from engagements.kinds import Kind

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


def roll_up(own: Mapping[int, Facts], tree: Tree) -> dict[int, Facts]:
    """What is so of a partner or of any body beneath it."""
    found: dict[int, Facts] = defaultdict(Facts)
    # In an order of their own: of two bodies with a contact on the same day one is named, always the same.
    for partner in sorted(own):
        for above in tree.above.get(partner, ()):
            found[above].take_in(own[partner])
    return found
