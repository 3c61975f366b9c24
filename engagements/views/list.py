from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest


@everyone_signed_in
def engagement_list(request: PortalRequest) -> HttpResponse:
    return render(request, "base.html")


@everyone_signed_in
def engagement_export(request: PortalRequest) -> HttpResponse:
    return render(request, "base.html")
