"""A page's query as a view keeps it: the filter and the options, in one order, without what passes.

What passes is where in a list somebody is, what they picked there, and whether the filter stands open.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from common.filters import Problem
from dashboards.models import QUERY_LENGTH
from dashboards.saved.options import options_of
from engagements.filters import EngagementFilter
from engagements.models import Engagement

# Of the address, and of our own forms: no part of what is kept.
PASSING = {"page", "per_page", "pick", "filter", "of", "copy", "unsaved", "typed"}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a query asks of a page: as it is kept, and what of it makes no sense (then `query` is "")."""

    filters: EngagementFilter
    query: str
    problems: list[Problem]


def asked(page: str, query: str, *, reader: User) -> Asked:
    options = options_of(page)
    # Of a query that is too long nothing is looked up.
    data = lasting("" if len(query) > QUERY_LENGTH else query)
    readable = Engagement.objects.visible_to(reader)
    filters = EngagementFilter(data, readable, user=reader, also_allowed=options.names)
    problems = [*filters.problems, *options.problems(data)]
    kept = "" if problems else urlencode([*filters.pairs, *options.pairs(data)])
    # Written as addresses have it, a text can be longer than it was sent.
    if max(len(query), len(kept)) > QUERY_LENGTH:
        message = _("The filter is too long to be kept. Choose fewer of its values.")
        problems.append(Problem(parameter="", message=message))
    return Asked(filters=filters, query="" if problems else kept, problems=problems)


def lasting(query: str) -> QueryDict:
    """The parameters of a query that a view keeps, those sent empty left out."""
    data = QueryDict(mutable=True)
    for name, value in parse_qsl(query):
        if name not in PASSING:
            data.appendlist(name, value)
    return data
