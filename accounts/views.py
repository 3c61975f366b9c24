"""Signing in and out, and what a person may set for themselves."""

from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import everyone, everyone_signed_in
from accounts.http import PortalRequest

sign_in = everyone(
    auth_views.LoginView.as_view(
        template_name="accounts/sign_in.html", redirect_authenticated_user=True
    )
)
sign_out = everyone(auth_views.LogoutView.as_view())


def locked_out(request: HttpRequest, credentials: dict, *args, **kwargs) -> HttpResponse:
    """Too many wrong passwords: what AXES_LOCKOUT_CALLABLE answers with."""
    return render(request, "accounts/locked_out.html", status=429)


@require_GET
@everyone_signed_in
def profile(request: PortalRequest) -> HttpResponse:
    return render(request, "base.html")
