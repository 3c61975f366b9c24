"""Which of what was found comes first: by the fields its words stand in, how closely, how near each other.

Of many, the newest alone are ranked: the work has an end, and who looks for something old adds a word.
Decided in Python over the tokens, so that both databases answer in the same order.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from pyroaring import BitMap

from common.search.asking import Phrase, Term
from common.search.names import Names
from engagements.index import current
from engagements.models import Engagement, EngagementQuerySet, Participation
from engagements.search.finding import COUNTRY, PARTNER
from engagements.search.lines import FIELDS

MOST_RANKED = 1_000
# What a field counts, in the order of the lines of a search text; and a name of a partner or country.
WEIGHTS = {
    "reference": 10,
    "title_en": 8,
    "title_fr": 8,
    "place": 5,
    "purpose": 3,
    "outcome": 3,
    "lessons": 2,
}
OTHER, NAME = 1, 6
# What has names, as the index calls it.
NAMED = (PARTNER, COUNTRY)
# As it was typed; another form of it; what only begins so.
AS_TYPED, OTHER_FORM, BEGINS = 10, 8, 6
# Further, where all words stand in one field: one after the other as typed, or anyhow.
IN_ORDER, TOGETHER = 6, 2


def ranked(newest: EngagementQuerySet, wanted: Sequence[Term], names: Names) -> list[int]:
    """The keys of those that were found, newest first, put in order: the best first; of equals the newer."""
    rows = list(newest.values_list("pk", "search_text"))
    named = named_by(wanted, names, [pk for pk, _text in rows])
    scores = {pk: score(text, wanted, named.get(pk, frozenset())) for pk, text in rows}
    return sorted(scores, key=lambda pk: -scores[pk])  # which keeps the order of equals


def named_by(wanted: Sequence[Term], names: Names, pks: Iterable[int]) -> Mapping[int, Set[int]]:
    """Of each engagement the places of those terms that mean a partner or country of it."""
    meant = [names.meant(term) for term in wanted]
    found: dict[int, set[int]] = defaultdict(set)
    if (snapshot := current.now()) is not None:
        for place, those in enumerate(meant):
            keys = BitMap.union(
                *(snapshot.having(of, (pk for kind, pk in those if kind == of)) for of in NAMED)
            )
            for pk in keys & BitMap(pks):
                found[pk].add(place)
        return found
    for of, model, key in (
        (PARTNER, Participation, "partner"),
        (COUNTRY, Engagement.countries.through, "country"),
    ):
        terms: dict[int, list[int]] = defaultdict(list)
        for place, those in enumerate(meant):
            for kind, pk in those:
                if kind == of:
                    terms[pk].append(place)
        if terms and pks:
            rows = model.objects.filter(**{"engagement__in": pks, f"{key}__in": list(terms)})
            for pk, other in rows.order_by().values_list("engagement", key):
                found[pk].update(terms[other])
    return found


def score(search_text: str, wanted: Sequence[Term], named: Set[int]) -> int:
    """How well it answers: each term where it counts most, and all of them where they stand together."""
    lines = [
        (WEIGHTS.get(name, OTHER), line)
        for name, line in zip(FIELDS, search_text.split("\n"), strict=False)
        if line
    ]
    total = together = 0
    weighed = [(weight, line, [closeness(term, line) for term in wanted]) for weight, line in lines]
    for place in range(len(wanted)):
        best = max((weight * close[place] for weight, _line, close in weighed), default=0)
        total += max(best, NAME * AS_TYPED) if place in named else best
    for weight, line, close in weighed:
        if len(wanted) > 1 and all(close):
            together = max(together, weight * nearness(wanted, line))
    return total + together


def closeness(term: Term, line: str) -> int:
    """How well a line has a term; 0 where it has it not. Asked some thousand times a page: plain loops."""
    if term.word and f" {term.word} " in line:
        return AS_TYPED
    for phrase in term.phrases:
        if phrase.text in line:
            return AS_TYPED
    for token in term.tokens:
        if f" {token} " in line:
            return OTHER_FORM if term.word else AS_TYPED
    for beginning in term.beginnings:
        if f" {beginning}" in line:
            return BEGINS
    return 0


def nearness(wanted: Sequence[Term], line: str) -> int:
    """Of several words that all stand in this line."""
    words = tuple(term.word for term in wanted)
    return IN_ORDER if all(words) and Phrase(words, open=True).text in line else TOGETHER
