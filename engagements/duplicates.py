"""Is this engagement here already? Same partner and overlapping dates, or a similar title."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from django.db.models import Q

from accounts.models import User
from common.partial_dates import PartialDate
from common.text import fold
from engagements.models import Engagement
from partners.models import Partner

ALIKE = 0.8
LOOKED_AT = 200
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
    seen = Engagement.objects.visible_to(user).logged().for_list()
    if exclude is not None and exclude.pk:
        seen = seen.exclude(pk=exclude.pk)
    found = {e.pk: e for e in _same_partner_and_dates(seen, partners, start, end)}
    for title in titles:
        found |= {e.pk: e for e in _similar_title(seen, title)}
    return list(found.values())[:MOST]


def _same_partner_and_dates(seen, partners, start, end):
    keys = [partner.pk for partner in partners]
    if not keys or start is None or not start.is_dated:
        return []
    last = end.latest if end and end.is_dated else start.latest
    return seen.with_partners(*keys).overlapping(start.earliest, last).newest_first()[:MOST]


def _similar_title(seen, title: str):
    """Alike by difflib's ratio, among those that share its longest words."""
    folded = fold(title)
    words = sorted({word for word in folded.split() if len(word) > 3}, key=len, reverse=True)[:4]
    if not words:
        return []
    shares = Q()
    for word in words:
        shares |= Q(sort_en__contains=word) | Q(sort_fr__contains=word)
    return [
        engagement
        for engagement in seen.filter(shares).newest_first()[:LOOKED_AT]
        if any(_alike(folded, fold(each)) for each in (engagement.title_en, engagement.title_fr))
    ]


def _alike(one: str, other: str) -> bool:
    return bool(other) and SequenceMatcher(None, one, other).ratio() >= ALIKE
