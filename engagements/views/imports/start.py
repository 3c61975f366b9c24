"""Where a spreadsheet is sent, and what this person has loaded before."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import contributors_only
from accounts.http import PortalRequest
from common.marking import marking_of
from common.pagination import NoSuchPage, paginate
from common.sheets.reading import Unreadable
from engagements.forms.upload import UploadForm
from engagements.imports.keeping import begin
from engagements.models import WordMemory
from engagements.views.imports.steps import line, loads

PER_PAGE = 10


@require_http_methods(["GET", "HEAD", "POST"])
@contributors_only
def import_start(request: PortalRequest) -> HttpResponse:
    form = UploadForm(request, request.user)
    if request.method != "POST":
        return show(request, form)
    if not form.is_valid():
        return show(request, form, status=413 if form.was_too_large else 422)
    sent = form.cleaned_data["file"]
    try:
        load = begin(
            by=request.user,
            content=sent.read(),
            name=sent.name,
            subject=form.subject_chosen,
            office=form.office_chosen,
        )
    except Unreadable as unreadable:
        form.add_error("file", unreadable.message)
        return show(request, form, status=422)
    return redirect("imports:table", load.key)


def show(request: PortalRequest, form: UploadForm, *, status: int = 200) -> HttpResponse:
    mine = loads(request).for_list()
    context = {
        "form": form,
        "steps": line("start"),
        "marking": marking_of(mine),
        "kept_days": settings.LOAD_KEPT_DAYS,
        "remembered": WordMemory.objects.readable_by(request.user).count(),
    }
    try:
        context["page"] = paginate(request, mine, size=PER_PAGE)
    except NoSuchPage as missing:
        context["missing"] = missing
        status = 404
    return render(request, "engagements/imports/start.html", context, status=status)
