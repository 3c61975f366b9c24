"""What the partner combobox suggests while a name is typed."""

from dataclasses import dataclass

from django.db.models import Case, Q, When
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import contributors_only
from accounts.http import PortalRequest
from accounts.models import User
from common.bilingual import reader_language
from common.partial_dates import PartialDate
from common.search.asking import asked
from common.search.names import Names
from common.text import LINE_LENGTH, fold
from engagements import counting
from engagements.models import Engagement, EngagementQuerySet
from engagements.search.finding import names_now
from partners.models import PARTNER, Partner, PartnerQuerySet

MOST = 8


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A partner, with how many engagements the reader may see and when the last of them began."""

    partner: Partner
    engagements: int
    last: PartialDate | None


@require_safe
@contributors_only
def partner_suggestions(request: PortalRequest) -> HttpResponse:
    """Options for the words typed: those that are called or begin so first."""
    sent = request.GET.get("add_partner", request.GET.get("q", ""))
    typed = " ".join(sent.replace("\x00", "").split())[:LINE_LENGTH]
    names = counting.told("names", names_now)
    found = Partner.objects.active().matching(typed, names) if typed else Partner.objects.none()
    offered, matches = suggestions(found, typed, names, request.user)
    context = {
        "typed": typed,
        "suggestions": offered,
        "matches": matches,
        # Where a partner has to be there already, none is created.
        "may_create": request.GET.get("only") != "known",
        "marking": counting.highest_sensitivity(
            logged_with([one.partner for one in offered], request.user)
        ),
    }
    return render(request, "engagements/form/_suggestions.html", context)


def suggestions(
    found: PartnerQuerySet, typed: str, names: Names, user: User
) -> tuple[list[Suggestion], int]:
    """The best of those found, and how many were found. Only of the best is more asked than their names."""
    visible = Engagement.objects.visible_to(user).logged()
    matching = found.order_by().annotate(first=called(fold(typed)))
    terms = [names.forgiving(term) for term in asked(typed).wanted]
    ranks = {
        # Whose name has no other words, in whatever order and after whatever slip, is as near.
        pk: (min(first, 1) if names.length((PARTNER, pk), terms) == len(terms) else first, name)
        for pk, first, name in matching.values_list("pk", "first", f"sort_{reader_language()}")
    }
    counts = counting.tally_together(
        visible.with_partners(*ranks), "partner", {pk: [pk] for pk in ranks}
    )
    best = sorted(ranks, key=lambda pk: (ranks[pk][0], -counts[pk], ranks[pk][1], pk))[:MOST]
    known = Partner.objects.select_related("parent", "country").in_bulk(best)
    last = counting.with_each(visible, {pk: [pk] for pk in best})
    dates = visible.in_bulk({one.last for one in last.values() if one.last})
    shown = [
        Suggestion(
            partner=known[pk],
            engagements=counts[pk],
            last=dates[key].start if (key := last[pk].last) in dates else None,
        )
        for pk in best
        if pk in known
    ]
    return shown, len(ranks)


def logged_with(partners: list[Partner], user: User) -> EngagementQuerySet:
    """What the suggestions count."""
    keys = [partner.pk for partner in partners]
    return Engagement.objects.visible_to(user).logged().with_partners(*keys)


def called(folded: str) -> Case:
    """Orders by how near a partner's names and acronyms, a line each, come to what is typed."""
    lines = f"\n{folded}"
    return Case(
        When(
            Q(search_text__startswith=f"{folded}\n") | Q(search_text__contains=f"{lines}\n"), then=0
        ),
        When(Q(search_text__endswith=lines), then=0),
        When(Q(search_text__startswith=folded) | Q(search_text__contains=lines), then=1),
        default=2,
    )
