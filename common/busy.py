"""SQLite lets one write at a time: what is answered to whoever waited for their turn in vain."""

from __future__ import annotations

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token

# Seconds after which to try again.
LATER = 60
# What the database says when the time to wait (DATABASES, timeout) is over.
SAID = "database is locked"
# Typed and never written into a page.
SECRET = "password"


def is_busy(error: BaseException | None) -> bool:
    return isinstance(error, OperationalError) and SAID in str(error)


class TurnTaken:
    """Middleware: where somebody else was writing all the while, a page that says so and sends again."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return busy(request) if is_busy(error) else None


@requires_csrf_token
def busy(request: HttpRequest) -> HttpResponse:
    """What was typed stands in the page, ready to be sent again; nothing of it was saved."""
    again = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    can_send = not request.FILES and not any(SECRET in name for name, _value in again)
    context = {"again": again, "can_send": can_send, "is_form": request.method == "POST"}
    response = render(request, "errors/503.html", context, status=503)
    response["Retry-After"] = str(LATER)
    return response
