"""All contacts of a partner and of the bodies beneath it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from common.bilingual import reader_language
from common.pagination import NoSuchPage, paginate
from partners.contacts.reading import contacts_of
from partners.models import Partner

A_PAGE = 50
YES_OR_NO = ("bodies", "gone")
PAGING = ("page", "per_page")


@require_safe
@everyone_signed_in
def contact_list(request: PortalRequest, code: str) -> HttpResponse:
    """`bodies=no` leaves out those of the bodies beneath, `gone=yes` tells those no longer there too."""
    partner = get_object_or_404(Partner, code=code)
    back = reverse("partners:contacts", args=[partner.code])
    context = {"partner": partner, "back": back}
    if problem := problem_with(request):
        context |= {"problem": problem}
        return render(request, "partners/contacts/list.html", context, status=400)
    alone, gone = request.GET.get("bodies") == "no", request.GET.get("gone") == "yes"
    keys = partner.with_bodies_beneath()
    contacts = contacts_of({partner.pk} if alone else keys, gone=gone, language=reader_language())
    context |= {"alone": alone, "gone": gone, "has_bodies": len(keys) > 1}
    try:
        page = paginate(request, contacts, size=A_PAGE)
    except NoSuchPage as missing:
        context |= {"missing": missing}
        return render(request, "partners/contacts/list.html", context, status=404)
    return render(request, "partners/contacts/list.html", context | {"page": page})


def problem_with(request: PortalRequest) -> str:
    """What makes no sense in the address."""
    for name, value in request.GET.items():
        if name not in (*YES_OR_NO, *PAGING):
            message = _("“%(name)s” means nothing here. Take it out of the address.")
            return message % {"name": name[:40]}
        if name in YES_OR_NO and value not in {"yes", "no"}:
            return _("“%(name)s” takes yes or no.") % {"name": name}
    return ""
