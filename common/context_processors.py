"""What base.html needs on every page."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import timezone

from common.bilingual import reader_language


def portal(request: HttpRequest) -> dict:
    """The other language's address of this very page, today, whether this is a demonstration."""
    other = "en" if reader_language() == "fr" else "fr"
    return {
        "other_language": other,
        "other_language_url": translate_url(request.get_full_path(), other),
        "today": timezone.localdate(),
        "demonstration": settings.DEMONSTRATION,
    }
