from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import contributors_only
from accounts.http import PortalRequest


@contributors_only
def draft_edit(request: PortalRequest, pk: int) -> HttpResponse:
    return render(request, "base.html")


@contributors_only
def draft_discard(request: PortalRequest, pk: int) -> HttpResponse:
    return render(request, "base.html")
