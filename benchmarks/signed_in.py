"""What is written by hand, for somebody who is signed in: the portal's middleware, and nothing else of it."""

from functools import cache

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from accounts.http import PortalRequest
from benchmarks import floor_detail, floor_save
from benchmarks.scenes import Hand, Scene

hand_of = cache(lambda username: Hand.of(Scene(name="by hand", username=username)))


@require_safe
def engagement(request: PortalRequest, reference: str) -> HttpResponse:
    return HttpResponse(floor_detail.the_page(hand_of(request.user.username), reference))


@require_POST
def save(request: PortalRequest, key: int) -> HttpResponse:
    by = request.user
    floor_save.save(key, request.POST["outcome"], by=by.pk, clearance=by.clearance)
    return redirect("empty")
