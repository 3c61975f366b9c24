from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import contributors_only
from accounts.http import PortalRequest


@contributors_only
def engagement_create(request: PortalRequest) -> HttpResponse:
    return render(request, "base.html")


@contributors_only
def objectives_offered(request: PortalRequest) -> HttpResponse:
    return render(request, "base.html")


@contributors_only
def likely_duplicates(request: PortalRequest) -> HttpResponse:
    return render(request, "base.html")


@contributors_only
def engagement_edit(request: PortalRequest, reference: str) -> HttpResponse:
    return render(request, "base.html")
