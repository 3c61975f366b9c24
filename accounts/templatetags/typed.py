"""What a form needs so that nothing typed in it is lost."""

import uuid
from typing import Any

from django import template

from accounts import unsaved
from accounts.typed import MARKS, address_of, mark_of

register = template.Library()


@register.inclusion_tag("components/keep_typed.html", takes_context=True)
def keep_typed(context: template.Context, kind: str = "unsaved") -> dict[str, Any]:
    """Inside a form, before its buttons: the marks it sends along, and where it says what is kept.

    `kind` is "draft" where do=autosave saves the record itself, as a draft; "sent" where nothing is typed
    that autosaving would keep, and the form is but not lost when it is sent after the session has ended.
    """
    request = context["request"]
    sent = request.POST if request.method == "POST" else {}
    row = unsaved.chosen(request)
    marks = {name: sent.get(name, "") for name in MARKS}
    marks["opened_by"] = mark_of(request.user)
    marks["page"] = marks["page"] or str(uuid.uuid4())
    marks["turn"] = marks["turn"] or "0"
    if row:
        marks["continues"] = f"{row.page}:{row.turn}"
    return {"marks": marks, "kind": kind, "was_sent": bool(sent)}


@register.inclusion_tag("components/unsaved.html", takes_context=True)
def unsaved_panel(context: template.Context) -> dict[str, Any]:
    """Above a form: what was typed in it and is not saved, to resume, compare or throw away."""
    request = context["request"]
    row = unsaved.chosen(request)
    rows = unsaved.of_form(request)
    if request.method == "POST":
        rows = unsaved.besides_this(request, rows)
    others = [other for other in rows if row is None or other.pk != row.pk]
    return {
        "chosen": row,
        "others": others,
        "address": address_of(request),
        "path": request.path,
        "csrf_token": context.get("csrf_token"),
    }
