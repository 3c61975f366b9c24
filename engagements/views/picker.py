"""What the partner combobox suggests while a name is typed."""

from dataclasses import dataclass

from django.db.models import Case, OuterRef, Q, Subquery, When
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import contributors_only
from accounts.http import PortalRequest
from accounts.models import User
from common.bilingual import reader_language
from common.partial_dates import PartialDate
from common.text import LINE_LENGTH, fold
from engagements import counting
from engagements.models import Engagement, EngagementQuerySet
from partners.models import Partner, PartnerQuerySet

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
    asked = request.GET.get("add_partner", request.GET.get("q", ""))
    typed = " ".join(asked.replace("\x00", "").split())[:LINE_LENGTH]
    found = Partner.objects.active().matching(typed) if fold(typed) else Partner.objects.none()
    offered, matches = suggestions(found, fold(typed), request.user)
    context = {
        "typed": typed,
        "suggestions": offered,
        "matches": matches,
        "marking": counting.highest_sensitivity(
            logged_with([one.partner for one in offered], request.user)
        ),
    }
    return render(request, "engagements/form/_suggestions.html", context)


def suggestions(found: PartnerQuerySet, folded: str, user: User) -> tuple[list[Suggestion], int]:
    """The best of those found, and how many were found. Only of the best is more asked than their names."""
    visible = Engagement.objects.visible_to(user).logged()
    matching = found.order_by().annotate(first=called(folded))
    ranks = {
        pk: (first, name)
        for pk, first, name in matching.values_list("pk", "first", f"sort_{reader_language()}")
    }
    counts = counting.tally_together(
        visible.with_partners(*ranks), "partner", {pk: [pk] for pk in ranks}
    )
    best = sorted(ranks, key=lambda pk: (ranks[pk][0], -counts[pk], ranks[pk][1], pk))[:MOST]
    last = visible.filter(participations__partner=OuterRef("pk")).newest_first()
    known = (
        Partner.objects.filter(pk__in=best)
        .select_related("parent", "country")
        .annotate(last_engagement=Subquery(last.values("pk")[:1]))
        .in_bulk()
    )
    partners = [known[pk] for pk in best if pk in known]
    dates = Engagement.objects.in_bulk([p.last_engagement for p in partners if p.last_engagement])
    shown = [
        Suggestion(
            partner=partner,
            engagements=counts[partner.pk],
            last=dates[partner.last_engagement].start if partner.last_engagement else None,
        )
        for partner in partners
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
