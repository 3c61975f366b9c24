"""The reader's views, on the pages that views are of."""

from typing import Any

from django import template

from dashboards.saved.listing import views_of

register = template.Library()

# More of them stand on their own page.
SHOWN = 6


@register.inclusion_tag("dashboards/views/_line.html", takes_context=True)
def views_line(context: Any, page: str) -> dict[str, Any]:
    """One query: those of this page, the reader's own first."""
    request = context["request"]
    person, here = request.user, request.get_full_path()
    views = [view for view in views_of(person) if view.page == page]
    own_first = sorted(views, key=lambda view: view.owner_id != person.pk)
    return {"views": own_first[:SHOWN], "further": len(views) > SHOWN, "here": here}


@register.inclusion_tag("dashboards/home/_views.html", takes_context=True)
def views_at_home(context: Any) -> dict[str, Any]:
    """One query: of every page, the reader's own first."""
    person = context["request"].user
    own_first = sorted(views_of(person), key=lambda view: view.owner_id != person.pk)
    return {"views": own_first[:SHOWN]}
