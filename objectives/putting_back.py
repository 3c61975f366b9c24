"""A framework or an objective put back as it was, in what is chosen: through the ordinary action."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeAlias

from django.http import QueryDict
from django.utils.translation import gettext as _

from accounts.models import User
from common.history.changes import Change, How
from common.history.models import Revision
from common.history.putting_back import Aim, PuttingBack, aim_of, rows_to, state_now
from common.history.tracking import kind_of
from objectives.models import Framework, Objective

Kept: TypeAlias = "Framework | Objective"
# They never change once something can be tagged.
LEFT_OUT = {"code", "kind", "framework"}
ADOPTION = {"adopted", "in_force_from", "in_force_to"}


def last_act(record: Kept) -> int:
    """The number of the act after which it stands as it does; 0 where nothing is on record yet."""
    last = Revision.objects.of(kind_of(record).kind, [record.pk]).order_by("-number").first()
    return last.number if last else 0


def aim_in(record: Kept, asked: QueryDict, *, reader: User) -> Aim | None:
    """Which earlier state the address names; None where it is none of this record's."""
    own = Revision.objects.of(kind_of(record).kind, [record.pk]).select_related("by", "previous")
    return aim_of(asked, states=own, acts=own, clearance=reader.clearance)


def putting_back(record: Kept, aim: Aim, *, chosen: set[str] | None = None) -> PuttingBack:
    """What differs between now and then; without `chosen` all of it is."""
    kind = kind_of(record).kind
    rows = rows_to(
        aim,
        state_now(kind, record.pk).state,
        kind=kind,
        leave_out=LEFT_OUT,
        why_not=not_possible,
        is_chosen=lambda key, change: chosen is None or key in chosen,
    )
    return PuttingBack(aim=aim, rows=rows)


def not_possible(change: Change) -> str:
    """Why it cannot be put back; "" where it can."""
    if change.name in ADOPTION:
        return _(
            "A framework that was adopted stays adopted: engagements may be tagged against it."
        )
    if change.name == "follows" and change.how == How.ADDED:
        known = Objective.objects.filter(code=change.after).exists()
        return "" if known else _("This objective is not here any more.")
    return ""


def values_with(record: Kept, back: PuttingBack) -> dict[str, Any]:
    """What the action takes: the columns chosen, as they were; `follows` whole, where it is chosen."""
    values: dict[str, Any] = {}
    for change in (row.change for row in back.chosen):
        if change.name == "follows":
            values["follows"] = _follows_with(record, back)
        elif change.name == "retired_on":
            values["retired_on"] = dt.date.fromisoformat(change.after) if change.after else None
        else:
            values[change.name] = change.after
    return values


def _follows_with(record: Kept, back: PuttingBack) -> list[Objective]:
    assert isinstance(record, Objective)
    codes = set(record.follows.values_list("code", flat=True))
    for change in (row.change for row in back.chosen if row.change.name == "follows"):
        codes = codes - {change.before} | ({change.after} if change.after else set())
    return list(Objective.objects.with_codes(codes))
