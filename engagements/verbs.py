"""What a person can do about an engagement's stage, in the words of its page and form."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass

from django import forms
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from common.forms import CautiousForm, PortalForm
from common.history.models import Revision
from common.text import TEXT_LENGTH, PlainTextField
from engagements import stages
from engagements.kinds import Stage
from engagements.models import Engagement
from engagements.stage_history import last_stage_act

REASON_LENGTH = 2000


class ConfirmForm(PortalForm):
    """Nothing to fill in."""


class ReasonForm(CautiousForm):
    reason = PlainTextField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        lines=True,
        error_messages={"required": _("Give the reason: those who logged it will read it.")},
    )


class TakeBackForm(CautiousForm):
    reason = PlainTextField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        lines=True,
        help_text=_("It stands in the engagement’s history."),
        error_messages={"required": _("Give the reason: it stands in the engagement’s history.")},
    )


class OutcomeForm(CautiousForm):
    outcome = PlainTextField(
        label=_("Outcome"),
        max_length=TEXT_LENGTH,
        lines=True,
        required=False,
        help_text=_("What came of it, if you know it already. It can be added later."),
    )


@dataclass(frozen=True, kw_only=True)
class Verb:
    """`act` is called with by=, engagement= and what the form holds; `url` is its address's name."""

    url: str
    act: Callable[..., Engagement]
    starts_from: Container[str]
    decides: bool = False
    form: type[forms.Form] = ConfirmForm
    # Asked in passing on the record's own page; the others have a page to write on.
    at_once: bool = False
    heading: Promise
    explanation: Promise | str
    # On the record's page, and on the verb's own.
    invitation: Promise | str = ""
    button: Promise
    style: str = "button-secondary"
    done: Promise
    can_be_taken_back: bool = True


APPROVE = Verb(
    url="engagements:approve",
    act=stages.approve,
    starts_from=stages.CAN_BE_DECIDED,
    decides=True,
    at_once=True,
    heading=_("Approve this engagement"),
    explanation=_("It can go ahead. Your name and today’s date are recorded as its approval."),
    button=pgettext_lazy("button", "Approve"),
    style="",
    done=_("%(reference)s is approved."),
)
RETURN = Verb(
    url="engagements:return",
    act=stages.send_back,
    starts_from=stages.CAN_BE_DECIDED,
    decides=True,
    form=ReasonForm,
    heading=_("Return this engagement"),
    explanation=_("It goes back to its office, which can change it and submit it again."),
    invitation=_("Return with a reason"),
    button=_("Return with this reason"),
    done=_("%(reference)s is returned with your reason."),
)
DECLINE = Verb(
    url="engagements:decline",
    act=stages.decline,
    starts_from=stages.CAN_BE_DECIDED,
    decides=True,
    form=ReasonForm,
    heading=_("Decline this engagement"),
    explanation=_("It does not go ahead. It stays on record, declined, and counts in no figure."),
    invitation=_("Decline with a reason"),
    button=_("Decline with this reason"),
    style="button-danger",
    done=_("%(reference)s is declined with your reason."),
)
SUBMIT = Verb(
    url="engagements:submit",
    act=stages.submit,
    starts_from=stages.CAN_BE_SUBMITTED,
    at_once=True,
    heading=_("Submit this engagement again"),
    explanation=_("It goes to the approver again, as it stands now."),
    button=_("Submit again"),
    style="",
    done=_("%(reference)s is submitted again."),
)
COMPLETE = Verb(
    url="engagements:complete",
    act=stages.complete,
    starts_from=stages.CAN_BE_COMPLETED,
    form=OutcomeForm,
    heading=_("Mark this engagement completed"),
    explanation=_(
        "It took place. If it was never approved here, its approval is kept as not known."
    ),
    invitation=_("Mark completed"),
    button=_("Mark completed"),
    style="",
    done=_("%(reference)s is completed."),
)
CANCEL = Verb(
    url="engagements:cancel",
    act=stages.cancel,
    starts_from=stages.CAN_BE_CANCELLED,
    form=ReasonForm,
    heading=_("Cancel this engagement"),
    explanation=_(
        "It does not take place. It stays on record, cancelled, and counts in no figure."
    ),
    invitation=_("Cancel with a reason"),
    button=_("Cancel the engagement"),
    style="button-danger",
    done=_("%(reference)s is cancelled."),
)
VERBS = [APPROVE, RETURN, DECLINE, SUBMIT, COMPLETE, CANCEL]


def verbs_for(user: User, engagement: Engagement, *, may_edit: bool) -> list[Verb]:
    """What the user can do about its stage now. Deciding needs no right to edit."""
    return [
        verb
        for verb in VERBS
        if engagement.stage in verb.starts_from and (user.is_approver if verb.decides else may_edit)
    ]


# The act to take back, by the stage it led to; the page's heading and the invitation on the record's.
TAKE_BACK = {
    Stage.APPROVED: _("Take back the approval"),
    Stage.RETURNED: _("Take back the return"),
    Stage.DECLINED: _("Take back the decision to decline"),
    Stage.SUBMITTED: _("Take back the submission"),
    Stage.COMPLETED: _("Take back the completion"),
    Stage.CANCELLED: _("Take back the cancellation"),
}
DECISIONS = {Stage.APPROVED, Stage.RETURNED, Stage.DECLINED}


def taking_back(
    user: User, engagement: Engagement, *, shown: Iterable[Revision] = ()
) -> Verb | None:
    """Taking back the act that brought it where it is; None where there is none the user may read of.

    `shown` are revisions of it at hand. Whether the user may is asked besides: an approver's decision is
    taken back by an approver, the rest by those who may edit.
    """
    last = last_stage_act(engagement, shown=shown)
    if last is None or last.previous is None or last.sensitivity > user.clearance:
        return None
    told = {
        "who": last.by,
        "when": f"{timezone.localtime(last.at):%Y-%m-%d\u00a0%H:%M}",
        "stage": Stage(last.previous.state["stage"]).label,
    }
    explanation = gettext(
        "This was done by %(who)s on %(when)s. The engagement goes back to the stage “%(stage)s”, and its "
        "approval is again as it was then. The rest of the record stays as it is now."
    )
    return Verb(
        url="engagements:take_back",
        act=stages.take_back,
        starts_from={engagement.stage},
        decides=engagement.stage in DECISIONS,
        form=TakeBackForm,
        heading=TAKE_BACK[Stage(engagement.stage)],
        explanation=explanation % told,
        invitation=TAKE_BACK[Stage(engagement.stage)],
        button=_("Take it back"),
        done=_("%(reference)s is back in the stage “%(stage)s”."),
        can_be_taken_back=False,
    )


def take_back_for(
    user: User, engagement: Engagement, *, may_edit: bool, shown: Iterable[Revision] = ()
) -> Verb | None:
    """As taking_back, where the user may."""
    if not (may_edit or user.is_approver):
        return None
    verb = taking_back(user, engagement, shown=shown)
    may = verb is not None and (user.is_approver if verb.decides else may_edit)
    return verb if may else None
