from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import approvers_only, contributors_only
from accounts.http import PortalRequest


@contributors_only
def engagement_submit(request: PortalRequest, reference: str) -> HttpResponse:
    return render(request, "base.html")


@approvers_only
def engagement_approve(request: PortalRequest, reference: str) -> HttpResponse:
    return render(request, "base.html")


@approvers_only
def engagement_return(request: PortalRequest, reference: str) -> HttpResponse:
    return render(request, "base.html")


@approvers_only
def engagement_decline(request: PortalRequest, reference: str) -> HttpResponse:
    return render(request, "base.html")


@contributors_only
def engagement_complete(request: PortalRequest, reference: str) -> HttpResponse:
    return render(request, "base.html")


@contributors_only
def engagement_cancel(request: PortalRequest, reference: str) -> HttpResponse:
    return render(request, "base.html")
