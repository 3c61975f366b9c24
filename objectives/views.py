from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import administrators_only, everyone_signed_in
from accounts.http import PortalRequest


@everyone_signed_in
def objective_list(request: PortalRequest) -> HttpResponse:
    return render(request, "base.html")


@everyone_signed_in
def framework_detail(request: PortalRequest, code: str) -> HttpResponse:
    return render(request, "base.html")


@administrators_only
def framework_adopt(request: PortalRequest, code: str) -> HttpResponse:
    return render(request, "base.html")


@everyone_signed_in
def objective_detail(request: PortalRequest, code: str) -> HttpResponse:
    return render(request, "base.html")
