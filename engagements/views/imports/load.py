"""A load as a whole: where it stands, how far it is, what came of it, what of it was left out."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import contributors_only
from accounts.http import PortalRequest
from common.marking import marked_name
from engagements.imports.keeping import plan_of
from engagements.imports.left_out import to_file
from engagements.models import Engagement, Load
from engagements.views.imports.steps import show, the_load


@require_safe
@contributors_only
def import_load(request: PortalRequest, key: UUID) -> HttpResponse:
    """What came of it; where it is not loaded yet, the step it stands at."""
    load = the_load(request, key)
    if load.is_worked_on:
        return redirect("imports:progress", key)
    if not load.is_loaded:
        return redirect(standing_at(load), key)
    engagements = Engagement.objects.visible_to(request.user).filter(loaded_rows__load=load)
    created = load.rows.filter(outcome="created")
    # What was created aside has no row of its own: a partner that a row names.
    context = {
        "plan": plan_of(load),
        "created": created.exclude(fingerprint="").count(),
        "new_partners": created.filter(fingerprint="").count(),
        "updated": load.rows.filter(outcome="updated").count(),
    }
    return show(request, "load", load, context, shown=engagements)


def standing_at(load: Load) -> str:
    if load.stage in {Load.Stage.CHECKED, Load.Stage.SAVING}:
        return "imports:preview"
    return "imports:questions" if load.answers.get("mapping") else "imports:table"


@require_safe
@contributors_only
@vary_on_headers("HX-Request")
def import_progress(request: PortalRequest, key: UUID) -> HttpResponse:
    """Asks again by itself until the work is done, with a script or without; then leads on."""
    load = the_load(request, key)
    if not load.is_worked_on:
        return led_on(request, load)
    part = (
        "engagements/imports/load/_progress.html"
        if request.htmx
        else "engagements/imports/progress.html"
    )
    step = "load" if load.stage == Load.Stage.SAVING else "preview"
    context = {"heading": _("One moment"), "is_saving": load.stage == Load.Stage.SAVING}
    return show(request, step, load, context, template=part)


def led_on(request: PortalRequest, load: Load) -> HttpResponse:
    if load.stage == Load.Stage.SAVING:
        # Nobody is at work on it any more: nothing of it was saved, and it is to be confirmed anew.
        stopped = _("Saving stopped before it was done, so nothing was saved. Load it again.")
        messages.warning(request, stopped)
    plan = plan_of(load)
    if load.is_loaded:
        address = load.get_absolute_url()
    elif plan is not None and plan.questions:
        address = redirect("imports:questions", load.key).url
    else:
        address = redirect("imports:preview", load.key).url
    if request.htmx:
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


@require_safe
@contributors_only
def import_left_out(request: PortalRequest, key: UUID) -> HttpResponse:
    """The rows left out, in the layout that came in, with the reasons: to correct and load again."""
    load = the_load(request, key)
    if plan_of(load) is None or not load.book:
        raise Http404
    file = to_file(load)
    name = marked_name(file.name, load.sensitivity)
    return HttpResponse(
        file.content,
        content_type=file.content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_POST
@contributors_only
def import_forget(request: PortalRequest, key: UUID) -> HttpResponse:
    """Throw a load away that nothing was loaded of."""
    load = the_load(request, key)
    if load.is_loaded or load.is_worked_on:
        messages.error(
            request,
            _("What is loaded is not thrown away. Undo it, and its records are taken back."),
        )
        return redirect(load)
    load.delete()
    messages.success(request, _("The file is thrown away. Nothing was loaded of it."))
    return redirect("imports:start")
