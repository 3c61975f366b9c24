from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import everyone_signed_in
from accounts.http import PortalRequest


@everyone_signed_in
def engagement_detail(request: PortalRequest, reference: str) -> HttpResponse:
    return render(request, "base.html")
