"""What views filter, in words: as many queries for a hundred views as for one."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from django.http import QueryDict

from accounts.models import User
from common.filter_fields import CodesField
from common.filters import Choice
from dashboards.saved.options import PageOptions, frameworks_in, options_of
from engagements.filters import ALSO, EngagementFilter
from engagements.models import Engagement
from objectives.models import Framework

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
    queries = [pairs for _page, pairs in parsed]
    known, frameworks = what_they_stand_for(filters, queries), frameworks_in(queries)
    said = []
    for page, pairs in parsed:
        options = options_of(page)
        choices = [
            choice_of_page(options, pair, frameworks)
            if pair[0] in options.names
            else choice(filters, pair, known)
            for pair in pairs
        ]
        said.append(
            InWords(
                choices=[
                    one or as_it_stands(pair) for one, pair in zip(choices, pairs, strict=True)
                ],
                is_broken=None in choices,
            )
        )
    return said


def what_they_stand_for(
    filters: EngagementFilter, queries: Iterable[list[tuple[str, str]]]
) -> Known:
    """A look-up for each parameter that any of them names."""
    codes: dict[str, set[str]] = defaultdict(set)
    for pairs in queries:
        for pair in pairs:
            name, text = parted(pair)
            codes[name].add(text)
    fields = {name: filters.form.fields.get(name) for name in codes}
    return {
        name: field.find(sorted(codes[name]))
        for name, field in fields.items()
        if isinstance(field, CodesField)
    }


def parted(pair: tuple[str, str]) -> tuple[str, str]:
    """`also=country:FR` names a country."""
    name, _colon, text = pair[1].partition(":")
    return (name, text) if pair[0] == "also" and name in ALSO else pair


def choice(filters: EngagementFilter, pair: tuple[str, str], known: Known) -> Choice | None:
    """None for what stands for nothing any more."""
    name, text = parted(pair)
    if name not in filters.filters:
        return None
    also = pair[0] == "also"
    if name not in known:
        return filters.choice(name, text, text, also=also)
    if text not in known[name]:
        return None
    return filters.choice(name, text, known[name][text], also=also)


def choice_of_page(
    options: PageOptions, pair: tuple[str, str], frameworks: Mapping[str, Framework]
) -> Choice | None:
    try:
        return options.say(*pair, frameworks)
    except KeyError:
        return None


def as_it_stands(pair: tuple[str, str]) -> Choice:
    name, text = parted(pair)
    return Choice(parameter=pair[0], text=pair[1], label=name, value=text)
