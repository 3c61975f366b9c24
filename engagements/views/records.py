"""The record an address names: 404 where it may not be seen, 403 where it may not be changed."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import MayNotChange
from common.marking import marking_of
from engagements.models import Engagement, EngagementQuerySet


def readable(user: User, reference: str, records: EngagementQuerySet | None = None) -> Engagement:
    """A logged engagement the person may see; Http404 otherwise."""
    records = Engagement.objects.all() if records is None else records
    return get_object_or_404(records.visible_to(user).logged(), reference=reference)


def editable(user: User, reference: str, records: EngagementQuerySet | None = None) -> Engagement:
    """One they may change as well; MayNotChange where they may only see it."""
    engagement = readable(user, reference, records)
    refuse_who_may_not_edit(user, engagement)
    return engagement


def refuse_who_may_not_edit(user: User, engagement: Engagement) -> None:
    """MayNotChange, saying who may, where this person may not change what they can read."""
    if not Engagement.objects.editable_by(user).filter(pk=engagement.pk).exists():
        office = engagement.lead_office
        message = _(
            "%(office)s leads %(reference)s. Its staff, whoever logged it, and managers may change it."
        )
        told = message % {"office": office, "reference": engagement.reference}
        raise MayNotChange(told, marking=marking_of(engagement))
