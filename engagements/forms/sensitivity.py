"""How an engagement is marked: as high as the person is cleared, and lower than it was only on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts.models import ABOVE_PROTECTED_B, Sensitivity
from common.cautions import Caution, key_of

if TYPE_CHECKING:
    from engagements.forms.engagement import EngagementForm


def levels_offered(form: EngagementForm) -> list[tuple[int, str]]:
    """Up to the person's clearance; one's own draft keeps the level it has."""
    own = form.engagement.sensitivity if form.engagement else 0
    highest = max(form.user.clearance, own)
    return [(value, str(label)) for value, label in Sensitivity.choices if value <= highest]


def why_not_so_high(form: EngagementForm) -> str:
    """Of a level that is not offered: there is none such here, or this person is not cleared to it."""
    if form.level <= form.user.clearance:
        return str(ABOVE_PROTECTED_B)
    message = _(
        "You are cleared to %(level)s, and can mark it no higher. Choose one of those offered."
    )
    return message % {"level": form.user.get_clearance_display()}


def lowering(form: EngagementForm) -> list[Caution]:
    """A lowered marking opens the record to more people, so it is asked about once more."""
    before, now = form.logged_record, form.cleaned_data.get("sensitivity")
    if before is None or now is None or now >= before.sensitivity:
        return []
    message = _(
        "You lower the marking from %(before)s to %(now)s: more people will read this engagement. Make "
        "sure that nothing in it is above %(now)s, then tick “Save all the same” below the form and save "
        "again."
    )
    levels = {"before": Sensitivity(before.sensitivity).label, "now": Sensitivity(now).label}
    return [
        Caution(
            name="sensitivity",
            label=str(form.fields["sensitivity"].label),
            message=message % levels,
            key=key_of("sensitivity", str(before.pk), f"{before.sensitivity}>{now}"),
        )
    ]
