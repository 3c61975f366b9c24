"""What every answer carries."""

from django.conf import settings
from django.http import HttpResponseNotAllowed, HttpResponseNotFound
from django.utils.cache import add_never_cache_headers
from django.utils.translation import get_language_from_path

from common.errors import missing, wrong_method


def private_pages(get_response):
    """Pages made for a signed-in person are kept by no cache, the browser's Back included."""

    def middleware(request):
        response = get_response(request)
        # What says itself how it is kept, as the health checks do, is not asked who is signed in.
        if response.has_header("Cache-Control"):
            return response
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware


def remember_language(get_response):
    """The language last read, in a cookie: / leads there next time."""

    def middleware(request):
        response = get_response(request)
        language = get_language_from_path(request.path_info)
        name = settings.LANGUAGE_COOKIE_NAME
        if language and response.status_code == 200 and request.COOKIES.get(name) != language:
            response.set_cookie(
                name,
                language,
                max_age=60 * 60 * 24 * 365,
                samesite="Lax",
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=True,
            )
        return response

    return middleware


def own_missing_page(get_response):
    """In development too, a page that is not there is the portal's own (prod needs no help)."""

    def middleware(request):
        response = get_response(request)
        # A view's own answer to what is not there is an HttpResponse with that status.
        return missing(request) if isinstance(response, HttpResponseNotFound) else response

    return middleware


def page_for_wrong_method(get_response):
    """A page that only takes a form, opened by its address: Django answers with an empty page."""

    def middleware(request):
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return wrong_method(request, allowed=response.headers["Allow"])
        return response

    return middleware
