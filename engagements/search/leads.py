"""People of CSC who lead engagements, found by their name.

Those whom the list offers as lead officers are looked through and nobody else: each leads something that the
reader may see. So it is among these alone that a slip is forgiven, and what is hidden changes no answer.
"""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import User
from common.search.asking import Asked, Term
from common.search.marks import Piece, marked
from common.search.names import Key, Names, names_of
from engagements import counting, facets
from engagements.models import EngagementQuerySet
from engagements.search.ranking import closeness

LEAD = "lead"


@dataclass(frozen=True, kw_only=True)
class Lead:
    """A lead officer, the name in pieces; `count`: of the engagements they lead those the reader may see."""

    person: User
    name: list[Piece]
    count: int

    @property
    def url(self) -> str:
        return f"{reverse('engagements:list')}?{urlencode({'lead': self.person.username})}"


@dataclass(frozen=True)
class Leads:
    """Whom `asked` finds among those who lead any of `logged`, which starts at what the reader may see.

    `forgiving`: a word that nobody is called by finds the names from which it is a slip away.
    """

    asked: Asked
    logged: EngagementQuerySet
    forgiving: bool

    @property
    def count(self) -> int:
        return len(self._found)

    @property
    def led(self) -> EngagementQuerySet:
        """What all of them lead."""
        return self.logged.filter(lead_officer__in=[person.pk for person in self._found])

    def best(self, number: int) -> list[Lead]:
        """Whom the words tell best; of equals by name."""
        if not self._found:
            return []
        counts = counting.tally(self.logged, "lead_officer")
        return [
            Lead(person=each, name=marked(str(each), self._terms), count=counts[each.pk])
            for each in sorted(self._found, key=self._worth, reverse=True)[:number]
            if counts[each.pk]  # somebody may have marked it higher since they were read
        ]

    def have(self, term: Term) -> bool:
        """Whether any of those who are looked through is called so."""
        return bool(self._names.found(term))

    @cached_property
    def _offered(self) -> dict[Key, User]:
        """In the order in which they are read."""
        return {(LEAD, person.pk): person for person in facets.leads(self.logged)}

    @cached_property
    def _names(self) -> Names:
        """A name stands for itself: no stem is looked for."""
        return names_of(
            tuple((key, str(each)) for key, each in self._offered.items()), by_stem=False
        )

    @cached_property
    def _found(self) -> list[User]:
        if not self.asked.wanted:
            return []
        found = self._names.all_of(self.asked, forgiving=self.forgiving)
        return [person for key, person in self._offered.items() if key in found]

    @cached_property
    def _terms(self) -> list[Term]:
        return [self._names.forgiving(term) for term in self.asked.wanted]

    def _worth(self, person: User) -> int:
        line = " ".join(self._names.lines_of[LEAD, person.pk])
        return sum(closeness(term, line) for term in self._terms)
