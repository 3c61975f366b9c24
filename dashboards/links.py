"""From a figure to the list behind it."""

from urllib.parse import parse_qsl, urlencode

from django.urls import reverse

from dashboards.figures import Figure
from engagements.filters import EngagementFilter
from objectives.models import Objective


def list_of(filters: EngagementFilter, figure: Figure) -> str:
    """The address of the list of exactly what the figure counted, under the reader's own filter."""
    narrow = dict(figure.narrow)
    any_of = narrow.pop("any_objective", ())
    query = filters.narrowed(**{name: list(values) for name, values in narrow.items()})
    query = with_any_of(filters, query, any_of)
    return f"{reverse('engagements:list')}?{query}"


def with_any_of(
    filters: EngagementFilter, query: str, objectives: tuple[Objective, ...] | list[Objective]
) -> str:
    """The query, and at least one of these objectives, all of one framework.

    Where the reader has chosen some of that framework already, what is found serves one of them.
    """
    frameworks = {objective.framework_id for objective in objectives}
    chosen = {objective.framework_id for objective in filters.chosen["objective"].values()}
    if frameworks & chosen:
        return query
    return urlencode([*parse_qsl(query), *(("objective", one.code) for one in objectives)])
