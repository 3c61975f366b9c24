from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import contributors_only
from accounts.http import PortalRequest


@contributors_only
def align_many(request: PortalRequest) -> HttpResponse:
    return render(request, "base.html")


@contributors_only
def engagement_align(request: PortalRequest, reference: str) -> HttpResponse:
    return render(request, "base.html")
