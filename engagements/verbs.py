"""What a person can do about an engagement's stage, in the words of its page and form."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from common.forms import PortalForm
from common.text import TEXT_LENGTH, PlainTextField
from engagements import stages
from engagements.models import Engagement

REASON_LENGTH = 2000


class ConfirmForm(PortalForm):
    """Nothing to fill in."""


class ReasonForm(PortalForm):
    reason = PlainTextField(
        label=_("Reason"),
        max_length=REASON_LENGTH,
        lines=True,
        error_messages={"required": _("Give the reason: those who logged it will read it.")},
    )


class OutcomeForm(PortalForm):
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
    starts_from: set
    decides: bool = False
    form: type[forms.Form] = ConfirmForm
    # Asked in passing on the record's own page; the others have a page to write on.
    at_once: bool = False
    heading: Promise
    explanation: Promise
    # On the record's page, and on the verb's own.
    invitation: Promise | str = ""
    button: Promise
    style: str = "button-secondary"
    done: Promise


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
