"""Signing in is required, unless a view says otherwise; and a form sent without it is not lost."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import (
    AuthenticationMiddleware,
    LoginRequiredMiddleware,
    get_user,
)
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from accounts.again import carried_in, sign_in_page
from accounts.backends import reading
from accounts.typed import AUTOSAVE


class WhoIsSignedIn(AuthenticationMiddleware):
    """As Django's; the person comes with the session, where they were read together."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: person_of(request))  # type: ignore[assignment]


def person_of(request: HttpRequest) -> Any:
    with reading(request.session):
        return get_user(request)


class SignInRequired(LoginRequiredMiddleware):
    """As Django's, which asks who is signed in even where nobody has to be.

    Asking reads the session from the database: the health checks answer without one.
    """

    def process_view(
        self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict
    ) -> HttpResponseBase | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: Callable
    ) -> HttpResponseBase:
        """To the sign-in page; which carries what was typed in the form that was sent."""
        return typed_in_vain(request) or super().handle_no_permission(request, view_func)


def typed_in_vain(request: HttpRequest) -> HttpResponse | None:
    """The answer to a form sent after the session ended; None for what holds nothing typed."""
    if request.method != "POST" or "HX-Request" in request.headers:
        return None
    if request.POST.get("do") == AUTOSAVE:
        return JsonResponse({"why": "signed-out"}, status=401)
    carried = carried_in(request)
    return sign_in_page(request, carried=carried, status=401) if carried else None
