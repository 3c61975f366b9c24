"""How pages show where what was asked for stands."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from common.search.marks import Piece

register = template.Library()


@register.simple_tag
def marked(pieces: Iterable[Piece], language: str = "") -> SafeString:
    """A text with <mark> around what was asked for; in its language, where that is not the reader's."""
    each = ((format_html("<mark>{}</mark>", p.text) if p.hit else p.text,) for p in pieces)
    html = format_html_join("", "{}", each)
    return format_html('<span lang="{}">{}</span>', language, html) if language else html
