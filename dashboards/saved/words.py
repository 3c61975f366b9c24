"""What views filter, in words: as many queries for a hundred views as for one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import parse_qsl

from django.http import QueryDict

from accounts.models import User
from common.filter_fields import CodesField
from common.filters import Choice
from dashboards.saved.options import options_of
from engagements.filters import ALSO, EngagementFilter
from engagements.models import Engagement

# Parameter → each code that is asked for → what it stands for.
Known = dict[str, dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class InWords:
    """The choices of one view. `is_broken`: something of it stands for nothing any more."""

    choices: list[Choice]
    is_broken: bool = False


def in_words(asked: Iterable[tuple[str, str]], *, reader: User) -> list[InWords]:
    """Of pages and their queries, each in its place."""
    parsed = [(page, parse_qsl(query)) for page, query in asked]
    filters = EngagementFilter(QueryDict(), Engagement.objects.none(), user=reader)
    known = what_they_stand_for(filters, [pairs for _page, pairs in parsed])
    return [say(page, pairs, filters, known) for page, pairs in parsed]


def what_they_stand_for(filters: EngagementFilter, queries: Iterable[list]) -> Known:
    """A look-up for each parameter that any of them names."""
    codes: dict[str, set[str]] = defaultdict(set)
    for pairs in queries:
        for name, text in pairs:
            name, text = parted(name, text)
            codes[name].add(text)
    fields = {name: filters.form.fields.get(name) for name in codes}
    return {
        name: cast(CodesField, field).find(sorted(codes[name]))
        for name, field in fields.items()
        if isinstance(field, CodesField)
    }


def parted(name: str, text: str) -> tuple[str, str]:
    """`also=country:FR` names a country."""
    if name == "also":
        name, _colon, text = text.partition(":")
        return (name, text) if name in ALSO else ("also", text)
    return name, text


def say(page: str, pairs: list, filters: EngagementFilter, known: Known) -> InWords:
    options = options_of(page)
    choices, is_broken = [], False
    for parameter, text in pairs:
        name, code = parted(parameter, text)
        if name in options.names:
            choices.append(options.say(name, code))
        elif name in known and code in known[name]:
            found, also = known[name][code], parameter == "also"
            choices.append(filters.choice(name, code, found, also=also))
        elif name in filters.filters and name not in known:
            choices.append(filters.choice(name, code, code))
        else:
            choices.append(Choice(parameter=parameter, text=text, label=name, value=code))
            is_broken = True
    return InWords(choices=choices, is_broken=is_broken)
