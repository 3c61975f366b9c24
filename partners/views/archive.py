"""Archiving a partner with a reason, bringing it back, and saying that all of it is right."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts import unsaved
from accounts.access import administrators_only
from accounts.http import PortalRequest
from accounts.unsaved import keeps_unsaved
from partners.actions import archive_partner, restore_partner, verify_partner
from partners.forms import ArchiveForm
from partners.models import Partner


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@keeps_unsaved(lambda request, code: get_object_or_404(Partner, code=code))
def partner_archive(request: PortalRequest, code: str) -> HttpResponse:
    partner = get_object_or_404(Partner, code=code)
    if partner.is_archived:
        messages.warning(request, _("It is archived already. Nothing was changed."))
        return redirect(partner)
    text = unsaved.chosen(request)
    initial = text.as_data().dict() if text else None
    form = ArchiveForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        archive_partner(by=request.user, partner=partner, reason=form.cleaned_data["reason"])
        messages.success(request, _("%(partner)s is archived.") % {"partner": partner.label})
        return redirect(partner)
    context = {"partner": partner, "form": form, "bodies": partner.bodies.active().count()}
    return render(request, "partners/archive.html", context, status=422 if form.is_bound else 200)


@require_POST
@administrators_only
def partner_restore(request: PortalRequest, code: str) -> HttpResponse:
    partner = restore_partner(by=request.user, partner=get_object_or_404(Partner, code=code))
    messages.success(request, _("%(partner)s is offered again.") % {"partner": partner.label})
    return redirect(partner)


@require_POST
@administrators_only
def partner_verify(request: PortalRequest, code: str) -> HttpResponse:
    partner = verify_partner(by=request.user, partner=get_object_or_404(Partner, code=code))
    messages.success(request, _("%(partner)s is verified today.") % {"partner": partner.label})
    return redirect(partner)
