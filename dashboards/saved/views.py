"""Saved views: a filter kept under a name, opened, shared, begun with, mailed.

To whoever may not see a view its address answers like one that leads nowhere.
"""

import uuid
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import unsaved
from accounts.access import View, everyone_signed_in
from accounts.http import PortalRequest
from accounts.models import User
from accounts.unsaved import keeps_unsaved
from common.errors import MayNotChange
from common.side_by_side import number
from dashboards import actions
from dashboards.actions import MovedOn, NameTaken
from dashboards.models import NAME_LENGTH, Page, SavedView
from dashboards.saved import listing
from dashboards.saved.forms import MailForm, ViewForm, rhythm_of

page = require_http_methods(["GET", "HEAD", "POST"])


def unless_just_deleted(view: View) -> View:
    """A view that is deleted in another tab while this one saves is answered like any that is gone."""

    @wraps(view)
    def wrapper(request: PortalRequest, *args, **kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except SavedView.DoesNotExist as gone:
            raise Http404 from gone

    return wrapper


@require_safe
@everyone_signed_in
def view_list(request: PortalRequest) -> HttpResponse:
    return render(request, "dashboards/views/list.html", {"listing": listing.listing(request.user)})


@require_safe
@everyone_signed_in
def view_open(request: PortalRequest, key: uuid.UUID) -> HttpResponse:
    """To its page, which counts and lists what this reader may see."""
    return redirect(visible(request.user, key).target)


@page
@everyone_signed_in
@keeps_unsaved(lambda request: None)
@unless_just_deleted
def view_create(request: PortalRequest) -> HttpResponse:
    if text := unsaved.chosen(request):
        return show(request, ViewForm(text.as_data(), user=request.user).unjudged())
    if request.method != "POST":
        form = ViewForm(user=request.user, initial=asked_for(request))
        return show(request, form, status=400 if form.asked.problems else 200)
    form = ViewForm(request.POST, user=request.user)
    if not form.is_valid():
        return show(request, form, status=422)
    try:
        view = actions.save_view(by=request.user, key=form.cleaned_data["key"], **form.values())
    except NameTaken:
        form.add_error("name", form.name_taken())
        return show(request, form, status=422)
    chosen_besides(request.user, view, form)
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    return redirect("dashboards:views")


@page
@everyone_signed_in
@keeps_unsaved(lambda request, key: own(request.user, key))
@unless_just_deleted
def view_edit(request: PortalRequest, key: uuid.UUID) -> HttpResponse:
    view = own(request.user, key)
    if text := unsaved.chosen(request):
        typed = text.as_data()
        form = ViewForm(typed, user=request.user, view=view).unjudged()
        return show(request, form, seen=number(typed, "seen"))
    if request.method != "POST":
        instead = asked_for(request) if "of" in request.GET else None
        form = ViewForm(user=request.user, view=view, initial=instead)
        return show(request, form, status=400 if form.asked.problems and instead else 200)
    form = ViewForm(request.POST, user=request.user, view=view)
    seen = number(request.POST, "seen")
    if not form.is_valid():
        return show(request, form, seen=seen, status=422)
    try:
        view = actions.amend_view(by=request.user, view=view, version=seen, **form.values())
    except NameTaken:
        form.add_error("name", form.name_taken())
        return show(request, form, seen=seen, status=422)
    except MovedOn as moved:
        return show(request, form, seen=moved.current.version, now=moved.current, status=409)
    chosen_besides(request.user, view, form)
    messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
    return redirect("dashboards:views")


@page
@everyone_signed_in
def view_delete(request: PortalRequest, key: uuid.UUID) -> HttpResponse:
    view = visible(request.user, key)
    if not listing.may_delete(request.user, view):
        raise not_theirs(_("Only whoever saved a view may delete it."))
    if request.method != "POST":
        context = {"view": view, "others": listing.others_who_use(view, request.user)}
        return render(request, "dashboards/views/delete.html", context)
    actions.delete_view(by=request.user, view=view)
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect("dashboards:views")


@require_POST
@everyone_signed_in
@unless_just_deleted
def view_start(request: PortalRequest, key: uuid.UUID) -> HttpResponse:
    """Begin with it, or (do=stop) with the home page again."""
    view = visible(request.user, key)
    if request.POST.get("do") == "stop":
        actions.stop_starting(by=request.user, view=view)
        messages.success(request, _("You start with your work again."))
    else:
        actions.start_with(by=request.user, view=view)
        words = _("You start with “%(name)s” from now on: it opens when you sign in.")
        messages.success(request, words % {"name": view.name})
    return redirect("dashboards:views")


@page
@everyone_signed_in
@unless_just_deleted
def view_mail(request: PortalRequest, key: uuid.UUID) -> HttpResponse:
    """How often it is mailed to the reader: what every mail leads to, to be stopped."""
    view = visible(request.user, key)
    sent = request.POST if request.method == "POST" else None
    form = MailForm(sent, user=request.user, initial={"rhythm": rhythm_of(view, request.user)})
    if form.is_valid():
        rhythm = form.cleaned_data["rhythm"]
        actions.subscribe(by=request.user, view=view, rhythm=rhythm)
        messages.success(request, listing.mailed_from_now(view, rhythm))
        return redirect("dashboards:views")
    context = {"view": view, "form": form, "subscription": listing.subscription(view, request.user)}
    return render(
        request, "dashboards/views/mail.html", context, status=422 if form.errors else 200
    )


@require_POST
@everyone_signed_in
def views_lost(request: PortalRequest) -> HttpResponse:
    """The reader has read that views they used are gone."""
    actions.forget_lost(by=request.user)
    return redirect("dashboards:views")


def visible(person: User, key: uuid.UUID) -> SavedView:
    """A view the person may see; Http404 otherwise."""
    views = SavedView.objects.visible_to(person).select_related("office", "owner")
    return get_object_or_404(views, key=key)


def own(person: User, key: uuid.UUID) -> SavedView:
    view = visible(person, key)
    if view.owner_id != person.pk:
        raise not_theirs(_("Only whoever saved a view may change it. You can save a copy of it."))
    return view


def not_theirs(reason: str) -> MayNotChange:
    return MayNotChange(reason, marking=0)


def asked_for(request: PortalRequest) -> dict[str, Any]:
    """What a new view is to be of: the page and query of the address, or another view copied."""
    if copied := copied_view(request):
        name = _("Copy of %(name)s") % {"name": copied.name}
        return {"of": copied.page, "query": copied.query, "name": name[:NAME_LENGTH]}
    of = request.GET.get("of", Page.DASHBOARD)
    of = of if of in Page.values else Page.DASHBOARD
    return {"of": of, "query": without_marks(request.GET)}


def copied_view(request: PortalRequest) -> SavedView | None:
    key = request.GET.get("copy", "")
    try:
        return visible(request.user, uuid.UUID(key)) if key else None
    except ValueError:
        return visible(request.user, uuid.UUID(int=0))


def without_marks(data: QueryDict) -> str:
    """The query of a page out of the address of this form; a NUL no database keeps."""
    kept = [(name, value) for name, values in data.lists() for value in values]
    return urlencode([pair for pair in kept if pair[0] != "of"])


def chosen_besides(person: User, view: SavedView, form: ViewForm) -> None:
    """What its owner does with it themselves."""
    if form.cleaned_data["start"]:
        actions.start_with(by=person, view=view)
    else:
        actions.stop_starting(by=person, view=view)
    actions.subscribe(by=person, view=view, rhythm=form.cleaned_data["rhythm"])


def show(
    request: PortalRequest,
    form: ViewForm,
    *,
    seen: int = 0,
    now: SavedView | None = None,
    status: int = 200,
) -> HttpResponse:
    """`seen`: the version the person saw, where it is not that of now; `now`: the view as it moved on."""
    found, view, of = form.asked, form.view, form.of_page
    context = {
        "form": form,
        "view": view,
        "seen": seen or (view.version if view else ""),
        "asked": found,
        "of": of,
        "words": listing.words_of(of, found.query, request.user),
        "now": now,
        "now_words": listing.words_of(now.page, now.query, request.user) if now else None,
        "instead": [] if view or found.problems else own_of(request.user, of),
    }
    return render(request, "dashboards/views/form.html", context, status=status)


def own_of(person: User, of: Page) -> list[SavedView]:
    """The person's views of that page, any of which may take the filter instead of a new one."""
    mine = (view for view in listing.views_of(person) if view.owner_id == person.pk)
    return [view for view in mine if view.page == of]
