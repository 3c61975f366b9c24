"""Nothing typed is lost: what is typed in a form is kept, for its author alone, until it is saved.

A view whose form people type in takes `keeps_unsaved`, its template {% keep_typed %} inside the form and
{% unsaved_panel %} above it, and opens with what is typed where `chosen(request)` finds some:

    @administrators_only
    @keeps_unsaved(lambda request, code: get_object_or_404(Partner, code=code))
    def partner_edit(request, code): …

`POST do=autosave` to the form's address keeps what is typed, `do=throw-away` forgets it;
`?unsaved=resume` and `?unsaved=compare` open the form with it; a save that is answered with a redirect
ends it.
"""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import View
from accounts.again import sign_in_as_who_typed
from accounts.http import PortalRequest
from accounts.kept import keep_text, went_on_from
from accounts.models import Unsaved
from accounts.typed import (
    AUTOSAVE,
    THROW_AWAY,
    Page,
    address_of,
    is_anothers,
    key_in,
    number_in,
    text_of,
)
from common.prepared import ask
from common.times import clock_time

Check = Callable[..., object]


def keeps_unsaved(check: Check) -> Callable[[View], View]:
    """A decorator, beneath the audience: what is typed is kept in Unsaved.

    `check(request, **kwargs)` refuses (Http404, PermissionDenied) whom the form would refuse.
    """

    def decorator(view: View) -> View:
        @wraps(view)
        def wrapper(request: PortalRequest, *args, **kwargs) -> HttpResponseBase:
            if is_autosave(request):
                check(request, *args, **kwargs)
                return kept(keep(request))
            return view(request, *args, **kwargs)

        return keeps_typed(wrapper)

    return decorator


def keeps_typed(view: View) -> View:
    """The same for a view that autosaves elsewhere, as a draft: it answers do=autosave itself."""

    @wraps(view)
    def wrapper(request: PortalRequest, *args, **kwargs) -> HttpResponseBase:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        if is_anothers(request):
            return not_yours(request)
        if request.POST.get("do") == THROW_AWAY:
            return thrown_away(request)
        response = view(request, *args, **kwargs)
        if response.status_code == 302:
            forget(request)
        return response

    setattr(wrapper, "keeps_typed", True)  # noqa: B010 -- read by tests/accounts/test_unsaved.py
    return wrapper


# What there is


def of_form(request: PortalRequest) -> QuerySet[Unsaved]:
    """What this person has typed in this form and not saved, the latest first."""
    found = Unsaved.objects.filter(person=request.user, address=address_of(request))
    return found.order_by("-saved_at", "-pk")


def besides_this(request: PortalRequest, rows: QuerySet[Unsaved]) -> QuerySet[Unsaved]:
    """Without what the form just sent has kept itself, or went on from."""
    page = Page.of(request.POST)
    return rows.exclude(page__in=[key for key in (page.key, page.from_key) if key])


def asked(request: PortalRequest) -> str:
    """ "resume" or "compare", as the address asks; "" where it asks for neither."""
    wish = request.GET.get("unsaved", "")
    return wish if wish in {"resume", "compare"} else ""


def chosen(request: PortalRequest) -> Unsaved | None:
    """The unsaved text that the address asks for, by `typed` or the latest; None in a form just sent."""
    if request.method == "POST" or not asked(request):
        return None
    if not hasattr(request, "_unsaved"):
        found = of_form(request)
        if page := key_in(request.GET.get("typed", "")):
            found = found.filter(page=page)
        request._unsaved = found.first()  # type: ignore[attr-defined]
    return cast("Unsaved | None", request._unsaved)  # type: ignore[attr-defined]


def to_compare(request: PortalRequest) -> Unsaved | None:
    """The same, where the address asks to see it beside the record as it is."""
    return chosen(request) if asked(request) == "compare" else None


# What becomes of it


def is_autosave(request: PortalRequest) -> bool:
    return request.method == "POST" and request.POST.get("do") == AUTOSAVE


def keep(request: PortalRequest, *, address: str = "") -> Unsaved | None:
    """Keep what was sent as typed in this form, or in the form at `address`; None from no open form."""
    page = Page.of(request.POST)
    if page.key is None:
        return None
    values: dict[str, Any] = {
        "turn": page.turn,
        "version": number_in(request.POST.get("version", "")),
        "data": text_of(request.POST),
        "saved_at": timezone.now(),
    }
    address = address or address_of(request)
    return keep_text(person=request.user, address=address, page=page, values=values)


def forget(request: PortalRequest) -> None:
    """It is saved, or kept elsewhere: what this form, and the text it went on from, had kept goes."""
    page = Page.of(request.POST)
    # Asked first: there seldom is any, and whoever deletes waits for everybody else who writes.
    if page.key is not None and ask("unsaved", typed_in, person=request.user.pk, page=page.key):
        typed_in(request.user.pk, page.key).delete()
    if page.from_key is not None and (rows := went_on_from(page, request.user)).exists():
        rows.delete()


def typed_in(person: int, page: uuid.UUID) -> QuerySet[Unsaved]:
    """What an open form of this person has kept."""
    return Unsaved.objects.filter(person=person, page=page)


def thrown_away(request: PortalRequest) -> HttpResponse:
    page = key_in(request.POST.get("typed", ""))
    gone, _each = of_form(request).filter(page=page).delete() if page else (0, {})
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"thrown_away": gone})
    if gone:
        messages.success(request, _("What you had typed is thrown away. The record is as it was."))
    return redirect(request.path)


# Answers to the script


def kept(row: Unsaved | None) -> JsonResponse:
    if row is None:
        return JsonResponse({"why": "unknown"}, status=400)
    told = {"time": clock_time(row.saved_at)}
    return JsonResponse(
        {"said": _("Kept for you at %(time)s. Nothing is changed until you save.") % told}
    )


def not_yours(request: PortalRequest) -> HttpResponse:
    """Somebody else has signed in since the form was opened: nothing of it becomes theirs."""
    if is_autosave(request) or "HX-Request" in request.headers:
        return JsonResponse({"why": "another-person"}, status=403)
    return sign_in_as_who_typed(request)
