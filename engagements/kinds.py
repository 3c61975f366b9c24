"""Kinds and stages. Their values are the slugs people share in addresses; they never change."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    INCOMING_VISIT = "incoming-visit", _("Incoming visit")
    OUTGOING_VISIT = "outgoing-visit", _("Outgoing visit")
    BILATERAL_MEETING = "bilateral-meeting", _("Bilateral meeting")
    MULTILATERAL_MEETING = "multilateral-meeting", _("Multilateral meeting")
    CONFERENCE_HOSTED = "conference-hosted", _("Conference hosted")
    CONFERENCE_ATTENDED = "conference-attended", _("Conference attended")
    TECHNICAL_ASSISTANCE = "technical-assistance", _("Technical assistance")
    NEEDS_ASSESSMENT = "needs-assessment", _("Needs assessment")
    TRAINING_DELIVERED = "training-delivered", _("Training delivered")
    TRAINING_RECEIVED = "training-received", _("Training received")
    DEPLOYMENT = "deployment-or-secondment", _("Deployment or secondment")
    PEACE_OPERATION = "peace-operation-deployment", _("Peace-operation deployment")
    AGREEMENT_SIGNED = "agreement-signed", _("Agreement signed")
    INFORMATION_EXCHANGE = "information-exchange", _("Information exchange")
    PUBLICATION = "publication-or-standard", _("Publication or standard")
    OTHER = "other", pgettext_lazy("kind", "Other")


class Stage(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Returned")
    DECLINED = "declined", _("Declined")
    COMPLETED = "completed", _("Completed")
    CANCELLED = "cancelled", _("Cancelled")


# What figures count: logged, and neither declined nor cancelled.
COUNTED = (Stage.COMPLETED, Stage.APPROVED, Stage.SUBMITTED, Stage.RETURNED)
LEFT_OUT = (Stage.DECLINED, Stage.CANCELLED)
# Ahead, or late: nobody has said yet what became of it.
PLANNED = (Stage.APPROVED, Stage.SUBMITTED, Stage.RETURNED)
# What CSC gave a partner: its time, people and knowledge; and what it received from one. The rest is
# done together. Who gave in an information exchange is told by the partner's role in it. See
# docs/decisions/0015-given-and-received.md.
GIVEN = (
    Kind.INCOMING_VISIT,
    Kind.TRAINING_DELIVERED,
    Kind.TECHNICAL_ASSISTANCE,
    Kind.NEEDS_ASSESSMENT,
    Kind.DEPLOYMENT,
    Kind.PEACE_OPERATION,
)
RECEIVED = (Kind.OUTGOING_VISIT, Kind.TRAINING_RECEIVED)
