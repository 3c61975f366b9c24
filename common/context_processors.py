"""What base.html needs on every page."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import timezone

from common.bilingual import LANGUAGES, reader_language


def portal(request: HttpRequest) -> dict:
    """This page's address in the other language, today, whether this is a demonstration."""
    other = "en" if reader_language() == "fr" else "fr"
    return {
        "other_language": other,
        "other_language_url": same_page_in(other, request.get_full_path()),
        "today": timezone.localdate(),
        "demonstration": settings.DEMONSTRATION,
    }


def same_page_in(language: str, url: str) -> str:
    """The same page, record and filters in `language`; of a page that is not there, its address."""
    translated = translate_url(url, language)
    if translated != url:
        return translated
    first, rest = f"{url[1:]}/".split("/", 1)
    missing = rest.removesuffix("/") if first in LANGUAGES else url[1:]
    return f"/{language}/{missing}"
