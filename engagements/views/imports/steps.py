"""What the pages of a load share: which load, where it stands, and the line of steps above each of them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from accounts.http import PortalRequest
from common.marking import marking_of
from engagements.models import Load, LoadQuerySet

NAMES: dict[str, str | Promise] = {
    "start": pgettext_lazy("step of a load", "File"),
    "table": pgettext_lazy("step of a load", "Table"),
    "columns": pgettext_lazy("step of a load", "Columns"),
    "questions": pgettext_lazy("step of a load", "Questions"),
    "preview": pgettext_lazy("step of a load", "Preview"),
    "load": pgettext_lazy("step of a load", "Loaded"),
}
HEADINGS: dict[str, str | Promise] = {
    "table": gettext_lazy("Where the table is"),
    "columns": gettext_lazy("What the columns hold"),
    "questions": gettext_lazy("What the file does not say"),
    "preview": gettext_lazy("Check before loading"),
    "load": gettext_lazy("Loaded"),
}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step in the line: `url` where one can go to it, "" where not."""

    name: str
    label: str
    url: str
    is_here: bool
    is_past: bool


def loads(request: PortalRequest) -> LoadQuerySet:
    return Load.objects.visible_to(request.user)


def the_load(request: PortalRequest, key: UUID) -> Load:
    """404 for somebody else's, as for one that is not there or is kept no longer."""
    return get_object_or_404(loads(request).select_related("office", "by"), key=key)


def before_loading(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """For the steps in which something is still decided: hands the view its load.

    What is loaded, or being saved, leads to where that is told.
    """

    @wraps(view)
    def wrapper(request: PortalRequest, key: UUID) -> HttpResponseBase:
        load = the_load(request, key)
        if load.stage == Load.Stage.SAVING and load.is_worked_on:
            return redirect("imports:progress", key)
        return redirect(load) if load.is_loaded else view(request, load)

    return wrapper


def line(here: str, load: Load | None = None) -> list[Step]:
    """Every step; those that can be gone to have an address."""
    names = list(NAMES)
    place = names.index(here)
    return [
        Step(
            name=name,
            label=str(label),
            url="" if name == here else address(name, load),
            is_here=name == here,
            is_past=number < place,
        )
        for number, (name, label) in enumerate(NAMES.items())
    ]


def address(name: str, load: Load | None) -> str:
    if load is None or load.stage == Load.Stage.SAVING or (load.is_loaded != (name == "load")):
        return ""
    return (
        reverse("imports:start") if name == "start" else reverse(f"imports:{name}", args=[load.key])
    )


def show(
    request: PortalRequest,
    step: str,
    load: Load,
    context: dict[str, Any],
    *,
    shown: Any = None,
    status: int = 200,
    template: str = "",
) -> HttpResponse:
    """The page of a step. `shown`: records besides the load that it says something of."""
    everything = {
        "load": load,
        "steps": line(step, load),
        "heading": HEADINGS[step],
        "marking": marking_of(load, shown),
        "kept_days": settings.LOAD_KEPT_DAYS,
    }
    name = template or f"engagements/imports/{step}.html"
    return render(request, name, everything | context, status=status)
