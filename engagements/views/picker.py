"""What the partner combobox suggests while a name is typed."""

from dataclasses import dataclass

from django.db.models import Count, F, Max, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import contributors_only
from accounts.http import PortalRequest
from common.bilingual import reader_language
from common.text import LINE_LENGTH, fold
from engagements.models import Engagement
from partners.models import Partner

MOST = 8


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    partner: Partner
    engagements: int
    last_year: int | None


@require_GET
@contributors_only
def partner_suggestions(request: PortalRequest) -> HttpResponse:
    """Options for the words typed: those that begin so first. Engagements are those one may see."""
    typed = " ".join(
        request.GET.get("add_partner", request.GET.get("q", "")).replace("\x00", "").split()
    )
    typed = typed[:LINE_LENGTH]
    found = suggestions(typed, request) if typed else []
    context = {"typed": typed, "suggestions": found}
    return render(request, "engagements/form/_suggestions.html", context)


def suggestions(typed: str, request: PortalRequest) -> list[Suggestion]:
    folded = fold(typed)
    visible = Engagement.objects.visible_to(request.user).logged().values("pk")
    counted = Q(participations__engagement__in=visible)
    partners = (
        Partner.objects.active()
        .matching(typed)
        .select_related("parent", "country")
        .annotate(
            engagement_count=Count("participations__engagement", filter=counted, distinct=True),
            last_year=Max("participations__engagement__fiscal_year", filter=counted),
        )
        .order_by(F("engagement_count").desc(), f"sort_{reader_language()}", "pk")[: MOST * 4]
    )
    # Whoever types an acronym or the beginning of a name wants that one first.
    ranked = sorted(partners, key=lambda partner: not _begins(partner, folded))
    return [
        Suggestion(partner=p, engagements=p.engagement_count, last_year=p.last_year)
        for p in ranked[:MOST]
    ]


def _begins(partner: Partner, folded: str) -> bool:
    return any(line.startswith(folded) for line in partner.search_text.split("\n"))
