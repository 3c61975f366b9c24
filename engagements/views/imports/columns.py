"""What each column holds: as guessed or remembered, with a few of its cells to see it by."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from accounts.access import contributors_only
from accounts.http import PortalRequest
from accounts.unsaved import keeps_typed
from common.sheets.tables import Column, NoTable
from engagements.forms.columns import ColumnsForm
from engagements.imports.fields import IGNORE
from engagements.imports.keeping import mapping_of, remembered, table_of
from engagements.imports.mapping import remember
from engagements.imports.subjects import subject_of
from engagements.models import Load
from engagements.views.imports.answering import tell
from engagements.views.imports.steps import before_loading, show


@require_http_methods(["GET", "HEAD", "POST"])
@contributors_only
@keeps_typed
@before_loading
def import_columns(request: PortalRequest, load: Load) -> HttpResponse:
    try:
        table = table_of(load)
    except NoTable:
        return redirect("imports:table", load.key)
    data = request.POST if request.method == "POST" else None
    form = ColumnsForm(
        data,
        columns=table.columns,
        mapping=mapping_of(load, table),
        fields=subject_of(load).fields,
    )
    if request.method != "POST":
        context = {"remembered": not load.answers.get("mapping") and remembered(load, table)}
        return page(request, load, form, context=context)
    if not form.is_valid():
        return page(request, load, form, status=422)
    tell(load, {"mapping": form.mapping})
    remember(table, form.by_index, request.user, subject=load.subject)
    return redirect("imports:questions", load.key)


def page(
    request: PortalRequest,
    load: Load,
    form: ColumnsForm,
    *,
    context: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    gone_to = columns_by_field(form)
    context = (context or {}) | {
        "form": form,
        "fields": form.drawn,
        "needed": needed(gone_to, load),
        "ignored": gone_to.get(IGNORE, []),
    }
    return show(request, "columns", load, context, status=status)


def columns_by_field(form: ColumnsForm) -> dict[str, list[Column]]:
    found: dict[str, list[Column]] = {}
    for bound, column in form.drawn:
        found.setdefault(str(bound.value()), []).append(column)
    return found


def needed(gone_to: dict[str, list[Column]], load: Load) -> list[tuple[str, list[Column]]]:
    """What no record is saved without, and the columns that say it."""
    return [
        (str(label), [column for field in fields for column in gone_to.get(field, [])])
        for label, fields in subject_of(load).needs
    ]
