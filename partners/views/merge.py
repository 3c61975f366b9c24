"""A partner saved on a version that has moved on: both texts side by side, and what comes of choosing."""

from collections.abc import Callable

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from accounts import unsaved
from accounts.http import PortalRequest
from accounts.models import Unsaved
from common.side_by_side import OPENED, hidden, is_answer, number, typed_in
from partners.merging import as_sent, compared, saves_since
from partners.models import Partner

Tell = Callable[[PortalRequest, Partner], HttpResponse]


def answered(request: PortalRequest, partner: Partner, *, tell: Tell) -> HttpResponse:
    """Do what was chosen, as though the form had been sent so; `tell` takes a form that was sent."""
    sent = request.POST
    if number(sent, "version") != partner.version:
        return side_by_side(request, sent, partner)
    comparison = compared(partner, sent, reader=request.user, opened=number(sent, OPENED))
    merged = as_sent(comparison.merged())
    merged["version"], merged["do"] = str(partner.version), sent["do"]
    request.POST = merged  # type: ignore[assignment]
    return tell(request, partner)


def refused(request: PortalRequest, current: Partner) -> HttpResponse:
    """Both texts; where they say the same there is nothing to choose."""
    sent = request.POST
    opened = number(sent, "version")
    if not compared(current, sent, reader=request.user, opened=opened).rows:
        return redirect(current)
    unsaved.keep(request)
    return side_by_side(request, sent, current)


def side_by_side(
    request: PortalRequest, sent: QueryDict, partner: Partner, *, text: Unsaved | None = None
) -> HttpResponse:
    """`text`: what was typed and never saved, where that is what was sent."""
    opened = number(sent, OPENED) or number(sent, "version")
    context = {
        "partner": partner,
        "comparison": compared(partner, sent, reader=request.user, opened=opened),
        "action": reverse("partners:edit", args=[partner.code]),
        "typed": hidden(typed_in(sent)),
        "version": partner.version,
        "opened": opened,
        "then": "save",
        "who": partner.edited_by,
        "when": partner.edited_at,
        "saves": saves_since(partner, opened, reader=request.user),
        "leave": partner.get_absolute_url(),
        "is_own": partner.edited_by_id == request.user.pk,
        "moved_on_again": is_answer(sent),
        "text": text,
    }
    status = 200 if text else 409
    return render(request, "partners/two_editors.html", context, status=status)
