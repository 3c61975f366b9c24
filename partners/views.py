from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import administrators_only, everyone_signed_in
from accounts.http import PortalRequest


@everyone_signed_in
def partner_list(request: PortalRequest) -> HttpResponse:
    return render(request, "base.html")


@administrators_only
def partner_create(request: PortalRequest) -> HttpResponse:
    return render(request, "base.html")


@everyone_signed_in
def partner_detail(request: PortalRequest, code: str) -> HttpResponse:
    return render(request, "base.html")


@administrators_only
def partner_edit(request: PortalRequest, code: str) -> HttpResponse:
    return render(request, "base.html")


@administrators_only
def partner_archive(request: PortalRequest, code: str) -> HttpResponse:
    return render(request, "base.html")


@administrators_only
def partner_restore(request: PortalRequest, code: str) -> HttpResponse:
    return render(request, "base.html")
