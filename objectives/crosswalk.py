"""Which entry of a set follows which of an earlier one, as pages show it and figures read it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch

from objectives.models import Framework, Objective, ObjectiveQuerySet, in_force_on


@dataclass(frozen=True, kw_only=True)
class Pair:
    """An entry of the earlier set and what follows it; one of the two may be missing."""

    earlier: Objective | None
    later: Objective | None


def beside(objectives: ObjectiveQuerySet) -> ObjectiveQuerySet:
    """Each with what it follows and what follows it, and their frameworks."""
    neighbours = Objective.objects.select_related("framework").in_order()
    return objectives.prefetch_related(
        Prefetch("follows", neighbours), Prefetch("followed_by", neighbours)
    )


def pairs(earlier: Framework, later: Framework) -> list[Pair]:
    """Every entry of both sets: in the order of the earlier one, then what is new."""
    newcomers = list(
        later.objectives.filter(retired_on=None).order_by("position").prefetch_related("follows")
    )
    heirs: dict[int, list[Objective]] = {}
    for objective in newcomers:
        for followed in objective.follows.all():
            heirs.setdefault(followed.pk, []).append(objective)
    known = list(earlier.objectives.filter(retired_on=None).order_by("position"))
    found = [Pair(earlier=old, later=new) for old in known for new in heirs.get(old.pk, [None])]
    kept = {pair.later.pk for pair in found if pair.later}
    return found + [Pair(earlier=None, later=new) for new in newcomers if new.pk not in kept]


class Crosswalk:
    """How tags of any framework are read in the words of those in force on a day. Three queries."""

    def __init__(self, day: dt.date) -> None:
        self.followed: dict[int, list[int]] = {}
        through = Objective.follows.through
        for later, earlier in through.objects.values_list("from_objective", "to_objective"):
            self.followed.setdefault(later, []).append(earlier)
        self.in_force = {framework.pk for framework in in_force_on(day)}
        every = Objective.objects.values_list("pk", "framework", "framework__kind")
        self.objectives = {pk: (framework, kind) for pk, framework, kind in every}

    def behind(self, objective: int) -> set[int]:
        """Itself and all that it follows, however far (keys): whatever these tag, it would tag."""
        found: set[int] = set()
        waiting = [objective]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting += self.followed.get(one, [])
        return found

    def leading_nowhere(self, kinds: Iterable[str]) -> set[int]:
        """Objectives (keys) of these kinds that no objective in force is or follows."""
        wanted = set(kinds)
        of_kinds = {pk: f for pk, (f, kind) in self.objectives.items() if kind in wanted}
        in_force = [pk for pk, framework in of_kinds.items() if framework in self.in_force]
        return set(of_kinds).difference(*(self.behind(pk) for pk in in_force))
