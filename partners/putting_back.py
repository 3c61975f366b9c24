"""A partner put back as it was, in what is chosen: through its form and the ordinary action."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from common.cautions import CONFIRMED
from common.history.changes import Change
from common.history.models import Revision
from common.history.putting_back import Aim, PuttingBack, aim_of, rows_to, state_now
from partners.forms import PartnerForm, former_names_of
from partners.models import Country, Partner

# It never changes; it is said by a button of its own.
LEFT_OUT = {"code", "verified_on"}


def aim_in(partner: Partner, asked: QueryDict, *, reader: User) -> Aim | None:
    """Which earlier state the address names; None where it is none of this partner's."""
    own = Revision.objects.of("partner", [partner.pk]).select_related("by", "previous")
    return aim_of(asked, states=own, acts=own, clearance=reader.clearance)


def putting_back(partner: Partner, aim: Aim, *, chosen: set[str] | None = None) -> PuttingBack:
    """What differs between now and then; without `chosen` all of it is."""
    rows = rows_to(
        aim,
        state_now("partner", partner.pk).state,
        kind="partner",
        leave_out=LEFT_OUT,
        why_not=not_possible,
        is_chosen=lambda key, change: chosen is None or key in chosen,
    )
    return PuttingBack(aim=aim, rows=rows)


def not_possible(change: Change) -> str:
    if change.name in ("archived_at", "archive_reason"):
        return _("A partner is archived and brought back by buttons of its own.")
    if change.name == "country" and change.after:
        if Country.objects.filter(iso2=change.after, retired_on=None).exists():
            return ""
        return _("This country is retired.")
    return ""


def data_with(partner: Partner, back: PuttingBack, *, confirmed: list[str]) -> QueryDict:
    """What its form would send: the partner as it is now, with what was chosen as it was then."""
    values = PartnerForm.initial_of(partner)
    former = former_names_of(partner)
    for change in (row.change for row in back.chosen):
        if change.name == "former_names":
            former = _former_with(former, change)
        else:
            values[change.name] = change.after
    data = QueryDict(mutable=True)
    for name, value in values.items():
        if value not in (None, False, ""):
            data[name] = "on" if value is True else str(value)
    _put_former(data, former)
    data["version"] = str(partner.version)
    data.setlist(CONFIRMED, confirmed)
    return data


def _former_with(former: list[dict[str, str]], change: Change) -> list[dict[str, str]]:
    kept = [names for names in former if names != change.before]
    return [*kept, change.after] if change.after else kept


def _put_former(data: QueryDict, former: list[dict[str, Any]]) -> None:
    data["former-TOTAL_FORMS"], data["former-INITIAL_FORMS"] = str(len(former)), "0"
    for number, names in enumerate(former):
        for name, value in names.items():
            data[f"former-{number}-{name}"] = value
