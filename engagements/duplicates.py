"""Is this engagement here already? Same partner and overlapping dates, or a similar title."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable

from accounts.models import User
from common.partial_dates import PartialDate, Precision
from common.text import sort_key
from engagements.models import Engagement
from engagements.models.queryset import EngagementQuerySet
from partners.models import Partner

# Titles are alike letter by letter, or by the words they share.
ALIKE_LETTERS = 0.8
ALIKE_WORDS = 0.7
# The longest words of a title tell most; those that share most of them are compared.
WORDS_ASKED = 8
COMPARED = 50
MOST = 5


def likely_duplicates(
    *,
    user: User,
    titles: Iterable[str],
    partners: Iterable[Partner],
    start: PartialDate | None,
    end: PartialDate | None,
    exclude: Engagement | None = None,
) -> list[Engagement]:
    """Up to five logged engagements, of those the user may see, that this one may repeat."""
    seen = Engagement.objects.visible_to(user).logged()
    if exclude is not None and exclude.pk:
        seen = seen.exclude(pk=exclude.pk)
    found = _similar_titles(seen, titles) + _same_partner_and_dates(seen, partners, start, end)
    first = list(dict.fromkeys(found))[:MOST]
    records = seen.for_list().in_bulk(first)
    return [records[pk] for pk in first]


def _same_partner_and_dates(
    seen: EngagementQuerySet,
    partners: Iterable[Partner],
    start: PartialDate | None,
    end: PartialDate | None,
) -> list[int]:
    keys = [partner.pk for partner in partners]
    if not keys or start is None or not start.is_dated:
        return []
    last = end.latest if end and end.is_dated else start.latest
    if end and end.precision == Precision.ONGOING:
        last = None
    overlapping = seen.with_partners(*keys).overlapping(start.earliest, last)
    return list(overlapping.newest_first().values_list("pk", flat=True)[:MOST])


def _similar_titles(seen: EngagementQuerySet, titles: Iterable[str]) -> list[int]:
    """The most alike first."""
    wanted = [folded for title in titles if (folded := sort_key(title))]
    alike: dict[int, float] = {}
    for folded in wanted:
        for pk, *others in _sharing_words(seen, folded):
            score = max(likeness(folded, other) for other in others)
            if score:
                alike[pk] = max(score, alike.get(pk, 0))
    return sorted(alike, key=lambda pk: (-alike[pk], -pk))


def _sharing_words(seen: EngagementQuerySet, folded: str):
    """Key and titles of those that share most words with it: a bounded number, however many there are."""
    asked = sorted(words_of(folded), key=lambda word: (-len(word), word))[:WORDS_ASKED]
    if not asked:
        # Nothing but short words: only the very same title is alike.
        same = seen.filter(Q(sort_en=folded) | Q(sort_fr=folded))
        return same.values_list("pk", "sort_en", "sort_fr")[:COMPARED]
    shared: Combinable = Value(0, output_field=IntegerField())
    for word in asked:
        holds = Q(sort_en__contains=word) | Q(sort_fr__contains=word)
        shared = shared + Case(When(holds, then=1), default=0, output_field=IntegerField())
    sharing = seen.alias(shared=shared).filter(shared__gte=(len(asked) + 1) // 2)
    return sharing.order_by("-shared", "-pk").values_list("pk", "sort_en", "sort_fr")[:COMPARED]


def likeness(one: str, other: str) -> float:
    """From 1 for the same folded title to 0 for those that are not alike."""
    if one == other:
        return 1
    here, there = words_of(one), words_of(other)
    words = len(here & there) / len(here | there) if here | there else 0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    letters = matcher.ratio() if matcher.quick_ratio() >= ALIKE_LETTERS else 0
    alike = words >= ALIKE_WORDS or letters >= ALIKE_LETTERS
    return max(words, letters) if alike else 0


def words_of(folded: str) -> frozenset[str]:
    """Words that tell something: of four letters or more, and numbers."""
    return frozenset(w for w in re.findall(r"\w+", folded) if len(w) > 3 or w.isdigit())
