"""What base.html needs on every page."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, translate_url
from django.utils import timezone, translation
from django.utils.encoding import iri_to_uri

from common.bilingual import LANGUAGES, reader_language
from common.templatetags.quick import address_of


def portal(request: HttpRequest) -> dict:
    """This page's address in the other language, today, whether this is a demonstration."""
    other = "en" if reader_language() == "fr" else "fr"
    return {
        "other_language": other,
        "other_language_url": this_page_in(other, request),
        "today": timezone.localdate(),
        "demonstration": settings.DEMONSTRATION,
    }


def this_page_in(language: str, request: HttpRequest) -> str:
    """As same_page_in, of the page that is asked for: which one that is was found out before."""
    match, query = request.resolver_match, request.META.get("QUERY_STRING", "")
    if match is None or match.args:
        return same_page_in(language, request.get_full_path())
    kwargs = tuple((name, str(value)) for name, value in match.kwargs.items())
    try:
        with translation.override(language):
            address = address_of(match.view_name, kwargs=kwargs)
    except NoReverseMatch:
        return same_page_in(language, request.get_full_path())
    return f"{address}?{iri_to_uri(query)}" if query else address


def same_page_in(language: str, url: str) -> str:
    """The same page, record and filters in `language`; of a page that is not there, its address."""
    translated = translate_url(url, language)
    if translated != url:
        return translated
    first, rest = f"{url[1:]}/".split("/", 1)
    missing = rest.removesuffix("/") if first in LANGUAGES else url[1:]
    return f"/{language}/{missing}"
