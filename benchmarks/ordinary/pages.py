"""The views."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.http import PortalRequest
from benchmarks.ordinary import listing
from benchmarks.ordinary.editing import AlignmentRows, EngagementForm, PartnerRows, save
from benchmarks.ordinary.figures import every_figure
from common.history.models import Revision
from engagements.kinds import Stage


@require_safe
def empty(request: PortalRequest) -> HttpResponse:
    """Signed in, with the portal's head and foot, and nothing on it."""
    return render(request, "ordinary/empty.html")


@require_safe
def engagement_list(request: PortalRequest) -> HttpResponse:
    return render(request, "ordinary/list.html", listing.page(request.user, request.GET))


@require_safe
def dashboard(request: PortalRequest) -> HttpResponse:
    listed = listing.readable(request.user).exclude(stage=Stage.DRAFT)
    return render(
        request, "ordinary/dashboard.html", {"blocks": every_figure(listed, timezone.localdate())}
    )


@require_safe
def engagement_detail(request: PortalRequest, reference: str) -> HttpResponse:
    engagements = listing.readable(request.user).select_related(
        "lead_office", "lead_officer", "logged_by", "changed_by", "decided_by"
    )
    engagements = engagements.prefetch_related(
        "countries", "participations__partner", "alignments__objective__framework"
    )
    engagement = get_object_or_404(engagements, reference=reference)
    history = Revision.objects.filter(kind="engagement", record_id=engagement.pk)
    history = history.filter(sensitivity__lte=request.user.clearance).select_related("by")
    context = {"engagement": engagement, "history": history.order_by("-number")}
    return render(request, "ordinary/detail.html", context)


def engagement_edit(request: PortalRequest, reference: str) -> HttpResponse:
    engagement = get_object_or_404(listing.readable(request.user), reference=reference)
    data = request.POST if request.method == "POST" else None
    form = EngagementForm(data, instance=engagement)
    rows = [Rows(data, instance=engagement) for Rows in (PartnerRows, AlignmentRows)]
    if data is not None and form.is_valid() and all(each.is_valid() for each in rows):
        save(form, rows, by=request.user)
        return redirect("ordinary_detail", reference=reference)
    return render(request, "ordinary/form.html", {"form": form, "rows": rows})
