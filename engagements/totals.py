"""What the engagements of a list add up to, as figures that lead to it do."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Sum
from pyroaring import BitMap

from engagements.counting import held
from engagements.index.snapshot import Snapshot
from engagements.models import EngagementQuerySet


@dataclass(frozen=True, kw_only=True)
class Totals:
    """Costs in CAD, and people from CSC, each with how many engagements it is known for."""

    cost: Decimal
    cost_known: int
    planned_cost: Decimal
    planned_cost_known: int
    people: int
    people_known: int

    @property
    def whole_cost(self) -> int:
        """To the dollar, as figures are told: cents are in the records."""
        return round(self.cost)

    @property
    def whole_planned_cost(self) -> int:
        return round(self.planned_cost)

    def __bool__(self) -> bool:
        return bool(self.cost_known or self.planned_cost_known or self.people_known)


def totals(engagements: EngagementQuerySet) -> Totals:
    """Over all of the list whatever page of it is shown; one query where there is no index."""
    if known := held(engagements):
        return _totals_held(*known)
    found = engagements.order_by().aggregate(
        actual_sum=Sum("actual_cost"),
        actual_known=Count("actual_cost"),
        planned_sum=Sum("planned_cost"),
        planned_known=Count("planned_cost"),
        people_sum=Sum("csc_participants"),
        people_known=Count("csc_participants"),
    )
    return Totals(
        cost=found["actual_sum"] or Decimal(0),
        cost_known=found["actual_known"],
        planned_cost=found["planned_sum"] or Decimal(0),
        planned_cost_known=found["planned_known"],
        people=found["people_sum"] or 0,
        people_known=found["people_known"],
    )


def _totals_held(snapshot: Snapshot, keys: BitMap) -> Totals:
    actual, planned, people = (
        snapshot.numbers[name] for name in ("actual_cost", "planned_cost", "csc_participants")
    )
    return Totals(
        cost=in_dollars(actual.total(keys)),
        cost_known=actual.known.intersection_cardinality(keys),
        planned_cost=in_dollars(planned.total(keys)),
        planned_cost_known=planned.known.intersection_cardinality(keys),
        people=people.total(keys),
        people_known=people.known.intersection_cardinality(keys),
    )


def in_dollars(cents: int) -> Decimal:
    return Decimal(cents) / 100
