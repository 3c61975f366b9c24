"""The lists that figures lead to, by what the list does with the link. Each link is followed once."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import QuerySet, Sum
from django.http import QueryDict

from accounts.models import User
from dashboards.figures import Figure
from dashboards.links import list_of
from engagements.filters import EngagementFilter
from engagements.models import Engagement

SUMS = {"cost": "actual_cost", "planned_cost": "planned_cost", "people": "csc_participants"}


class Lists:
    """For one reader, while nothing is logged. `also_allowed`: what links carry besides filters."""

    def __init__(self, reader: User, also_allowed: Iterable[str] = ()) -> None:
        self.reader, self.also_allowed = reader, also_allowed
        self._found: dict[str, QuerySet[Engagement]] = {}
        self._measured: dict[tuple[str, str], int | Decimal] = {}

    def behind(self, filters: EngagementFilter, figure: Figure) -> QuerySet[Engagement]:
        return self._follow(link_of(filters, figure))

    def measured(self, filters: EngagementFilter, figure: Figure) -> int | Decimal:
        """What the list says of the figure: a sum, how many it reaches, or how many there are."""
        key = link_of(filters, figure), figure.measure
        if key not in self._measured:
            self._measured[key] = measure_of(self._follow(key[0]), figure.measure)
        return self._measured[key]

    def _follow(self, query: str) -> QuerySet[Engagement]:
        if query not in self._found:
            readable = Engagement.objects.visible_to(self.reader)
            listed = EngagementFilter(
                QueryDict(query), readable, user=self.reader, also_allowed=self.also_allowed
            )
            assert not listed.problems, listed.problems
            self._found[query] = listed.qs.order_by()
        return self._found[query]


def link_of(filters: EngagementFilter, figure: Figure) -> str:
    """The query of the link."""
    return list_of(filters, figure).partition("?")[2].partition("#")[0]


def measure_of(found: QuerySet[Engagement], measure: str) -> int | Decimal:
    if measure in {"partners", "countries"}:
        return found.exclude(**{measure: None}).values(measure).distinct().count()
    if measure in SUMS:
        return round(found.aggregate(total=Sum(SUMS[measure]))["total"] or 0, 2)
    return found.count()
