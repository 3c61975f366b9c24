"""From a figure to what it counted: the list of the engagements, or the page that tells them apart."""

from functools import cache
from urllib.parse import parse_qsl, urlencode

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from dashboards.figures import Figure
from engagements.filters import EngagementFilter
from engagements.narrowing import Chosen
from objectives.models import Objective

# A filter, or what is chosen of it.
Under = EngagementFilter | Chosen
# Where what is counted are not engagements but whom or where they reached.
PAGES = {"partners": "dashboards:partners", "countries": "dashboards:places"}


def address_of(filters: Under, figure: Figure) -> str:
    """The page where one counts the same: of most figures the list of engagements."""
    return f"{page_of(figure)}?{query_of(filters, figure)}"


def list_of(filters: Under, figure: Figure) -> str:
    """The address of the list of exactly what the figure counted, under the reader's own filter."""
    return f"{reverse('engagements:list')}?{query_of(filters, figure)}"


def page_of(figure: Figure) -> str:
    name = PAGES.get(figure.measure, "engagements:list")
    return _path_of(name, get_language(), get_script_prefix())


@cache
def _path_of(name: str, language: str | None, prefix: str) -> str:
    """`language` and `prefix` are what the path depends on: the one of the page, where the site is."""
    return reverse(name)


def query_of(filters: Under, figure: Figure) -> str:
    """The reader's own filter, narrowed to what the figure counted."""
    narrow = dict(figure.narrow)
    any_of = narrow.pop("any_objective", ())
    query = filters.links.narrowed(**{name: list(values) for name, values in narrow.items()})
    return with_any_of(filters, query, any_of) if any_of else query


def with_any_of(
    filters: Under, query: str, objectives: tuple[Objective, ...] | list[Objective]
) -> str:
    """The query, and at least one of these objectives, all of one framework.

    Where the reader has chosen some of that framework already, what is found serves one of them.
    """
    frameworks = {objective.framework_id for objective in objectives}
    if frameworks & filters.links.frameworks:
        return query
    return urlencode([*parse_qsl(query), *(("objective", one.code) for one in objectives)])


def joined(*queries: str) -> str:
    """Query strings as one."""
    return "&".join(query for query in queries if query)
