"""What would become of each row, before it does: the plan, its choices, and what carries it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import contributors_only
from accounts.http import PortalRequest
from accounts.unsaved import keeps_typed
from common.pagination import NoSuchPage, paginate
from common.sheets.tables import NoTable
from engagements.forms.preview import choices_in, decided
from engagements.imports.keeping import plan_of
from engagements.imports.plan import Outcome, Plan, PlannedRow, Problem, Why
from engagements.imports.saving import NotAsPlanned
from engagements.imports.working import check, save
from engagements.models import Load
from engagements.views.imports.answering import tell
from engagements.views.imports.steps import before_loading, show

# Of each kind so many stand on the page that shows all kinds.
IN_SHORT = 10
PER_PAGE = 50
PARTS = ("problems", "out", "changed", "conflicts", "here", "new")


@dataclass(frozen=True, kw_only=True)
class Part:
    """One kind of outcome: some of its rows, or a page of them."""

    name: str
    total: int
    rows: Sequence[Any]

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.rows)


@require_http_methods(["GET", "HEAD", "POST"])
@contributors_only
@keeps_typed
@before_loading
def import_preview(request: PortalRequest, load: Load) -> HttpResponse:
    if request.method == "POST":
        return told(request, load)
    try:
        load = check(load)
    except NoTable:
        return redirect("imports:table", load.key)
    plan = plan_of(load)
    if load.is_worked_on or plan is None:
        return redirect("imports:progress", load.key)
    return page(request, load, plan)


def told(request: PortalRequest, load: Load) -> HttpResponse:
    """Choices are kept; it is done at once where they change nothing that was not shown, and else shown."""
    before, shown = load.answers, plan_of(load)
    load = tell(load, choices_in(request.POST, before=load.answers, plan=shown))
    if request.POST.get("do") != "load":
        return redirect(request.get_full_path())
    chosen = load.answers != before
    if not chosen and shown is not None and not shown.ready:
        messages.info(request, _("Nothing is chosen to be loaded."))
        return redirect("imports:preview", load.key)
    if chosen and changes_more(load.answers, before):
        return look_again(request, load)
    try:
        digest = request.POST.get("digest", "")
        save(by=request.user, load=load, digest=digest, shown=shown if chosen else None)
    except NotAsPlanned:
        if chosen and shown is not None and shown.digest == digest:
            return look_again(request, load)
        messages.warning(
            request,
            _(
                "Something has changed since you opened the preview, so nothing was loaded. "
                "This is what would be done now."
            ),
        )
        return redirect("imports:preview", load.key)
    return redirect("imports:progress", load.key)


def look_again(request: PortalRequest, load: Load) -> HttpResponse:
    messages.info(
        request, _("Your choices are kept. Look once more at what they change, then load.")
    )
    return redirect("imports:preview", load.key)


def changes_more(answers: dict[str, Any], before: dict[str, Any]) -> bool:
    """Whether a row is to change a record that it was shown to leave alone: what, was not shown."""
    rows, earlier = answers.get("rows") or {}, before.get("rows") or {}
    return any(said == "update" and earlier.get(row) != said for row, said in rows.items())


def page(request: PortalRequest, load: Load, plan: Plan) -> HttpResponse:
    asked = request.GET.get("show", "")
    found = parts_of(plan)
    context: dict[str, Any] = {
        "plan": plan,
        "counts": {name: len(rows) for name, rows in found.items()},
        "to_load": len(plan.ready),
        "stays_out": len(plan.left_out),
        "shown": asked if asked in found else "",
        "duplicates": sum(row.why == Why.LIKE for row in plan.rows),
        "like_rows": sum(row.why == Why.LIKE_ROW for row in plan.rows),
        "decided": decided(load.answers),
        "waiting": sum(row.why == Why.QUESTION for row in plan.rows),
    }
    if asked in found:
        try:
            context["page"] = some = paginate(request, found[asked], size=PER_PAGE)
        except NoSuchPage:
            return redirect("imports:preview", load.key)
        context["parts"] = {asked: part(asked, found[asked], some)}
    else:
        context["parts"] = {
            name: part(name, rows, rows[:IN_SHORT]) for name, rows in found.items() if rows
        }
    return show(request, "preview", load, context)


def part(name: str, rows: list, some: Page | list) -> Part:
    return Part(name=name, total=len(rows), rows=list(some))


def parts_of(plan: Plan) -> dict[str, list[PlannedRow] | list[Problem]]:
    """The rows by what becomes of them; a row with several problems stands there with each of them."""
    out = [row for row in plan.of(Outcome.LEFT_OUT) if row.why != Why.PROBLEM]
    return {
        "problems": list(plan.problems),
        "out": out,
        "changed": plan.of(Outcome.UPDATE),
        "conflicts": plan.of(Outcome.CONFLICT),
        "here": plan.already_here,
        "new": plan.of(Outcome.CREATE),
    }
