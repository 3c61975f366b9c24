"""Contacts that a search finds: by name, post, address of mail, and the partner they are at.

Everyone who is signed in reads them (docs/decisions/0022). At least one word has to be the contact's own; the
others may be a name of its partner. Where nobody has a word, names a slip away from it are taken.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import F, Q

from common.bilingual import reader_language
from common.search.asking import Asked, Term
from common.search.holding import holding, wanted
from common.search.names import Names, are_forms, like, may_have_slips
from engagements.search.finding import PARTNER
from engagements.search.ranking import closeness
from partners.contacts.lines import FIELDS
from partners.models import Contact, ContactQuerySet

# What a line counts, and a name of the partner.
WEIGHTS = {"name": 8, "post_en": 4, "post_fr": 4, "email": 3}
OF_PARTNER = 10
# Of many, so many are put in order by how well they answer: those who are there first, by name.
MOST_RANKED = 200


@dataclass(frozen=True)
class People:
    """Whom `asked` finds. `names` are those of partners."""

    asked: Asked
    names: Names

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """As asked for; of a word that nobody has, the words of names that it is a slip away from."""
        if not any(may_have_slips(term.word) for term in self.asked.wanted):
            return self.asked.terms
        return tuple(self._forgiving(term) for term in self.asked.terms)

    @cached_property
    def found(self) -> ContactQuerySet:
        wanted_ones = [term for term in self.terms if not term.without]
        if not wanted_ones:
            return Contact.objects.none()
        found = Contact.objects.filter(*(self._condition(term) for term in self.terms))
        own = Q(pk__in=[])
        for term in wanted_ones:
            own |= holding("search_text", term)
        return found.filter(own)

    @cached_property
    def count(self) -> int:
        return self.found.count()

    def best(self, number: int) -> list[Contact]:
        in_order = (F("retired_at").asc(nulls_first=True), f"sort_{reader_language()}", "pk")
        rows = self.found.order_by(*in_order).values_list("pk", "search_text", "retired_at")
        worth = {
            pk: (gone is None, sum(self._closeness(term, text) for term in self.terms))
            for pk, text, gone in rows[:MOST_RANKED]
        }
        best = sorted(worth, key=lambda pk: worth[pk], reverse=True)[:number]
        known = Contact.objects.select_related("partner").in_bulk(best)
        return [known[pk] for pk in best if pk in known]

    def _condition(self, term: Term) -> Q:
        partners = [pk for of, pk in self.names.meant(term) if of == PARTNER]
        return wanted(holding("search_text", term) | Q(partner__in=partners), term)

    def _closeness(self, term: Term, search_text: str) -> int:
        lines = zip(FIELDS, search_text.split("\n"), strict=True)
        return max(WEIGHTS[name] * closeness(term, line) for name, line in lines)

    def _forgiving(self, term: Term) -> Term:
        if term.without or not may_have_slips(term.word) or self.names.meant(term):
            return term
        if Contact.objects.filter(holding("search_text", term)).exists():
            return term
        near = [
            word for word in like(term.word, _words_of_names()) if not are_forms(term.word, word)
        ]
        return replace(term, tokens=term.tokens | frozenset(near))


def _words_of_names() -> Iterable[str]:
    texts = Contact.objects.exclude(name="").order_by().values_list("search_text", flat=True)
    return {word for text in texts for word in text.partition("\n")[0].split()}
