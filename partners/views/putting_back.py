"""Putting a partner back as it was: what will change, chosen field by field; then the ordinary action."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import administrators_only
from accounts.http import PortalRequest
from common.cautions import CONFIRMED
from common.history.putting_back import PuttingBack
from common.side_by_side import number
from partners.actions import MovedOn, ParentCycle, amend_partner
from partners.forms import FormerNames, PartnerForm
from partners.models import Partner
from partners.putting_back import aim_in, data_with, putting_back
from partners.views.edit import Entry, shown


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def partner_put_back(request: PortalRequest, code: str) -> HttpResponse:
    """`change` names the act after which it stood as it is to be again; `undo` the act to undo."""
    partners = Partner.objects.select_related("parent", "country", "edited_by")
    partner = get_object_or_404(partners, code=code)
    aim = aim_in(partner, request.GET, reader=request.user)
    if aim is None:
        raise Http404
    if partner.is_archived:
        messages.warning(request, _("An archived partner is not edited. Bring it back first."))
        return redirect(partner)
    if request.method != "POST":
        return ask(request, partner, putting_back(partner, aim))
    back = putting_back(partner, aim, chosen=set(request.POST.getlist("field")))
    if number(request.POST, "version") != partner.version:
        return ask(request, partner, back, has_moved_on=True, status=409)
    if not back.chosen:
        back.problems.append(_("Choose at least one thing to put back."))
        return ask(request, partner, back, status=422)
    return put_back(request, partner, back)


def put_back(request: PortalRequest, partner: Partner, back: PuttingBack) -> HttpResponse:
    data = data_with(partner, back, confirmed=request.POST.getlist(CONFIRMED))
    form = PartnerForm(data, partner=partner, initial=PartnerForm.initial_of(partner))
    entry = Entry(form, FormerNames(data, prefix="former"), partner, version=partner.version)
    if not entry.is_valid():
        return shown(request, entry, to_edit=True, status=422)
    try:
        amend_partner(
            by=request.user,
            partner=partner,
            version=partner.version,
            former_names=entry.former_names,
            act="restored",
            **entry.fields,
        )
    except MovedOn as moved:
        chosen = {row.key for row in back.chosen}
        again = putting_back(moved.current, back.aim, chosen=chosen)
        moved.current.refresh_from_db()
        return ask(request, moved.current, again, has_moved_on=True, status=409)
    except ParentCycle:
        form.add_error(
            "parent", _("That stands under this partner itself. Choose another, or none.")
        )
        return shown(request, entry, to_edit=True, status=422)
    message = _("What you chose of %(partner)s is as it was.")
    messages.success(request, message % {"partner": partner.label})
    return redirect(partner)


def ask(
    request: PortalRequest,
    partner: Partner,
    back: PuttingBack,
    *,
    has_moved_on: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "partner": partner,
        "back": back,
        "moved_on": has_moved_on,
        "version": partner.version,
    }
    return render(request, "partners/put_back.html", context, status=status)
