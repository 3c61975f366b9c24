"""Pages for what went wrong: each says what it is, and what to do next."""

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.csrf import requires_csrf_token

from common.bilingual import reader_language


class MayNotChange(PermissionDenied):
    """Who may read a record, and not change it. `marking` is the record's: the page names it."""

    def __init__(self, reason: str, *, marking: int = 0) -> None:
        self.marking = marking
        super().__init__(reason)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    too_long = isinstance(exception, RequestDataTooBig | TooManyFieldsSent)
    return render(request, "errors/400.html", {"too_long": too_long}, status=400)


@requires_csrf_token
def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A page for other roles; or, where the refusal says more (PermissionDenied's text), that."""
    context = {"reason": str(exception or ""), "marking": getattr(exception, "marking", 0)}
    return render(request, "errors/403.html", context, status=403)


@requires_csrf_token
def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


@requires_csrf_token
def wrong_method(request: HttpRequest, *, allowed: str) -> HttpResponse:
    """A page that is there, but not to be opened this way; `allowed` as in Django's own answer."""
    response = render(request, "errors/405.html", status=405)
    response["Allow"] = allowed
    return response


@requires_csrf_token
def unproven(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without the proof that it was opened here: CSRF_FAILURE_VIEW."""
    return render(request, "errors/unproven.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Stands alone: whatever is broken, it needs neither the database nor who is signed in."""
    context = {"now": timezone.now(), "language": reader_language()}
    return HttpResponse(render_to_string("errors/500.html", context), status=500)
