"""Taking a load back as a whole: what that does is shown first, and what was edited since is kept."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import contributors_only
from accounts.http import PortalRequest
from accounts.unsaved import keeps_typed
from engagements.imports.undoing import plan_undo, undo
from engagements.models import Load
from engagements.views.imports.steps import show, the_load


@require_http_methods(["GET", "HEAD", "POST"])
@contributors_only
@keeps_typed
def import_undo(request: PortalRequest, key: UUID) -> HttpResponse:
    load = the_load(request, key)
    if load.stage != Load.Stage.LOADED:
        return redirect(load)
    if request.method == "POST":
        return done(request, load)
    planned = plan_undo(by=request.user, load=load)
    context = {"heading": _("Undo this load"), "planned": planned}
    records = [row.engagement for row in (*planned.deleted, *planned.put_back, *planned.kept)]
    return show(
        request, "load", load, context, shown=records, template="engagements/imports/undo.html"
    )


def done(request: PortalRequest, load: Load) -> HttpResponse:
    came_of_it = undo(by=request.user, load=load)
    taken = len(came_of_it.deleted) + len(came_of_it.put_back)
    message = ngettext(
        "The load is undone: %(n)s record is as it was before.",
        "The load is undone: %(n)s records are as they were before.",
        taken,
    )
    messages.success(request, message % {"n": taken})
    if kept := len(came_of_it.kept):
        message = ngettext(
            "%(n)s record was edited since, and stays as it is.",
            "%(n)s records were edited since, and stay as they are.",
            kept,
        )
        messages.warning(request, message % {"n": kept})
    return redirect(load)
