"""One engagement as it was on a day, or as an act had left it: to be read, and nothing else."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest
from common.keys import key_from
from common.marking import marking_of
from engagements.as_of import Then, after_act, first_act, on_day
from engagements.forms.as_of import DayForm
from engagements.models import Engagement
from engagements.reading import frameworks_served, takers
from engagements.views.records import readable


@require_safe
@everyone_signed_in
def engagement_as_of(request: PortalRequest, reference: str) -> HttpResponse:
    """`day` names the day; `change` an act, by the key of its revision."""
    known = Engagement.objects.select_related("lead_office", "logged_by")
    record = readable(request.user, reference, known)
    if "change" in request.GET:
        key = key_from(request.GET["change"])
        then = after_act(record, key, reader=request.user) if key else None
        if then is None:
            raise Http404
        return shown(request, record, DayForm(), then)
    form = DayForm(request.GET if "day" in request.GET else None)
    if not form.is_valid():
        return asked(request, record, form, status=400 if form.is_bound else 200)
    then = on_day(record, form.cleaned_data["day"], reader=request.user)
    return shown(request, record, form, then) if then else nothing(request, record, form)


def shown(request: PortalRequest, record: Engagement, form: DayForm, then: Then) -> HttpResponse:
    engagement = then.engagement
    served = frameworks_served(engagement)
    editable = Engagement.objects.editable_by(request.user).filter(pk=record.pk)
    context = {
        "engagement": engagement,
        "record": record,
        "then": then,
        "form": form,
        "day": form.cleaned_data["day"] if form.is_bound else None,
        "marking": marking_of(record, engagement),
        "served": served,
        "is_demonstration": any(a.demonstration for one in served for a in one.alignments),
        "takers": takers(engagement, reader=request.user),
        "may_put_back": editable.exists(),
    }
    return render(request, "engagements/as_of.html", context)


def nothing(request: PortalRequest, record: Engagement, form: DayForm) -> HttpResponse:
    """Nothing of that day is on record: where that begins is said instead."""
    first = first_act(record, reader=request.user)
    return asked(request, record, form, first=first, none_then=True, status=404)


def asked(
    request: PortalRequest, record: Engagement, form: DayForm, *, status: int, **more
) -> HttpResponse:
    context = {"engagement": record, "form": form, "marking": marking_of(record)} | more
    return render(request, "engagements/as_of_day.html", context, status=status)
