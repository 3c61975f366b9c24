"""What a history can be asked for. Parameters are stable; see docs/addresses.md."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from common.filter_fields import CodesFilter, DayFilter, records
from common.filters import AddressFilter
from common.history.models import RevisionQuerySet
from common.history.telling import changes_of
from common.history.tracking import kinds
from common.history.words import ACTS, Words, act_in_words, words
from common.text import sort_key

PAGING = ("page", "per_page")


@dataclass(frozen=True, kw_only=True)
class Option:
    """A value to choose, with how many revisions it would show; None where so many are not counted."""

    value: str
    label: str
    count: int | None
    chosen: bool


def known_acts(asked: list[str]) -> dict[str, Words]:
    return {text: ACTS[text] for text in asked if text in ACTS}


class ChangeFilter(AddressFilter):
    """Over revisions that the reader may read."""

    who = CodesFilter(
        method="by_who",
        label=_("Who"),
        find=records(get_user_model()._default_manager.all(), "username"),
        unknown=_("There is no person with the user name “%(value)s”."),
    )
    act = CodesFilter(
        method="by_act",
        label=_("What was done"),
        find=known_acts,
        unknown=_("Nothing that is done here is called “%(value)s”."),
    )

    def __init__(self, data: QueryDict, queryset: RevisionQuerySet) -> None:
        super().__init__(data, queryset, also_allowed=PAGING)

    @property
    def qs(self) -> RevisionQuerySet:
        if not hasattr(self, "_found"):
            self._found = self.found() if self.is_valid() else self.queryset.none()
        return self._found

    def found(self, *, but: str = "") -> RevisionQuerySet:
        """What the filter finds; `but` leaves a parameter aside."""
        return self.narrowed(self.queryset, but)

    def narrowed(self, revisions: RevisionQuerySet, *but: str) -> RevisionQuerySet:
        """Of these revisions, those that were asked for; parameters `but` are left aside."""
        for name, each in self.filters.items():
            if name not in but:
                revisions = each.filter(revisions, self.chosen[name])
        return revisions

    def listed(self) -> Any:
        """What is found, newest first, to be cut into pages."""
        return self.qs.newest_of_few().for_reading()

    def by_who(self, revisions, name, people):
        return revisions.filter(by__in=[person.pk for person in people.values()])

    def by_act(self, revisions, name, acts):
        return revisions.filter(act__in=acts)

    def by_from(self, revisions, name, value):
        return revisions.filter(at__gte=midnight(value[1]))

    def by_to(self, revisions, name, value):
        return revisions.filter(at__lt=midnight(value[1] + dt.timedelta(days=1)))

    # What there is to choose, and how much of it

    # The parameters whose choices come with a number.
    COUNTED: tuple[str, ...] = ("act", "who")

    def counted(self) -> Iterator[QuerySet]:
        """All that the page counts: what is found, and what another choice would find."""
        yield self.qs
        yield from (self.found(but=name) for name in self.COUNTED if self.chosen[name])

    @property
    def acts(self) -> list[Option]:
        return self.options("act", act_in_words)

    @property
    def people(self) -> list[Option]:
        counts = self.counts("who", "by__username")
        found = get_user_model()._default_manager.filter(username__in=counts)
        names = {person.username: str(person) for person in found}
        return self.options("who", names.__getitem__, counts)

    def counts(self, name: str, path: str) -> Mapping[str, int | None]:
        """Value of a parameter → how many have it; None where so many are not counted."""
        rows = self.found(but=name).exclude(**{path: None}).order_by().values_list(path)
        return dict(rows.annotate(n=Count("pk")))

    def options(
        self, name: str, call: Any, counts: Mapping[str, int | None] | None = None
    ) -> list[Option]:
        """In the order of their words; what is chosen is offered though nothing has it."""
        counts = self.counts(name, name) if counts is None else counts
        chosen = self.chosen[name]
        made = [
            Option(value=value, label=str(call(value)), count=n, chosen=value in chosen)
            for value, n in counts.items()
        ]
        made += [
            Option(value=text, label=str(found), count=0, chosen=True)
            for text, found in chosen.items()
            if text not in counts
        ]
        return sorted(made, key=lambda option: sort_key(option.label))


# `from` and `to` are words of Python: declared here under the names the address has.
for filters in (ChangeFilter.declared_filters, ChangeFilter.base_filters):
    filters["from"] = DayFilter(field_name="from", method="by_from", label=_("From"))
    filters["to"] = DayFilter(field_name="to", method="by_to", label=_("To"), last=True)


class RecordChangeFilter(ChangeFilter):
    """As ChangeFilter, over the history of one record: besides, what of it was changed."""

    what = CodesFilter(
        method="by_what",
        label=_("What changed"),
        find=lambda asked: {},
        unknown=_("Nothing of it is called “%(value)s”."),
    )

    def __init__(self, data: QueryDict, queryset: RevisionQuerySet, *, kind: str) -> None:
        super().__init__(data, queryset)
        self.told = values_told(kind)
        self.filters["what"].extra["find"] = lambda asked: {
            text: self.told[text] for text in asked if text in self.told
        }

    def by_what(self, revisions, name, values):
        """Read one by one: the history of one record is short, and its states are at hand."""
        if not values:
            return revisions
        pks = [each.pk for each in revisions.for_reading() if changed_names(each) & set(values)]
        return revisions.filter(pk__in=pks)


def changed_names(revision) -> set[str]:
    return {change.name for change in changes_of(revision)}


def values_told(kind: str) -> dict[str, str]:
    """What of a record can change: name → what the reader calls it."""
    tracked, said = kinds()[kind], words()[kind]
    parts = {
        f"{date}_{part}"
        for date in tracked.partial_dates
        for part in ("precision", "earliest", "latest")
    }
    names: Iterable[str] = [*tracked.partial_dates, *tracked.columns, *tracked.rows]
    found = {
        name: capfirst(str(said.value(name).label))
        for name in names
        if name not in parts | said.untold
    }
    return dict(sorted(found.items(), key=lambda pair: sort_key(pair[1])))


def midnight(day: dt.date) -> dt.datetime:
    """The moment the day begins, in the portal's time zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
