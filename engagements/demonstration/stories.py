"""What becomes of an entry: the verbs people use, one after the other, by the people who would."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from accounts.models import User
from common.partial_dates import PartialDate
from engagements.actions import amend_engagement, log_engagement, save_draft
from engagements.demonstration.entries import Entry
from engagements.models import Engagement
from engagements.stages import approve, cancel, complete, send_back


@dataclass(frozen=True, kw_only=True)
class Story:
    """An entry, the people who deal with it, and what the form would hand to the action."""

    entry: Entry
    by: User
    approver: User
    said: dict[str, Any]

    def tell(self) -> Engagement:
        return STORIES[self.entry.becomes](self)


def _logged(story: Story) -> Engagement:
    return log_engagement(by=story.by, form_key=story.entry.form_key, **story.said)


def _draft(story: Story) -> Engagement:
    return save_draft(by=story.by, form_key=story.entry.form_key, **story.said)


def _approved(story: Story) -> Engagement:
    return approve(by=story.approver, engagement=_logged(story))


def _returned(story: Story) -> Engagement:
    return send_back(by=story.approver, engagement=_logged(story), reason=story.entry.reason)


def _cancelled(story: Story) -> Engagement:
    return cancel(by=story.by, engagement=_logged(story), reason=story.entry.reason)


def _overdue(story: Story) -> Engagement:
    """Logged while it goes on, its approval given before; then its end turns out to be past."""
    until_today = PartialDate.day(timezone.localdate())
    said = story.said | {"outcome": ""}
    engagement = log_engagement(
        by=story.by, form_key=story.entry.form_key, **said | {"end": until_today}
    )
    return amend_engagement(by=story.by, engagement=engagement, version=engagement.version, **said)


def _completed(story: Story) -> Engagement:
    outcome = story.said["outcome"]
    return complete(by=story.by, engagement=_overdue(story), outcome=outcome)


STORIES: dict[str, Callable[[Story], Engagement]] = {
    "logged": _logged,
    "draft": _draft,
    "submitted": _logged,
    "approved": _approved,
    "returned": _returned,
    "cancelled": _cancelled,
    "overdue": _overdue,
    "completed": _completed,
}
