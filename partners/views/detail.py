"""A partner's page."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from common.bilingual import reader_language
from common.history.pages import latest_of
from common.history.reading import history_of
from common.marking import marking_of
from partners.contacts.reading import people_at
from partners.models import Partner
from partners.together import Together, tallies

SIBLINGS_SHOWN = 5


@require_safe
@everyone_signed_in
def partner_detail(request: PortalRequest, code: str) -> HttpResponse:
    partners = Partner.objects.select_related("country", "parent", "archived_by")
    partner = get_object_or_404(partners.prefetch_related("former_names"), code=code)
    if problem := problem_with(request):
        context = {"partner": partner, "problem": problem}
        return render(request, "partners/bad_address.html", context, status=400)
    together = Together(partner, request.user, alone=request.GET.get("bodies") == "no")
    served = together.served()
    siblings = beside(partner)
    last = together.last()
    beneath = bodies(partner, request)
    context = {
        "partner": partner,
        "crumbs": crumbs(partner),
        "together": together,
        "last": last,
        "days_ago": (together.today - last.start_earliest).days if last else None,
        "years": together.years(),
        "served": served,
        "never": together.never(served) if together.all.count else [],
        "bodies": beneath,
        "people": people_at(partner),
        "marking": marking_of(together.marking, beneath),
        "entry_verbs": "partners/history/_verbs.html" if request.user.is_administrator else "",
        "history": latest_of(
            history_of(partner, reader=request.user),
            address=reverse("partners:history", args=[partner.code]),
        ),
        "siblings": siblings[:SIBLINGS_SHOWN],
        "more_siblings": len(siblings[SIBLINGS_SHOWN:]),
    }
    return render(request, "partners/detail.html", context)


def problem_with(request: PortalRequest) -> str:
    """What makes no sense in the address."""
    for name in request.GET:
        if name != "bodies":
            return _("“%(name)s” means nothing here. Take it out of the address.") % {
                "name": name[:40]
            }
    if request.GET.get("bodies", "yes") not in {"yes", "no"}:
        return _("“bodies” takes yes or no.")
    return ""


def crumbs(partner: Partner) -> list[dict[str, str]]:
    """The pages above this one: the list, then every partner it stands under."""
    above = [{"label": each.name, "url": each.get_absolute_url()} for each in parents(partner)]
    return [{"label": _("Partners"), "url": reverse("partners:list")}, *above]


def parents(partner: Partner) -> list[Partner]:
    """Its parent, the parent's parent, …, the highest first."""
    found: list[Partner] = []
    parent = partner.parent
    while parent and parent not in found:
        found.insert(0, parent)
        parent = parent.parent
    return found


def beside(partner: Partner) -> list[Partner]:
    """Active partners under the same parent."""
    if partner.parent_id is None:
        return []
    siblings = Partner.objects.active().filter(parent=partner.parent_id).exclude(pk=partner.pk)
    return list(siblings.by_name(reader_language()))


def bodies(partner: Partner, request: PortalRequest) -> list:
    """A tally for each active partner directly beneath it."""
    found = list(partner.bodies.active().select_related("country").by_name(reader_language()))
    counted = tallies(found, request.user) if found else {}
    return [counted[body.pk] for body in found]
