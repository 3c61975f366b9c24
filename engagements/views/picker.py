"""What the partner combobox suggests while a name is typed."""

from dataclasses import dataclass

from django.db.models import Case, Count, F, OuterRef, Q, Subquery, When
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import contributors_only
from accounts.http import PortalRequest
from accounts.models import User
from common.bilingual import reader_language
from common.marking import marking_of
from common.partial_dates import PartialDate
from common.text import LINE_LENGTH, binary_order, fold
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
    offered = suggestions(found, fold(typed), request.user)
    context = {
        "typed": typed,
        "suggestions": offered,
        "matches": found.count(),
        "marking": marking_of(logged_with([one.partner for one in offered], request.user)),
    }
    return render(request, "engagements/form/_suggestions.html", context)


def suggestions(found: PartnerQuerySet, folded: str, user: User) -> list[Suggestion]:
    visible = Engagement.objects.visible_to(user).logged()
    last = visible.filter(participations__partner=OuterRef("pk")).newest_first()
    counted = Q(participations__engagement__in=visible.values("pk"))
    partners = (
        found.select_related("parent", "country")
        .annotate(
            engagement_count=Count("participations__engagement", filter=counted, distinct=True),
            last_engagement=Subquery(last.values("pk")[:1]),
        )
        .order_by(
            called(folded),
            F("engagement_count").desc(),
            binary_order(f"sort_{reader_language()}"),
            "pk",
        )[:MOST]
    )
    dates = Engagement.objects.in_bulk([p.last_engagement for p in partners if p.last_engagement])
    return [
        Suggestion(
            partner=partner,
            engagements=partner.engagement_count,
            last=dates[partner.last_engagement].start if partner.last_engagement else None,
        )
        for partner in partners
    ]


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
