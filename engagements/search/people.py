"""Contacts that a search finds: by name, post, address of mail, and the partner they are at.

Everyone who is signed in reads them (docs/decisions/0022). At least one word has to be the contact's own; the
others may be a name of its partner. A word that nobody has finds the names from which it is a slip away.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import F, Q

from common.bilingual import reader_language
from common.search.asking import Asked, Term
from common.search.holding import holding, stands_in, wanted
from common.search.names import Names, are_forms, like, may_have_slips
from common.text import binary_order
from engagements.search.ranking import closeness
from partners.contacts.lines import FIELDS
from partners.models import PARTNER, Contact, ContactQuerySet

# What a word counts where it stands.
WEIGHTS = {"name": 8, "post_en": 4, "post_fr": 4, "email": 3}
# Of many, so many are put in order by how well they answer: those who are there first, by name.
MOST_RANKED = 200


@dataclass(frozen=True)
class People:
    """Whom `asked` finds. `names` are those of partners."""

    asked: Asked
    names: Names

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """As asked for; with the names that a word is a slip away from, where nobody is found otherwise."""
        return self._found[0]

    @property
    def count(self) -> int:
        return len(self._found[1])

    def best(self, number: int) -> list[Contact]:
        """Who is there first; of these whom the words tell best."""
        terms, rows = self._found
        worth = {
            pk: (gone is None, sum(_closeness(term, text) for term in terms if not term.without))
            for pk, text, gone in rows[:MOST_RANKED]
        }
        best = sorted(worth, key=lambda pk: worth[pk], reverse=True)[:number]
        known = Contact.objects.select_related("partner").in_bulk(best)
        return [known[pk] for pk in best if pk in known]

    @cached_property
    def _found(self) -> tuple[tuple[Term, ...], list[tuple]]:
        """Terms, and (key, search text, since when no longer there) of all that they find."""
        if not self.asked.wanted:
            return self.asked.terms, []
        if rows := self._rows(self.asked.terms):
            return self.asked.terms, rows
        terms = self._forgiving()
        return terms, self._rows(terms) if terms != self.asked.terms else []

    def _rows(self, terms: Sequence[Term]) -> list[tuple]:
        order = (F("retired_at").asc(nulls_first=True), binary_order(f"sort_{reader_language()}"))
        rows = self._having(terms).order_by(*order, "pk")
        return list(rows.values_list("pk", "search_text", "retired_at"))

    def _having(self, terms: Sequence[Term]) -> ContactQuerySet:
        own = Q(pk__in=[])
        for term in terms:
            own |= Q() if term.without else holding("search_text", term)
        return Contact.objects.filter(own, *(self._condition(term) for term in terms))

    def _condition(self, term: Term) -> Q:
        partners = [pk for of, pk in self.names.meant(term) if of == PARTNER]
        return wanted(holding("search_text", term) | Q(partner__in=partners), term)

    def _forgiving(self) -> tuple[Term, ...]:
        unknown = [
            term
            for term in self.asked.wanted
            if may_have_slips(term.word) and not self.names.meant(term)
        ]
        if not unknown:
            return self.asked.terms
        texts = list(Contact.objects.order_by().values_list("search_text", flat=True))
        words = sorted({word for text in texts for word in text.partition("\n")[0].split()})
        near = {
            term: frozenset(one for one in like(term.word, words) if not are_forms(term.word, one))
            for term in unknown
            if not any(stands_in(text, term) for text in texts)
        }
        return tuple(
            replace(term, tokens=term.tokens | near.get(term, frozenset()))
            for term in self.asked.terms
        )


def _closeness(term: Term, search_text: str) -> int:
    lines = zip(FIELDS, search_text.split("\n"), strict=False)
    return max(WEIGHTS[name] * closeness(term, line) for name, line in lines)
