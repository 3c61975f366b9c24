"""Is this partner here already? The same or a similar name or acronym, in either language."""

from collections.abc import Iterable
from difflib import SequenceMatcher

from django.db.models import Exists, OuterRef, Q

from common.text import fold
from partners.models import FormerName, Partner

ALIKE = 0.86
# Words that say nothing of which organization it is.
COMMON_WORDS = frozenset(
    "a an and au aux de des du for la le les of on service services the department departement "
    "ministry ministere national nationale international internationale government gouvernement "
    "correctional correctionnel correctionnels prison prisons l'".split()
)
MOST = 5


def similar_partners(
    names: Iterable[str], *, acronyms: Iterable[str] = (), exclude: Partner | None = None
) -> list[Partner]:
    """Partners that may be the one named, the most alike first, five at most.

    Compared without case and accents, former names included: equal, one within the other, or alike
    by difflib's ratio.
    """
    wanted = {fold(name) for name in names if name.strip()}
    short = {fold(acronym) for acronym in acronyms if acronym.strip()}
    candidates = _candidates(wanted, short)
    if exclude is not None and exclude.pk:
        candidates = candidates.exclude(pk=exclude.pk)
    scored = [
        (_likeness(partner, wanted, short), partner)
        for partner in candidates.prefetch_related("former_names")
    ]
    alike = [(score, partner) for score, partner in scored if score >= ALIKE]
    alike.sort(key=lambda pair: (-pair[0], pair[1].pk))
    return [partner for _score, partner in alike[:MOST]]


def _candidates(wanted: set[str], short: set[str]):
    """Those that share a telling word, or an acronym: few enough to compare one by one."""
    words = {word.strip("(),.'’") for name in wanted for word in name.split()}
    telling = {word for word in words - COMMON_WORDS if len(word) > 2} or words
    shares = Q(pk__in=[])
    for word in telling | short:
        if word:
            former = FormerName.objects.filter(
                partner=OuterRef("pk"), search_text__contains=word[:12]
            )
            shares |= Q(search_text__contains=word[:12]) | Exists(former)
    return Partner.objects.filter(shares)


def _likeness(partner: Partner, wanted: set[str], short: set[str]) -> float:
    """From 0 to 1, the best over all names of both."""
    lines = set(partner.search_text.split("\n")) - {fold(partner.code)}
    for former in partner.former_names.all():
        lines |= set(former.search_text.split("\n"))
    lines.discard("")
    if lines & (wanted | short):
        return 1.0
    return max((_alike(name, line) for name in wanted for line in lines), default=0.0)


def _alike(one: str, other: str) -> float:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) >= 8 and f" {shorter} " in f" {longer} ":
        return 0.9
    return SequenceMatcher(None, one, other).ratio()
