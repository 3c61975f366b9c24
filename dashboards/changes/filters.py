"""What the list of changes can be asked for. Parameters are stable; see docs/addresses.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Office, User
from common.filter_fields import CodesFilter, WordsFilter, records
from common.filters import Choice
from common.history.filters import ChangeFilter, Option
from common.history.models import Revision, RevisionQuerySet
from common.history.reading import readable_by
from common.history.words import ACTS, words
from common.text import fold, words_of
from dashboards.changes.named import Named
from dashboards.changes.newest import Newest
from engagements.models import Engagement, EngagementQuerySet, Note
from objectives.models import Framework, Objective
from partners.models import Contact, Country, Partner, Region

# The parameters that name records.
NAMING = ("q", "office")


class ChangeListFilter(ChangeFilter):
    """As ChangeFilter, over records of every kind that `user` may read of."""

    q = WordsFilter(method="by_words", label=_("Words"))
    kind = CodesFilter(
        method="by_kind",
        label=_("Kind of record"),
        find=lambda asked: {},
        unknown=_("There is no kind of record “%(value)s”."),
    )
    office = CodesFilter(
        method="by_office",
        label=_("Lead office"),
        find=records(Office.objects.all(), "code"),
        unknown=_("There is no office “%(value)s”."),
    )
    COUNTED = ("act", "who", "kind")

    def __init__(self, data: QueryDict, *, user: User) -> None:
        self.user = user
        super().__init__(data, Revision.objects.none())
        self._newest: dict[str, Newest] = {}
        self._named_by: dict[str, Named] = {}
        called = kinds_read_by(user)
        self.filters["kind"].extra["find"] = lambda asked: {
            text: called[text] for text in asked if text in called
        }

    @property
    def kinds(self) -> list[Option]:
        return self.options("kind", kinds_read_by(self.user).__getitem__)

    @property
    def offices(self) -> list[tuple[Office, bool]]:
        return [(office, office.code in self.chosen["office"]) for office in Office.objects.all()]

    # Of all that is found, for a file

    def found(self, *, but: str = "") -> RevisionQuerySet:
        return self.narrowed(readable_by(self.user), but)

    def named(self) -> Iterator[QuerySet]:
        """The records that stand beside what is found, as they are marked now."""
        return self._named(lambda kind: self.qs.of_kind(kind).order_by().values("record_id"))

    def _named(self, records_of: Callable[[str], Any]) -> Iterator[QuerySet]:
        notes = Note.objects.readable_by(self.user).filter(pk__in=records_of("note"))
        yield notes
        yield readable(self.user).filter(pk__in=records_of("engagement"))
        yield readable(self.user).filter(pk__in=notes.values("engagement"))

    # Of the newest, for a page

    def listed(self) -> Newest:
        return self.newest()

    def newest(self, but: str = "") -> Newest:
        """The newest of what is found; `but` leaves a parameter aside. Read once."""
        but = but if self.chosen.get(but) else ""
        if but not in self._newest:
            named = {name: self.named_by(name) for name in NAMING if self.chosen[name]}
            many = {name: one for name, one in named.items() if one.are_many}
            asked = self.narrowed(Revision.objects.cleared_for(self.user), but, *many)
            self._newest[but] = Newest(
                asked,
                self.user,
                of=[*many.values()],
                are_few=any(one.are_few for one in named.values()),
            )
        return self._newest[but]

    def counted(self) -> Iterator[Any]:
        yield from (self.newest(but).level for but in ("", *self.COUNTED))
        yield from self._named(self.newest().records_of)

    def counts(self, name: str, path: str) -> Mapping[str, int | None]:
        newest = self.newest(but=name)
        return dict.fromkeys(self._offered(name)) if newest.is_cut else newest.tally(path)

    def _offered(self, name: str) -> Iterable[str]:
        """What stands to choose from where not all are looked through: whatever there can be."""
        if name == "who":
            return User.objects.values_list("username", flat=True)
        return kinds_read_by(self.user) if name == "kind" else ACTS

    def choice(self, name: str, text: str, found: Any) -> Choice:
        made = super().choice(name, text, found)
        if name == "office":
            return Choice(parameter=name, text=text, label=made.label, value=found.name)
        return made

    def by_kind(self, revisions, name, kinds):
        return revisions.filter(kind__in=kinds)

    def by_office(self, revisions, name, offices):
        return revisions.filter(self.named_by(name).condition) if offices else revisions

    def by_words(self, revisions, name, text):
        return revisions.filter(self.named_by(name).condition)

    def named_by(self, name: str) -> Named:
        """The records that are named by a parameter of NAMING. Read once."""
        if name not in self._named_by:
            chosen = self.chosen[name]
            named = records_called(chosen, self.user) if name == "q" else led_by(chosen, self.user)
            self._named_by[name] = named
        return self._named_by[name]


def kinds_read_by(user: User) -> dict[str, str]:
    """Kind of record → what the reader calls many of it."""
    return {
        kind: capfirst(str(said.called_many))
        for kind, said in words().items()
        if said.audience(user)
    }


def readable(user: User) -> EngagementQuerySet:
    return Engagement.objects.visible_to(user).logged()


def led_by(offices: Mapping[str, Office], user: User) -> Named:
    led = readable(user).filter(lead_office__in=[each.pk for each in offices.values()])
    return Named(led, user)


def records_called(text: str, user: User) -> Named:
    """All kinds of records that these words find."""
    partners = Partner.objects.matching(text)
    contacts = Contact.objects.matching(text) | Contact.objects.filter(partner__in=partners)
    others: dict[str, QuerySet[Any]] = {"partner": partners, "contact": contacts}
    for kind, (model, *columns) in SMALL.items():
        keys = matching(named(model, *columns), text)
        others[kind] = model._default_manager.filter(pk__in=keys)
    return Named(readable(user).matching(text), user, others)


# Kinds of which there are so few that their names are looked through one by one; with the columns of these.
SMALL: dict[str, tuple[Any, ...]] = {
    "framework": (Framework, "code", "title_en", "title_fr"),
    "objective": (Objective, "code", "short_en", "short_fr"),
    "country": (Country, "iso2", "name_en", "name_fr"),
    "region": (Region, "code", "name_en", "name_fr"),
    "office": (Office, "code", "name_en", "name_fr"),
    "person": (User, "username", "first_name", "last_name"),
}


def named(model: Any, *columns: str) -> Iterable[tuple[int, str]]:
    for pk, *names in model._default_manager.values_list("pk", *columns):
        yield pk, fold(" ".join(names))


def matching(names: Iterable[tuple[int, str]], text: str) -> list[int]:
    wanted = words_of(text)
    return [pk for pk, name in names if all(word in name for word in wanted)]
