from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import contributors_only
from accounts.http import PortalRequest


@contributors_only
def partner_suggestions(request: PortalRequest) -> HttpResponse:
    return render(request, "base.html")
