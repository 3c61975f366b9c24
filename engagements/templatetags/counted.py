"""How a figure of another part of the portal leads to the list of exactly what it counted."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from engagements.kinds import COUNTED

register = template.Library()


@register.simple_tag
def counted_list(*objectives: str, **narrow: Any) -> str:
    """The address of the list of what serves all these objectives (codes), in the stages counted.

    Further parameters of the list by name: {% counted_list "S4" fy=year %}; None leaves one out.
    """
    chosen = [(name, str(value)) for name, value in narrow.items() if value is not None]
    query = [*(("objective", code) for code in objectives), *chosen]
    query += [("stage", stage.value) for stage in COUNTED]
    return f"{reverse('engagements:list')}?{urlencode(query)}"
