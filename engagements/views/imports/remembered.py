"""What a person answered about the words of their files, taken for the next one: to see, and to forget."""

from collections.abc import Iterable
from typing import cast

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.access import contributors_only
from accounts.http import PortalRequest
from accounts.models import Office, User
from common.marking import marking_of
from common.pagination import NoSuchPage, paginate
from engagements.forms.preview import number_in
from engagements.imports.memory import section_of
from engagements.kinds import Kind
from engagements.models import WordMemory
from engagements.views.imports.steps import line
from objectives.models import Objective
from partners.models import Country, Partner

PER_PAGE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@contributors_only
def import_remembered(request: PortalRequest) -> HttpResponse:
    kept = WordMemory.objects.readable_by(request.user).order_by("about", "-answered_at", "pk")
    if request.method == "POST":
        return forget(request)
    context: dict = {"steps": line("start")}
    try:
        context["page"] = page = paginate(request, kept, size=PER_PAGE)
    except NoSuchPage as missing:
        context |= {"missing": missing}
        return render(request, "engagements/imports/remembered.html", context, status=404)
    shown = cast(list[WordMemory], page.object_list)
    labels = labels_of(shown)
    context["words"] = [
        (one, section_of(one.about), labels.get((one.about, one.code), one.code)) for one in shown
    ]
    context["marking"] = marking_of(shown)
    return render(request, "engagements/imports/remembered.html", context)


def forget(request: PortalRequest) -> HttpResponse:
    """What is ticked, or all there is; what is none of theirs is left alone without a word."""
    gone = WordMemory.objects.filter(person=request.user)
    if request.POST.get("do") != "all":
        gone = gone.filter(pk__in=[number_in(pk) for pk in request.POST.getlist("forget")])
    number = gone.count()
    gone.delete()
    message = ngettext(
        "%(number)d answer is forgotten.", "%(number)d answers are forgotten.", number
    )
    messages.success(request, message % {"number": number} if number else _("Nothing was ticked."))
    return redirect("imports:remembered")


def labels_of(kept: Iterable[WordMemory]) -> dict[tuple[str, str], str]:
    """(about, code) → what people read; a query for each sort of record."""
    codes: dict[str, set[str]] = {}
    for one in kept:
        codes.setdefault(one.about, set()).add(one.code)
    found = {("kinds", kind.value): str(kind.label) for kind in Kind}
    found |= {("partners:kinds", value): str(label) for value, label in Partner.Kind.choices}
    for partner in Partner.objects.filter(code__in=codes.get("partners", ())):
        found["partners", partner.code] = partner.label
    for country in Country.objects.filter(iso2__in=codes.get("countries", ())):
        found["countries", country.iso2] = country.name
    for objective in Objective.objects.filter(code__in=codes.get("objectives_said", ())):
        found["objectives_said", objective.code] = str(objective)
    for office in Office.objects.filter(code__in=codes.get("offices", ())):
        found["offices", office.code] = office.name
    for person in User.objects.filter(username__in=codes.get("people", ())):
        found["people", person.username] = str(person)
    return found
