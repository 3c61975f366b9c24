"""What the address of a page says besides its filter: how a list is sorted, what the dashboard shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.translation import gettext as _

from common.filters import Choice, Problem
from dashboards.models import Page
from engagements.views.list import ORDERS


@dataclass(frozen=True, kw_only=True)
class PageOptions:
    """`names` are the parameters of a page besides the filter; `say` tells one of them in words."""

    names: tuple[str, ...]
    problems: Callable[[QueryDict], Iterable[Problem]]
    say: Callable[[str, str], Choice]

    def pairs(self, data: QueryDict) -> list[tuple[str, str]]:
        return [(name, text) for name in self.names for text in data.getlist(name)[-1:] if text]


def options_of(page: str) -> PageOptions:
    return OPTIONS[Page(page)]


def order_problems(data: QueryDict) -> list[Problem]:
    if (data.get("sort") or "newest") in ORDERS:
        return []
    message = _("The list cannot be sorted that way. Choose newest, oldest, title or changed.")
    return [Problem(parameter="sort", message=message)]


def say_order(name: str, text: str) -> Choice:
    value = str(ORDERS[text]) if text in ORDERS else text
    return Choice(parameter=name, text=text, label=_("Sort"), value=value)


def nothing_wrong(data: QueryDict) -> list[Problem]:
    return []


def say_itself(name: str, text: str) -> Choice:
    return Choice(parameter=name, text=text, label=name, value=text)


OPTIONS = {
    Page.ENGAGEMENTS: PageOptions(names=("sort",), problems=order_problems, say=say_order),
    Page.DASHBOARD: PageOptions(names=(), problems=nothing_wrong, say=say_itself),
}
