"""What engagements are tagged against: every framework, each objective, and adopting a new set."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts import unsaved
from accounts.access import administrators_only, everyone_signed_in
from accounts.http import PortalRequest
from accounts.models import User
from accounts.unsaved import keeps_typed
from common.history.pages import latest_of, show_history
from common.history.putting_back import PuttingBack
from common.history.reading import history_of
from common.marking import marking_of
from common.side_by_side import number
from objectives import crosswalk
from objectives.actions import AlreadyAdopted, MovedOn, adopt_framework, amend, predecessor_of
from objectives.figures import engagements, figures_of, serving, with_counts
from objectives.forms import AdoptForm
from objectives.history_words import call_framework, call_objective
from objectives.models import Framework, FrameworkKind, Objective, Standing
from objectives.putting_back import Kept, aim_in, last_act, putting_back, values_with

LATEST = 10
# In force first; what is over and what is not adopted after it.
STANDINGS = [Standing.IN_FORCE, Standing.TO_COME, Standing.ENDED, Standing.NOT_ADOPTED]


@require_safe
@everyone_signed_in
def objective_list(request: PortalRequest) -> HttpResponse:
    frameworks = Framework.objects.in_order().prefetch_related(
        Prefetch("objectives", counted(request.user))
    )
    context = {
        "kinds": by_kind(frameworks),
        "marking": serving(request.user, Objective.objects.all()).highest_sensitivity(),
    }
    return render(request, "objectives/list.html", context)


@require_safe
@everyone_signed_in
def framework_detail(request: PortalRequest, code: str) -> HttpResponse:
    framework = get_object_or_404(Framework.objects.select_related("adopted_by"), code=code)
    objectives = list(crosswalk.beside(counted(request.user).filter(framework=framework)))
    context = {
        "framework": framework,
        "objectives": objectives,
        "has_earlier": any(each.follows.all() for each in objectives),
        "has_later": any(each.followed_by.all() for each in objectives),
        "marking": serving(request.user, framework.objectives.all()).highest_sensitivity(),
        "history": latest_of(
            history_of(framework, reader=request.user),
            address=reverse("objectives:framework_history", args=[framework.code]),
        ),
        "entry_verbs": verbs_for(request.user),
        "put_back": reverse("objectives:framework_put_back", args=[framework.code]),
    }
    return render(request, "objectives/framework.html", context)


@require_safe
@everyone_signed_in
def objective_detail(request: PortalRequest, code: str) -> HttpResponse:
    found = crosswalk.beside(Objective.objects.select_related("framework"))
    objective = get_object_or_404(found, code=code)
    everything = engagements().visible_to(request.user).counted()
    latest = list(everything.serving(objective.code).for_list().newest(LATEST))
    context = {
        "objective": objective,
        "framework": objective.framework,
        "siblings": objective.framework.objectives.order_by("position"),
        "figures": figures_of(objective, request.user, timezone.localdate()),
        "latest": latest,
        "history": latest_of(
            history_of(objective, reader=request.user),
            address=reverse("objectives:history", args=[objective.code]),
        ),
        "entry_verbs": verbs_for(request.user),
        "put_back": reverse("objectives:put_back", args=[objective.code]),
        # The figures set it against everything that counts.
        "marking": everything.highest_sensitivity(),
    }
    return render(request, "objectives/detail.html", context)


@require_safe
@everyone_signed_in
@vary_on_headers("HX-Request")
def framework_history(request: PortalRequest, code: str) -> HttpResponse:
    framework = get_object_or_404(Framework, code=code)
    return show_history(
        request,
        framework,
        history_of(framework, reader=request.user),
        name=framework.title,
        heading=call_framework(framework),
        crumbs=crumbs_to((framework.title, framework.get_absolute_url())),
        audience=_("Open to everyone who is signed in."),
        entry_verbs=verbs_for(request.user),
        put_back=reverse("objectives:framework_put_back", args=[framework.code]),
    )


@require_safe
@everyone_signed_in
@vary_on_headers("HX-Request")
def objective_history(request: PortalRequest, code: str) -> HttpResponse:
    objective = get_object_or_404(Objective.objects.select_related("framework"), code=code)
    framework = objective.framework
    return show_history(
        request,
        objective,
        history_of(objective, reader=request.user),
        name=str(objective),
        heading=call_objective(objective),
        crumbs=crumbs_to(
            (framework.title, framework.get_absolute_url()),
            (str(objective), objective.get_absolute_url()),
        ),
        audience=_("Open to everyone who is signed in."),
        entry_verbs=verbs_for(request.user),
        put_back=reverse("objectives:put_back", args=[objective.code]),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def framework_put_back(request: PortalRequest, code: str) -> HttpResponse:
    return put_back(request, get_object_or_404(Framework, code=code))


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def objective_put_back(request: PortalRequest, code: str) -> HttpResponse:
    objectives = Objective.objects.select_related("framework")
    return put_back(request, get_object_or_404(objectives, code=code))


def put_back(request: PortalRequest, record: Kept) -> HttpResponse:
    """`change` names the act after which it stood as it is to be again; `undo` the act to undo."""
    aim = aim_in(record, request.GET, reader=request.user)
    if aim is None:
        raise Http404
    if request.method != "POST":
        return ask_what_to_put_back(request, record, putting_back(record, aim))
    back = putting_back(record, aim, chosen=set(request.POST.getlist("field")))
    if not back.chosen:
        back.problems.append(_("Choose at least one thing to put back."))
        return ask_what_to_put_back(request, record, back, status=422)
    try:
        values = values_with(record, back)
        seen = number(request.POST, "version")
        amend(by=request.user, record=record, seen=seen, act="restored", **values)
    except MovedOn:
        record.refresh_from_db()
        again = putting_back(record, aim, chosen={row.key for row in back.chosen})
        return ask_what_to_put_back(request, record, again, has_moved_on=True, status=409)
    except ValidationError as refused:
        record.refresh_from_db()
        back.problems.extend(refused.messages)
        return ask_what_to_put_back(request, record, back, status=422)
    message = _("What you chose of %(record)s is as it was.")
    messages.success(request, message % {"record": record})
    return redirect(record)


def ask_what_to_put_back(
    request: PortalRequest,
    record: Kept,
    back: PuttingBack,
    *,
    has_moved_on: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "record": record,
        "back": back,
        "moved_on": has_moved_on,
        "version": last_act(record),
    }
    return render(request, "objectives/put_back.html", context, status=status)


def verbs_for(reader: User) -> str:
    """What stands beside each act of a history."""
    return "objectives/history/_verbs.html" if reader.is_administrator else ""


def crumbs_to(*pages: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Objectives"), reverse("objectives:list")), *pages]


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
@keeps_typed
def framework_adopt(request: PortalRequest, code: str) -> HttpResponse:
    """First the day; then what it will change; then, confirmed, it is done."""
    framework = get_object_or_404(Framework, code=code)
    if framework.adopted:
        messages.info(request, _("%(title)s is adopted already.") % {"title": framework.title})
        return redirect(framework)
    asked: QueryDict = request.POST if request.method == "POST" else request.GET
    if text := unsaved.chosen(request):
        asked = text.as_data()
    form = AdoptForm(asked if "on" in asked or asked is request.POST else None, framework=framework)
    if form.is_bound and form.is_valid() and request.method == "POST":
        return adopt(request, form)
    context = {
        "framework": framework,
        "form": form,
        "predecessor": predecessor_of(framework),
        **(consequences(form, request.user) if form.is_bound and form.is_valid() else {}),
    }
    context["marking"] = marking_of(context.get("tagged"))
    return render(request, "objectives/adopt.html", context, status=422 if form.errors else 200)


def adopt(request: PortalRequest, form: AdoptForm) -> HttpResponse:
    framework, on = form.framework, form.cleaned_data["on"]
    words = {"title": framework.title, "day": on.isoformat()}
    try:
        adopt_framework(by=request.user, framework=framework, on=on)
    except AlreadyAdopted:
        messages.info(request, _("%(title)s is adopted already.") % words)
    except ValidationError as refused:
        # Another framework of the kind was adopted since the page was shown.
        messages.error(request, " ".join(refused.messages))
        return redirect("objectives:adopt", framework.code)
    else:
        messages.success(request, _("%(title)s is in force from %(day)s.") % words)
    return redirect(framework)


def consequences(form: AdoptForm, reader: User) -> dict[str, Any]:
    """What confirming will change, and what it leaves as it is."""
    plan = form.plan
    if plan is None or plan.predecessor is None:
        return {"plan": plan}
    tagged = (
        engagements()
        .visible_to(reader)
        .logged()
        .filter(start_earliest__gte=plan.on)
        .filter(pk__in=plan.predecessor.alignments.values("engagement"))
        .newest_first()
    )
    return {
        "plan": plan,
        "tagged": list(tagged),
        "pairs": crosswalk.pairs(plan.predecessor, plan.framework),
    }


def counted(reader: User) -> Any:
    return with_counts(Objective.objects.order_by("position"), reader)


def by_kind(frameworks: Iterable[Framework]) -> list[tuple[str, list[Framework]]]:
    """Kinds in order, each with its frameworks: in force, to come, ended, not adopted."""
    return [
        (
            str(FrameworkKind(kind).label),
            sorted(group, key=lambda framework: STANDINGS.index(framework.standing)),
        )
        for kind, group in groupby(frameworks, key=lambda framework: framework.kind)
    ]
