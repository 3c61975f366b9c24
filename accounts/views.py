"""Coming in and going out, and what a person may set for themselves."""

from axes.helpers import get_cool_off
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.access import everyone, everyone_signed_in
from accounts.again import carried_on, given_back, sign_in_page
from accounts.forms import NewPasswordForm, ProfileForm, SignInForm
from accounts.http import PortalRequest
from accounts.models import User
from common.bilingual import LANGUAGES, reader_language
from common.history.recording import recording


@never_cache
@vary_on_headers("Accept-Language", "Cookie")
@require_safe
@everyone
def front_door(request: HttpRequest) -> HttpResponse:
    """/ leads to the home page: in a person's own language, else in the one last read or asked for."""
    if request.user.is_authenticated:
        return redirect(home_in(request.user.language))
    return redirect(home_in(get_language_from_request(request)))


@never_cache
@sensitive_post_parameters("password", "typed")
@require_http_methods(["GET", "HEAD", "POST"])
@everyone
def sign_in(request: HttpRequest) -> HttpResponse:
    # Whoever is signed in may have somebody else's form before them, who signs in instead.
    tried = request.method == "POST" and "username" in request.POST
    if request.user.is_authenticated and not (tried and "typed" in request.POST):
        return after_sign_in(request, request.user)
    if "HX-Request" in request.headers:
        # A part of a page was asked for after the session had ended: page.js says so.
        return HttpResponse(status=401)
    carried = carried_on(request)
    if request.method == "POST" and "again" in request.POST:
        return sign_in_page(request, going_to=asked_for(request), carried=carried)
    form = SignInForm(request, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        login(request, form.get_user())
        return after_sign_in(request, form.get_user())
    status = 422 if form.errors else 200
    return sign_in_page(
        request, form=form, going_to=asked_for(request), carried=carried, status=status
    )


@require_POST
@everyone
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("You are signed out."))
    response = redirect("accounts:sign_in")
    # Whatever this browser kept of the portal goes; cookies stay, for the language last read is one.
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


def locked_out(
    request: HttpRequest, response: HttpResponse | None, credentials: dict | None
) -> HttpResponse:
    """Too many wrong passwords: what AXES_LOCKOUT_CALLABLE answers with."""
    wait = get_cool_off(request)
    minutes = round(wait.total_seconds() / 60) if wait else None
    context = {"minutes": minutes, "carried": carried_on(request), "next": asked_for(request)}
    return render(request, "accounts/locked_out.html", context, status=429)


@require_http_methods(["GET", "HEAD", "POST"])
@everyone_signed_in
def profile(request: PortalRequest) -> HttpResponse:
    form = ProfileForm(
        request.POST if request.method == "POST" else None,
        instance=User.objects.get(pk=request.user.pk),
    )
    if form.is_bound and form.is_valid():
        with recording(by=request.user, act="amended", records=[request.user]):
            person = form.save()
        with override(person.language):
            messages.success(request, _("Your profile is saved."))
            return redirect("accounts:profile")
    context = {"form": form, "person": request.user}
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@everyone_signed_in
def password(request: PortalRequest) -> HttpResponse:
    form = NewPasswordForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        person = form.save(commit=False)
        # Nothing else of the person: an administrator may be changing it at this moment.
        person.save(update_fields=["password"])
        update_session_auth_hash(request, person)
        messages.success(
            request, _("Your password is changed. Other places you were signed in are signed out.")
        )
        return redirect("accounts:profile")
    return render(
        request, "accounts/password.html", {"form": form}, status=422 if form.errors else 200
    )


def home_in(language: str) -> str:
    with override(language):
        return reverse("dashboards:home")


def asked_for(request: HttpRequest) -> str:
    """The page of this portal that `next` names; "" for another site's, or for none."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if ours else ""


def after_sign_in(request: HttpRequest, person: User) -> HttpResponseRedirect:
    """To what was asked for; to the home page where that was all.

    That is in the person's own language, unless they turned the sign-in page to another one than
    their browser asks for: then in the language they are reading.
    """
    if form_again := given_back(request, person):
        return HttpResponseRedirect(form_again)
    url = asked_for(request)
    if not url or url in [home_in(language) for language in LANGUAGES]:
        reading = reader_language()
        turned = reading != browser_language(request)
        url = home_in(reading if turned else person.language)
    return HttpResponseRedirect(url)


def browser_language(request: HttpRequest) -> str:
    """What the browser asks for, whatever was read before."""
    asking = HttpRequest()
    asking.META["HTTP_ACCEPT_LANGUAGE"] = request.headers.get("Accept-Language", "")
    return get_language_from_request(asking)
