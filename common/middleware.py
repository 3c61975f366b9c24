"""What every answer carries."""

from django.utils.cache import add_never_cache_headers


def private_pages(get_response):
    """Pages made for a signed-in person are kept by no cache, the browser's Back included."""

    def middleware(request):
        response = get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware
