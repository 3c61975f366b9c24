"""Which partners a new one may be: the same or a similar name or acronym, in either language."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Q

from common.text import fold
from partners.models import FormerName, Partner

SIMILAR = 0.86
# How like each other two differing words of two names must be: "Korea" and "Kenya" are not.
SIMILAR_WORD = 0.8
AT_MOST = 10
# Candidates share the beginning of a word, so that a slip later in it does not hide them.
STEM = 4
# Words that tell nothing about which organization it is.
EMPTY = "and the for des les aux sur pour dans par una del dos das und der die van von"
# Words that many names share: one of them alone makes two names no more alike.
COMMON = (
    "agency agence association bureau canada canadian canadien canadienne centre center commission "
    "committee comite conseil corrections correctional correctionnel correctionnels council "
    "department departement direction directorate embassy ambassade federal general generale "
    "government gouvernement institute institut international internationale justice ministry "
    "ministere national nationale nations nation office organisation organization penitentiaire "
    "police prison prisons program programme public regional secretariat service services society "
    "societe union unies united"
)
EMPTY_WORDS, COMMON_WORDS = frozenset(EMPTY.split()), frozenset(COMMON.split())


@dataclass(frozen=True)
class Name:
    """A name or acronym, folded, with the words in it that count."""

    folded: str
    words: frozenset[str]

    @classmethod
    def of(cls, folded: str) -> "Name":
        words = re.findall(r"\w+", folded)
        return cls(folded, frozenset(w for w in words if len(w) > 2 and w not in EMPTY_WORDS))


def similar_partners(
    names: Iterable[str], *, acronyms: Iterable[str] = (), exclude: Partner | None = None
) -> list[Partner]:
    """Partners, archived ones too, that have one of these names or acronyms or nearly so.

    Names they had formerly count as theirs. The closest come first, ten at most.
    """
    wanted = [Name.of(folded) for name in names if (folded := fold(name or ""))]
    shorts = {folded for acronym in acronyms if (folded := fold(acronym or ""))}
    if not wanted and not shorts:
        return []
    closest: dict[int, float] = {}
    for pk, line in _candidates(wanted, shorts):
        score = max((likeness(name, Name.of(line)) for name in wanted), default=0.0)
        if line in shorts:
            score = 1.0
        if score >= SIMILAR:
            closest[pk] = max(score, closest.get(pk, 0.0))
    if exclude:
        closest.pop(exclude.pk, None)
    best = sorted(closest, key=lambda pk: (-closest[pk], pk))[:AT_MOST]
    known = Partner.objects.in_bulk(best)
    return [known[pk] for pk in best]


def likeness(one: Name, other: Name) -> float:
    """1 for the same, from SIMILAR up for similar names, less for others."""
    if one.folded == other.folded:
        return 1.0
    if _one_holds_the_other(one.words, other.words):
        return 0.95
    matcher = SequenceMatcher(None, one.folded, other.folded, autojunk=False)
    if matcher.real_quick_ratio() < SIMILAR or matcher.quick_ratio() < SIMILAR:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= SIMILAR and _differ_by_slips(one.words, other.words) else 0.0


def _one_holds_the_other(one: frozenset[str], other: frozenset[str]) -> bool:
    """All words of the shorter stand in the longer, and they say which organization it is."""
    shorter = min(one, other, key=len)
    return bool(shorter - COMMON_WORDS) and (one <= other or other <= one)


def _differ_by_slips(one: frozenset[str], other: frozenset[str]) -> bool:
    """Each word that only one of the names has is nearly a word of the other."""
    return _nearly_in(one - other, other) and _nearly_in(other - one, one)


def _nearly_in(words: frozenset[str], others: frozenset[str]) -> bool:
    return all(
        any(SequenceMatcher(None, word, other).ratio() >= SIMILAR_WORD for other in others)
        for word in words
    )


def _candidates(wanted: list[Name], shorts: set[str]) -> Iterator[tuple[int, str]]:
    """(primary key of a partner, one of its names folded) where a stem or an acronym occurs."""
    parts = {word[:STEM] for name in wanted for word in (name.words - COMMON_WORDS or name.words)}
    parts |= {name.folded for name in wanted} | shorts
    found = Q()
    for part in parts:
        found |= Q(search_text__contains=part)
    for pk, text in Partner.objects.filter(found).values_list("pk", "search_text"):
        # The last line is the code, which repeats the acronym or the name.
        yield from ((pk, line) for line in text.split("\n")[:-1])
    for pk, text in FormerName.objects.filter(found).values_list("partner", "search_text"):
        yield from ((pk, line) for line in text.split("\n"))
