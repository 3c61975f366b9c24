"""What every answer carries."""

import io
import secrets
from gzip import GzipFile

from django.conf import settings
from django.http import HttpResponseNotAllowed, HttpResponseNotFound
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import get_language_from_path

from common.errors import missing, wrong_method

# Bytes below which a page is sent as it is, and how hard the others are compressed (1 to 9).
LEAST, LEVEL = 500, 4


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


def compressed(get_response):
    """Pages go over the wire at a sixth of their size. Django's own does it harder, and takes longer.

    The length is blurred, as Django's is: from that of many answers nobody guesses what stands beside
    what they had put in. Files are left as they are: they are compressed already, or streamed.
    """

    def middleware(request):
        response = get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if response.streaming or not is_page or len(response.content) < LEAST:
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        if "gzip" not in request.headers.get("Accept-Encoding", "") or response.has_header(
            "Content-Encoding"
        ):
            return response
        response.content = squeezed(response.content, blur=GZipMiddleware.max_random_bytes)
        response.headers["Content-Length"] = str(len(response.content))
        response.headers["Content-Encoding"] = "gzip"
        return response

    return middleware


def squeezed(content: bytes, *, blur: int) -> bytes:
    """Gzipped, with a name of up to `blur` letters in its head that nobody reads."""
    packed = io.BytesIO()
    name = secrets.token_urlsafe(blur)[: secrets.randbelow(blur)]
    with GzipFile(filename=name, mode="wb", compresslevel=LEVEL, fileobj=packed, mtime=0) as file:
        file.write(content)
    return packed.getvalue()


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
