"""Tagging: one engagement beside every framework in force on its date, or several at once."""

import re

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts import unsaved
from accounts.access import contributors_only
from accounts.http import PortalRequest
from accounts.unsaved import keeps_typed, keeps_unsaved
from common.marking import marking_of
from common.side_by_side import GO_ON, is_answer
from engagements.alignments import align, compare_alignments, last_alike
from engagements.bulk import MOST_AT_ONCE, plan_many
from engagements.bulk import align_many as save_many
from engagements.forms.align import AlignForm, AlignManyForm
from engagements.models import Engagement
from engagements.versions import MovedOn, version_in
from engagements.views import merge_tags
from engagements.views.records import editable

REFERENCE = re.compile(r"[A-Za-z0-9-]{1,20}", re.ASCII)


@require_http_methods(["GET", "HEAD", "POST"])
@contributors_only
@vary_on_headers("HX-Request")
@keeps_unsaved(lambda request, reference: editable(request.user, reference))
def engagement_align(request: PortalRequest, reference: str) -> HttpResponse:
    engagement = editable(request.user, reference, Engagement.objects.for_detail())
    if text := unsaved.to_compare(request):
        return merge_tags.side_by_side(request, text.as_data(), engagement, text=text)
    if text := unsaved.chosen(request):
        form = AlignForm(text.as_data(), engagement=engagement).unjudged()
        return show(request, form, version=text.version)
    if request.method != "POST":
        like = example(request)
        start_from = like.alignments.all() if like else []
        form = AlignForm(None, engagement=engagement, start_from=start_from)
        return show(request, form, like=like)
    if is_answer(request.POST):
        return merge_tags.answered(request, engagement, tell=told)
    form = AlignForm(request.POST, engagement=engagement)
    if request.htmx:
        return show(request, form)  # while choosing: it tells, and refuses nothing yet
    return told(request, form)


def told(request: PortalRequest, form: AlignForm) -> HttpResponse:
    if request.POST.get("do") == GO_ON:
        return show(request, form)
    if not form.is_valid():
        return show(request, form, status=422)
    return show(request, form) if request.POST.get("do") == "preview" else save(request, form)


def save(request: PortalRequest, form: AlignForm) -> HttpResponse:
    reference = {"reference": form.engagement.reference}
    try:
        change = align(
            by=request.user,
            engagement=form.engagement,
            tags=form.tags,
            version=version_in(request.POST),
        )
    except MovedOn as moved:
        change = compare_alignments(moved.current, form.tags)
        if not change.is_nothing:
            unsaved.keep(request)  # whoever leaves the page finds it again
            return merge_tags.side_by_side(request, request.POST, moved.current)
        # The same form sent twice: the first one has done it.
        messages.success(request, _("The alignments of %(reference)s are saved.") % reference)
        return redirect(form.engagement)
    if change.is_nothing:
        messages.info(request, _("The alignments of %(reference)s are as they were.") % reference)
    else:
        messages.success(request, _("The alignments of %(reference)s are saved.") % reference)
    return redirect(form.engagement)


def show(
    request: PortalRequest,
    form: AlignForm,
    *,
    version: int | None = None,
    like: Engagement | None = None,
    status: int = 200,
) -> HttpResponse:
    """`version`: the one that unsaved text was typed on."""
    engagement = form.engagement
    context = {
        "engagement": engagement,
        "form": form,
        "marking": marking_of(engagement),
        # The one the person saw.
        "version": version or version_in(request.POST) or engagement.version,
    }
    if request.htmx:
        return render(request, "engagements/align.html#changes", context, status=status)
    alike = last_alike(engagement, reader=request.user)
    has = {alignment.objective_id for alignment in engagement.alignments.all()}
    adds = {objective.pk for objective in form.allowed.values()} - has
    context |= {
        "alike": alike,
        "alike_adds": alike is not None
        and any(alignment.objective_id in adds for alignment in alike.alignments.all()),
    }
    context["marking"] = marking_of(engagement, alike, like)
    return render(request, "engagements/align.html", context, status=status)


def example(request: PortalRequest) -> Engagement | None:
    """The engagement the address names, to start from its alignments."""
    reference = request.GET.get("like", "")
    if not reference:
        return None
    if not REFERENCE.fullmatch(reference):
        raise Http404
    known = Engagement.objects.visible_to(request.user).logged().filter(reference=reference).first()
    if known is None:
        raise Http404
    return known


@require_http_methods(["GET", "HEAD", "POST"])
@contributors_only
@keeps_typed
def align_many(request: PortalRequest) -> HttpResponse:
    """First what to add and remove; then what that will change; then, confirmed, it is done."""
    asked: QueryDict = request.POST if request.method == "POST" else request.GET
    if text := unsaved.chosen(request):
        asked = text.as_data()
    picks = list(dict.fromkeys(asked.getlist("pick")))
    if not picks:
        messages.info(request, _("Pick at least one engagement in the list, then align them."))
        return redirect("engagements:list")
    if len(picks) > MOST_AT_ONCE:
        words = {"n": len(picks), "most": MOST_AT_ONCE}
        message = _("You picked %(n)s engagements. Align %(most)s at a time or fewer.")
        messages.error(request, message % words)
        return redirect("engagements:list")
    engagements = picked(request, picks)
    form = AlignManyForm(asked, engagements=engagements)
    context = {
        "engagements": engagements,
        "form": form,
        "marking": marking_of(engagements),
    }
    if request.method != "POST" and "do" not in asked:
        return render(request, "engagements/align_many.html", context)
    if not form.is_valid():
        return render(request, "engagements/align_many.html", context, status=422)
    if request.method == "POST":
        return save_all(request, form)
    planned = plan_many(by=request.user, engagements=engagements, add=form.add, remove=form.remove)
    context |= {
        "planned": planned,
        "changing": sum(not one.change.is_nothing for one in planned),
        "back": f"{request.path}?{chosen_so_far(asked)}",
    }
    return render(request, "engagements/align_preview.html", context)


def picked(request: PortalRequest, picks: list[str]) -> list[Engagement]:
    """All of them, or it is as if the page were not there."""
    if not all(REFERENCE.fullmatch(pick) for pick in picks):
        raise Http404
    readable_ones = Engagement.objects.visible_to(request.user).logged()
    found = list(readable_ones.filter(reference__in=picks).for_list().newest_first())
    if len(found) != len(picks):
        raise Http404
    return found


def save_all(request: PortalRequest, form: AlignManyForm) -> HttpResponse:
    planned = save_many(
        by=request.user, engagements=form.engagements, add=form.add, remove=form.remove
    )
    changed = sum(not one.change.is_nothing for one in planned)
    if not changed:
        messages.info(request, _("Nothing had to be changed."))
        return redirect("engagements:list")
    message = ngettext(
        "The alignments of %(n)s engagement are changed.",
        "The alignments of %(n)s engagements are changed.",
        changed,
    )
    messages.success(request, message % {"n": changed})
    return redirect(f"{reverse('engagements:list')}?sort=changed")


def chosen_so_far(asked: QueryDict) -> str:
    """The address of the choice that led here, without the wish to see what changes."""
    kept = asked.copy()
    kept.pop("do", None)
    return kept.urlencode()
