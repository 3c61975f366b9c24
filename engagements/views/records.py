"""The record an address names: 404 where it may not be seen, 403 where it may not be changed."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from common.errors import MayNotChange
from common.marking import marking_of
from common.prepared import ask_for
from engagements.models import Engagement, EngagementQuerySet


def readable(user: User, reference: str, records: EngagementQuerySet | None = None) -> Engagement:
    """A logged engagement the person may see; Http404 otherwise."""
    records = Engagement.objects.all() if records is None else records
    return get_object_or_404(records.visible_to(user).logged(), reference=reference)


def editable(user: User, reference: str, records: EngagementQuerySet | None = None) -> Engagement:
    """One they may change as well; MayNotChange where they may only see it."""
    if records is None:
        found = ask_for(user, "editable", _told_who_may_edit, reference=reference)
    else:
        found = list(_told_who_may_edit(user, reference, records))
    if not found:
        raise Http404
    engagement: Any = found[0]
    if not engagement.at_may_edit:
        raise may_not_change(engagement)
    return engagement


def _told_who_may_edit(
    user: User, reference: str, records: EngagementQuerySet | None = None
) -> EngagementQuerySet:
    records = Engagement.objects.all() if records is None else records
    may_edit = Engagement.objects.editable_by(user).filter(pk=OuterRef("pk"))
    found = records.visible_to(user).logged().filter(reference=reference)
    return found.select_related("lead_office", "lead_officer").annotate(
        at_may_edit=Exists(may_edit)
    )


def refuse_who_may_not_edit(user: User, engagement: Engagement) -> None:
    """MayNotChange, saying who may, where this person may not change what they can read."""
    if not Engagement.objects.editable_by(user).filter(pk=engagement.pk).exists():
        raise may_not_change(engagement)


def may_not_change(engagement: Engagement) -> MayNotChange:
    message = _(
        "%(office)s leads %(reference)s. Its staff, whoever logged it, and managers may change it."
    )
    told = message % {"office": engagement.lead_office, "reference": engagement.reference}
    return MayNotChange(told, marking=marking_of(engagement))
