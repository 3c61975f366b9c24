"""A draft: opened again as it was typed, or thrown away. Its author's alone."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import unsaved
from accounts.access import contributors_only
from accounts.http import PortalRequest
from accounts.unsaved import is_autosave, keeps_typed
from common.marking import marking_of
from engagements.actions import discard_draft
from engagements.forms import EngagementForm, opening
from engagements.models import Engagement
from engagements.views import merge
from engagements.views.form import form_key, told
from engagements.views.form_page import show


@require_http_methods(["GET", "HEAD", "POST"])
@contributors_only
@keeps_typed
def draft_edit(request: PortalRequest, pk: int) -> HttpResponse:
    # What was logged and marked higher than its author may read is as if it had never been.
    mine = Engagement.objects.visible_to(request.user).filter(logged_by=request.user)
    if request.method == "POST" and not mine.filter(pk=pk).exists():
        # Thrown away in another tab: what is typed here is not lost with it. Another person's is
        # answered the same way, as one that never was.
        return told(request)
    text = unsaved.chosen(request)
    if text and not mine.filter(pk=pk).exists():
        return show(request, EngagementForm(text.as_data(), user=request.user).unjudged())
    draft = get_object_or_404(mine, pk=pk)
    if not draft.is_draft and is_autosave(request):
        return told(request, draft)
    if not draft.is_draft:
        # The same form sent twice: the first one has logged it.
        if request.method == "POST" and form_key(request.POST) not in {None, draft.form_key}:
            messages.warning(request, _("This draft has been logged in the meantime."))
        elif request.method == "POST":
            form = EngagementForm(request.POST, user=request.user, engagement=draft)
            return merge.told_again(request, form, draft)
        return redirect(draft)
    if request.method == "POST":
        return told(request, draft)
    if text and text == unsaved.to_compare(request):
        return merge.unsaved_beside(request, text, draft)
    data = text.as_data() if text else opening.of(draft)
    return show(request, EngagementForm(data, user=request.user, engagement=draft).unjudged())


@require_http_methods(["GET", "HEAD", "POST"])
@contributors_only
def draft_discard(request: PortalRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(Engagement.objects.drafts_of(request.user), pk=pk)
    if request.method == "POST":
        if not discard_draft(by=request.user, draft=draft):
            # Logged, or thrown away, from another tab since it was looked up.
            return redirect("engagements:edit_draft", draft.pk)
        # The page that says so carries no marking for it.
        message = _("Your draft is thrown away.")
        if not draft.sensitivity and draft.title:
            message = _("The draft “%(title)s” is thrown away.") % {"title": draft.title}
        messages.success(request, message)
        return redirect("dashboards:home")
    context = {"draft": draft, "marking": marking_of(draft)}
    return render(request, "engagements/draft_discard.html", context)
