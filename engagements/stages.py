"""What becomes of an engagement: submitted, approved, returned, declined, completed, cancelled; or not so."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.history.recording import recording
from engagements.kinds import Stage
from engagements.models import Engagement
from engagements.models.spans import Span, has_begun, has_ended
from engagements.stage_history import TAKEN_BACK, as_it_was, last_stage_act
from engagements.versions import held, move_on

# The stages a verb starts from.
CAN_BE_DECIDED = {Stage.SUBMITTED}
CAN_BE_SUBMITTED = {Stage.RETURNED}
CAN_BE_COMPLETED = {Stage.SUBMITTED, Stage.APPROVED}
CAN_BE_CANCELLED = {Stage.SUBMITTED, Stage.APPROVED, Stage.RETURNED}


class WrongStage(Exception):
    """The verb does not apply to the stage the record is in by now: nothing was changed."""

    def __init__(self, engagement: Engagement) -> None:
        self.engagement = engagement
        super().__init__(f"{engagement.reference} is {engagement.stage}")


def stage_when_logged(engagement: Engagement) -> str:
    """Completed when it has ended; submitted when it lies ahead.

    What has begun and goes on is approved where its approval is recorded as given, and otherwise
    waits for the approver.
    """
    span = (engagement.spans_from, engagement.spans_to)
    return stage_of(span, approval=engagement.approval)


def stage_of(span: Span, *, approval: str) -> str:
    """As stage_when_logged, of one that can have gone on these days."""
    first, last = span
    if has_ended(last) or first is None:
        return Stage.COMPLETED
    if has_begun(first) and approval == Engagement.Approval.GIVEN:
        return Stage.APPROVED
    return Stage.SUBMITTED


# Each takes the `version` the person saw: MovedOn is raised where the record was changed since.


def submit(*, by: User, engagement: Engagement, version: int | None = None) -> Engagement:
    """Send a returned engagement to the approver again."""
    return _move(engagement, version, by=by, stages=CAN_BE_SUBMITTED, to=Stage.SUBMITTED)


def approve(*, by: User, engagement: Engagement, version: int | None = None) -> Engagement:
    return _decide(engagement, version, by=by, to=Stage.APPROVED)


def send_back(
    *, by: User, engagement: Engagement, reason: str, version: int | None = None
) -> Engagement:
    """Return it to its office with what is to be done first."""
    return _decide(engagement, version, by=by, to=Stage.RETURNED, reason=reason)


def decline(
    *, by: User, engagement: Engagement, reason: str, version: int | None = None
) -> Engagement:
    return _decide(engagement, version, by=by, to=Stage.DECLINED, reason=reason)


def complete(
    *, by: User, engagement: Engagement, outcome: str = "", version: int | None = None
) -> Engagement:
    """It took place. What went ahead before it was approved is completed, its approval not known.

    An outcome given here replaces none that was written before.
    """
    fields: dict = {}
    if outcome and not engagement.outcome:
        fields["outcome"] = outcome
    if not engagement.approval:
        fields["approval"] = Engagement.Approval.UNKNOWN
    return _move(engagement, version, by=by, stages=CAN_BE_COMPLETED, to=Stage.COMPLETED, **fields)


def cancel(
    *, by: User, engagement: Engagement, reason: str, version: int | None = None
) -> Engagement:
    return _move(
        engagement,
        version,
        by=by,
        stages=CAN_BE_CANCELLED,
        to=Stage.CANCELLED,
        stage_reason=reason,
    )


@transaction.atomic
def take_back(
    *, by: User, engagement: Engagement, reason: str, version: int | None = None
) -> Engagement:
    """Back to the stage it was in before the last act upon it, its approval and reason as they were then.

    Everything else stays as it is now. WrongStage where there is no such act. `reason` stands in its history.
    """
    current = held(engagement)
    last = last_stage_act(current)
    if last is None or last.previous is None:
        raise WrongStage(current)
    move_on(current, version=version)
    with recording(by=by, act=TAKEN_BACK, reason=reason, records=[current], within=True):
        for name, value in as_it_was(last.previous.state).items():
            setattr(current, name, value)
        current.changed_at, current.changed_by = timezone.now(), by
        current.save()
    return current


def _decide(
    engagement: Engagement, version: int | None, *, by: User, to: str, reason: str = ""
) -> Engagement:
    now = timezone.now()
    decision: dict = {"stage_reason": reason, "decided_at": now, "decided_by": by}
    if to == Stage.APPROVED:
        decision |= {
            "approval": Engagement.Approval.GIVEN,
            "approved_on": _day(now),
            "approved_by": str(by),
        }
    return _move(engagement, version, by=by, stages=CAN_BE_DECIDED, to=to, **decision)


@transaction.atomic
def _move(
    engagement: Engagement, version: int | None, *, by: User, stages: set, to: str, **fields
) -> Engagement:
    current = held(engagement)
    if current.stage not in stages:
        raise WrongStage(current)
    move_on(current, version=version)
    with recording(by=by, act=to, records=[current], within=True):
        for name, value in fields.items():
            setattr(current, name, value)
        current.stage = to
        current.changed_at, current.changed_by = timezone.now(), by
        current.save()
    return current


def _day(moment: dt.datetime) -> dt.date:
    return timezone.localdate(moment)
