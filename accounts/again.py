"""A session that ends mid-form: signing in leads back to the form, with everything typed in it.

What was typed travels in the sign-in page itself, signed, compressed and for a limited time; nothing is
stored for whom nobody knows. Signed in again, the person who opened the form gets it back as unsaved text.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from accounts import demonstration
from accounts.forms import SignInForm
from accounts.kept import keep_text
from accounts.models import Unsaved, User
from accounts.typed import AUTOSAVE, Page, address_of, number_in, opened_by, text_of
from common import errors
from common.bilingual import other_language

SALT = "accounts.again"
# Over a long weekend.
KEPT_FOR = 60 * 60 * 24 * 4
# What else the sign-in form sends.
ROOM = 10_000


@dataclass(frozen=True)
class Carried:
    """What the sign-in page carries: signed text, or "" where it is too long to be sent once more."""

    text: str

    @property
    def is_too_long(self) -> bool:
        return not self.text


def carried_in(request: HttpRequest) -> Carried | None:
    """What was typed in the form that was sent; None where nobody credibly opened it."""
    opener = opened_by(request.POST)
    if opener is None or request.resolver_match is None:
        return None
    page = Page.of(request.POST)
    text = {
        "by": opener,
        "path": request.path,
        "address": address_of(request),
        "page": str(page.key or uuid.uuid4()),
        "turn": page.turn,
        "continues": request.POST.get("continues", ""),
        "version": number_in(request.POST.get("version", "")),
        "data": text_of(request.POST),
    }
    signed = signing.dumps(text, salt=SALT, compress=True)
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return Carried("" if most and len(signed) > most - ROOM else signed)


def carried_on(request: HttpRequest) -> Carried | None:
    """What the sign-in page carried, for it to carry on: after a wrong password, or in French."""
    signed = request.POST.get("typed", "")
    return Carried(signed) if signed else None


def given_back(request: HttpRequest, person: User) -> str:
    """The address of the form with what the sign-in page carried in it, kept as unsaved text.

    "" where it carried nothing, or nothing that is this person's.
    """
    signed = request.POST.get("typed", "")
    if not signed:
        return ""
    try:
        text = signing.loads(signed, salt=SALT, max_age=KEPT_FOR)
    except signing.SignatureExpired:
        messages.error(request, _("What was typed in the form is too old to be brought back."))
        return ""
    except signing.BadSignature:
        return ""
    if text["by"] != person.pk:
        messages.warning(
            request, _("What was typed before was another person’s, and is shown to them alone.")
        )
        return ""
    kept = keep_again(text, person)
    messages.warning(
        request,
        _(
            "You were signed out before this form was sent. You are signed in again, and everything you "
            "typed is below. It is not saved yet."
        ),
    )
    return f"{text['path']}?unsaved=resume&typed={kept.page}"


def keep_again(text: dict[str, Any], person: User) -> Unsaved:
    told = {"page": text["page"], "turn": str(text["turn"]), "continues": text["continues"]}
    page = Page.of(told)  # type: ignore[arg-type]
    values = {name: text[name] for name in ("turn", "version", "data")}
    values["saved_at"] = timezone.now()
    return keep_text(person=person, address=text["address"], page=page, values=values)


def sign_in_page(
    request: HttpRequest,
    *,
    form: SignInForm | None = None,
    going_to: str = "",
    carried: Carried | None = None,
    is_anothers: bool = False,
    status: int = 200,
) -> HttpResponse:
    """Where one signs in; `carried` travels along, to be given back afterwards."""
    context = {
        "form": form or SignInForm(request),
        "next": going_to or (request.path if carried else ""),
        "carried": carried,
        "is_anothers": is_anothers,
        "days": KEPT_FOR // (60 * 60 * 24),
        "other_sign_in_url": translate_url(reverse("accounts:sign_in"), other_language()),
        "people": demonstration.people(),
        "password": demonstration.password_in_use(),
    }
    response = render(request, "accounts/sign_in.html", context, status=status)
    add_never_cache_headers(response)
    return response


def sign_in_as_who_typed(request: HttpRequest) -> HttpResponse:
    """Somebody else is signed in by now: the one who typed may sign in instead."""
    return sign_in_page(request, carried=carried_in(request), is_anothers=True, status=403)


@requires_csrf_token
def unproven(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the proof that it was opened here, with a way back: CSRF_FAILURE_VIEW."""
    signed_in = request.user.is_authenticated
    if request.POST.get("do") == AUTOSAVE:
        why = "unproven" if signed_in else "signed-out"
        return JsonResponse({"why": why}, status=403 if signed_in else 401)
    carried = carried_in(request)
    if carried is None or "HX-Request" in request.headers:
        return errors.unproven(request, reason)
    if not signed_in:
        return sign_in_page(request, carried=carried, status=403)
    return render(request, "errors/unproven.html", {"carried": carried}, status=403)
