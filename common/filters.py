"""A filter that lives in the address bar: what was asked, what of it makes no sense, the same said back."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlencode

import django_filters
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from common.filter_fields import shown


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A parameter that makes no sense: its name, and a sentence that says what to do."""

    parameter: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One chosen value: parameter and text in the address, and what the reader calls both."""

    parameter: str
    text: str
    label: str
    value: str


class AddressFilter(django_filters.FilterSet):
    """Filters by parameters that people share. `also_allowed` are those that are no filters."""

    def __init__(
        self, data: QueryDict, queryset: QuerySet, *, also_allowed: Iterable[str] = ()
    ) -> None:
        self.also_allowed = set(also_allowed)
        super().__init__(data, queryset)

    # What was asked

    @property
    def chosen(self) -> dict[str, Any]:
        """Each parameter cleaned; only after is_valid()."""
        return self.form.cleaned_data

    def is_valid(self) -> bool:
        return not self.problems

    @property
    def problems(self) -> list[Problem]:
        """What makes no sense in the address; empty when the filter can be used."""
        known = {*self.filters, *self.also_allowed}
        found = [
            Problem(
                parameter=name,
                message=_("“%(name)s” is not a filter. Take it out of the address.")
                % {"name": shown(name)},
            )
            for name in self.data
            if name not in known
        ]
        for name, messages in self.form.errors.items():
            found += [Problem(parameter=name, message=message) for message in messages]
        first, last = self.chosen.get("from"), self.chosen.get("to")
        if first and last and first[1] > last[1]:
            message = _("The range ends on %(last)s, before it begins on %(first)s.")
            days = {"first": first[1].isoformat(), "last": last[1].isoformat()}
            found.append(Problem(parameter="to", message=message % days))
        return found

    @property
    def selected(self) -> list[Choice]:
        """Every chosen value, in the order of the form."""
        return [choice for name in self.filters for choice in self.choices_of(name)]

    def choices_of(self, name: str) -> list[Choice]:
        value = self.chosen.get(name)
        if isinstance(value, dict):
            return [self.choice(name, text, found) for text, found in value.items()]
        if not value:
            return []
        # A day comes with the text that it was told by.
        text = value[0] if isinstance(value, tuple) else value
        return [self.choice(name, text, text)]

    def choice(self, name: str, text: str, found: Any) -> Choice:
        label = str(self.filters[name].label)
        return Choice(parameter=name, text=text, label=label, value=wording(found, text))

    # Addresses

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The chosen values as the address has them."""
        return list(self._pairs)

    @cached_property
    def _pairs(self) -> tuple[tuple[str, str], ...]:
        """Told once: a page has many hundred links, and each goes on from them."""
        return tuple((choice.parameter, choice.text) for choice in self.selected)

    @property
    def query(self) -> str:
        """The query string of exactly this filter, without page and order."""
        return query_string(self.pairs)

    def without(self, choice: Choice) -> str:
        """The query string with one choice taken away."""
        pairs = self.pairs
        return query_string(pair for pair in pairs if pair != (choice.parameter, choice.text))

    @property
    def chips(self) -> list[tuple[Choice, str]]:
        """Each choice with the query string that removes it."""
        return [(choice, self.without(choice)) for choice in self.selected]


def query_string(pairs: Iterable[tuple[str, str]]) -> str:
    """As urlencode, for pages of which the many addresses say the same again and again."""
    return "&".join(itertools.starmap(_encoded, pairs))


@lru_cache(maxsize=10_000)
def _encoded(name: str, text: str) -> str:
    return urlencode([(name, text)])


def wording(found: Any, text: str) -> str:
    """What the reader calls a chosen value."""
    if isinstance(found, tuple):
        return text  # a day, told by it
    if hasattr(found, "label"):
        return str(found.label)
    return str(found) if found is not None else pgettext("fiscal year", "unknown")
