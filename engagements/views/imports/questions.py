"""What the file does not say, asked once; what is answered is kept at once, and can be taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import contributors_only
from accounts.http import PortalRequest
from accounts.unsaved import keeps_typed
from common.pagination import NoSuchPage, paginate
from common.sheets.tables import NoTable
from engagements.forms.closest import answers_in, grades_of, taken_from
from engagements.forms.preview import number_in
from engagements.forms.question_choices import Options
from engagements.forms.questions import QuestionsForm
from engagements.imports.answers import SECTIONS
from engagements.imports.asking import grouped
from engagements.imports.keeping import plan_of
from engagements.imports.matching.countries import CountryMatcher
from engagements.imports.matching.matchers import is_doubtful
from engagements.imports.matching.results import CREATE
from engagements.imports.plan import Plan, Why
from engagements.imports.subjects import SUBJECTS, subject_of
from engagements.imports.working import check
from engagements.models import Load
from engagements.views.imports.answering import tell
from engagements.views.imports.steps import before_loading, show

PER_PAGE = 25
ORDERS = {"dmy": "31/12/2010", "mdy": "12/31/2010", "ymd": "2010/12/31"}


@require_http_methods(["GET", "HEAD", "POST"])
@contributors_only
@keeps_typed
@before_loading
def import_questions(request: PortalRequest, load: Load) -> HttpResponse:
    if request.method != "POST":
        return page(request, load)
    form = QuestionsForm(request.POST, options=options_for(request, load), told=load.answers)
    changes = form.changes
    if least := number_in(request.POST.get("closest", "")):
        changes = with_the_closest(request, load, changes, least)
    load = tell(load, changes, by=request.user)
    if request.htmx:
        context = {"load": load, "kept_at": timezone.now(), "errors": form.errors.values()}
        return render(request, "engagements/imports/questions/_kept.html", context)
    if form.errors:
        return page(request, load, status=422)
    if request.POST.get("do") == "next":
        return redirect("imports:preview", load.key)
    return redirect(request.get_full_path())


def with_the_closest(
    request: PortalRequest, load: Load, changes: dict[str, Any], least: int
) -> dict[str, Any]:
    """Each text that nothing was chosen for is what it is closest to, where it is so close."""
    plan = plan_of(load)
    told = answers_in(taken_from(plan.questions if plan else (), least))
    number = sum(map(len, told.values()))
    message = ngettext(
        "%(number)s wording is taken for what it is closest to. See it below, among the answers given "
        "so far.",
        "%(number)s wordings are taken for what each is closest to. See them below, among the answers "
        "given so far.",
        number,
    )
    messages.info(request, message % grouped(number=number))
    for section, texts in told.items():
        chosen = {t: code for t, code in changes.get(section, {}).items() if code is not None}
        told[section] = texts | chosen
    return changes | told


def page(request: PortalRequest, load: Load, *, status: int = 200) -> HttpResponse:
    try:
        load = check(load)
    except NoTable:
        return redirect("imports:table", load.key)
    plan = plan_of(load)
    if load.is_worked_on or plan is None:
        return redirect("imports:progress", load.key)
    of_words = [each for each in plan.questions if each.kind in SECTIONS]
    of_words.sort(key=lambda question: -len(question.rows))
    context: dict[str, Any] = {}
    try:
        context["page"] = paginate(request, of_words, size=PER_PAGE)
    except NoSuchPage:
        return redirect("imports:questions", load.key)
    options = options_for(request, load)
    form = QuestionsForm(
        request.POST if request.method == "POST" else None,
        options=options,
        for_the_file=[each for each in plan.questions if each.kind not in SECTIONS],
        words=context["page"].object_list,
        told=load.answers,
    )
    context |= {
        "form": form,
        "plan": plan,
        "countries": options.countries,
        "ready": len(plan.ready) + len(plan.already_here),
        "wrong": sum(row.why == Why.PROBLEM for row in plan.rows),
        "missing": missing_in(plan) if subject_of(load).creates_partners else None,
        "closest": (closest := taken_from(of_words)),
        "grades": grades_of(closest),
        "answered": answered(load.answers, plan, options),
        "recalled": plan.recalled,
        "is_own": load.by == request.user,
    }
    return show(request, "questions", load, context, status=status)


def options_for(request: PortalRequest, load: Load) -> Options:
    return Options(request.user, subject=subject_of(load))


def missing_in(plan: Plan) -> dict[str, int] | None:
    """What creating every missing partner would do; None where no partner is asked about."""
    asked = [each for each in plan.questions if each.kind == "partners"]
    if not asked and not plan.new_partners:
        return None
    countries = CountryMatcher.load()
    new = [
        each
        for each in asked
        if not is_doubtful(each.value, (one.score for one in each.proposals), countries)
    ]
    rows = {row for each in new for row in each.rows}
    return {"new": len(new), "rows": len(rows), "asked": len(asked) - len(new)}


def answered(answers: dict[str, Any], plan: Plan, options: Options) -> list[tuple[str, str, str]]:
    """(what to send to be asked again, the text or field, its answer) of everything answered."""
    found = []
    names = dict(plan.new_names)
    for section in SECTIONS:
        for text, code in (answers.get(section) or {}).items():
            said = plan.names.get(code) or options.label(section, code)
            said = _("created as new") if code == CREATE else said
            if section == "partners" and text in names:
                said = _("%(partner)s, which is also called so from now on") % {"partner": said}
            found.append((f"{section}:{text}", text, said or _("left empty")))
    for name, value in (answers.get("defaults") or {}).items():
        said = value if isinstance(value, str) else ", ".join(value)
        fields = SUBJECTS[plan.subject].fields
        label = str(fields[name].label) if name in fields else name
        found.append((f"defaults:{name}", label, said))
    if order := answers.get("date_order"):
        found.append(("date_order", _("Order of day and month"), ORDERS.get(order, order)))
    if pairs := answers.get("fiscal_or_month"):
        said = _("a fiscal year") if pairs == "fiscal" else _("a month")
        found.append(("fiscal_or_month", _("Dates such as 2004-05"), said))
    if like_rows := answers.get("like_rows"):
        said = _("loaded") if like_rows == "create" else _("left out")
        found.append(("like_rows", _("Rows like another row in the file"), said))
    if answers.get("confirmed"):
        found.append(("confirmed", _("Numbers that look like a person’s"), _("confirmed")))
    return found
