"""Which entry of a set follows which of an earlier one, as pages show it."""

from dataclasses import dataclass

from django.db.models import Prefetch

from objectives.models import Framework, Objective, ObjectiveQuerySet


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
