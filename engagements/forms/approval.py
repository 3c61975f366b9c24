"""What is recorded of an approval: only of what had begun when it was logged; the rest is decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from common.partial_dates import FIRST_YEAR, PartialDate, Precision
from engagements.kinds import Stage
from engagements.models import Engagement
from engagements.models.spans import span_of
from engagements.stages import stage_of

if TYPE_CHECKING:
    from engagements.forms.engagement import EngagementForm

APPROVAL = ("approval", "approved_by", "approved_on")
Approval = Engagement.Approval


def asks_approval(engagement: Engagement | None) -> bool:
    """Not where the approver decides here, or has decided."""
    if engagement is None or engagement.is_draft:
        return True
    return engagement.stage == Stage.COMPLETED and engagement.decided_at is None


def judge_approval(form: EngagementForm, cleaned: dict[str, Any]) -> None:
    """Errors at the fields; else `cleaned` holds what is kept: nothing where the approver decides."""
    if "approval" not in form.fields or any(form.has_error(name) for name in APPROVAL):
        return
    given = cleaned.get("approval") == Approval.GIVEN
    if given and _waits_for_the_approver(form.engagement, cleaned):
        message = _("It lies ahead, so the approver decides here. Choose “Not known”.")
        form.add_error("approval", message)
    elif given:
        _judge_when(form, cleaned)
    elif cleaned.get("approved_by") or cleaned.get("approved_on"):
        message = _("Choose “Given”, or clear who approved it and when.")
        form.add_error("approval", message)
    else:
        waits = _waits_for_the_approver(form.engagement, cleaned)
        cleaned["approval"] = "" if waits else Approval.UNKNOWN


def _judge_when(form: EngagementForm, cleaned: dict[str, Any]) -> None:
    day = cleaned.get("approved_on")
    if day and day.year < FIRST_YEAR:
        message = _("Give a year from %(first)s on.") % {"first": str(FIRST_YEAR)}
        form.add_error("approved_on", message)
    elif day and day > timezone.localdate():
        form.add_error(
            "approved_on", _("This day lies in the future. Give the day it was approved.")
        )


def _waits_for_the_approver(engagement: Engagement | None, cleaned: dict[str, Any]) -> bool:
    """Whether logging it on these dates submits it."""
    if engagement is not None and not engagement.is_draft:
        return False
    start = cleaned.get("start") or PartialDate(Precision.UNKNOWN)
    end = cleaned.get("end") or PartialDate(Precision.NOT_GIVEN)
    span = span_of(start, end, logged_on=timezone.localdate())
    return stage_of(span, approval=cleaned.get("approval") or "") == Stage.SUBMITTED
