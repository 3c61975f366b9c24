"""Putting a framework in force, and changing what is kept of it or of an objective.

Nothing of the framework it follows is deleted or tagged anew.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.history.recording import recording
from common.history.tracking import kind_of
from common.partial_dates import FIRST_YEAR, LAST_YEAR
from objectives.models import Framework, Objective
from objectives.putting_back import last_act


class MovedOn(Exception):
    """Somebody else changed it since: nothing was saved."""


class AlreadyAdopted(ValidationError):
    """It is in force, or will be, from a day that somebody has set: nothing was changed."""


@dataclass(frozen=True, kw_only=True)
class Adoption:
    """What adopting would do: `framework` in force from `on`, `predecessor` until `ends_on`."""

    framework: Framework
    on: dt.date
    predecessor: Framework | None
    ends_on: dt.date | None


def plan_adoption(framework: Framework, on: dt.date) -> Adoption:
    """What adopting `framework` from `on` would change; ValidationError where it cannot be done."""
    _refuse_unfit(framework)
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise ValidationError(
            _("Give a year from %(first)s to %(last)s."),
            params={"first": str(FIRST_YEAR), "last": str(LAST_YEAR)},
        )
    if framework.in_force_to and framework.in_force_to < on:
        raise ValidationError(
            _("This framework ends on %(day)s. Give that day or an earlier one."),
            params={"day": framework.in_force_to.isoformat()},
        )
    predecessor = predecessor_of(framework)
    return Adoption(
        framework=framework,
        on=on,
        predecessor=predecessor,
        ends_on=_last_day(predecessor, before=on) if predecessor else None,
    )


def predecessor_of(framework: Framework) -> Framework | None:
    """The adopted framework of its kind that began last."""
    others = Framework.objects.adopted().filter(kind=framework.kind).exclude(pk=framework.pk)
    return others.order_by(F("in_force_from").desc(nulls_last=True), "-pk").first()


@transaction.atomic
def adopt_framework(*, by: User, framework: Framework, on: dt.date) -> Adoption:
    """Put a framework in force from a day on, and end the one before it the day before.

    ValidationError (AlreadyAdopted) where that cannot be done. Tags and crosswalk stay as they are.
    """
    # All of the kind, so that of two adoptions at once the second sees the first.
    of_kind = Framework.objects.select_for_update().filter(kind=framework.kind).order_by("pk")
    current = next(each for each in of_kind if each.pk == framework.pk)
    plan = plan_adoption(current, on)
    touched = [current, *([plan.predecessor] if plan.predecessor else [])]
    with recording(by=by, act="adopted", records=touched):
        if plan.predecessor:
            plan.predecessor.in_force_to = plan.ends_on
            plan.predecessor.save(update_fields=["in_force_to"])
        current.adopted, current.in_force_from = True, on
        current.adopted_at, current.adopted_by = timezone.now(), by
        current.save(update_fields=["adopted", "in_force_from", "adopted_at", "adopted_by"])
    return plan


@transaction.atomic
def amend(
    *, by: User, record: Framework | Objective, seen: int, act: str = "amended", **fields: Any
) -> None:
    """Change columns of a framework or an objective, and what an objective `follows`.

    `seen` is the number of the act (putting_back.last_act) that the person saw as the last; MovedOn is
    raised where another came after it, ValidationError where the record would not be whole.
    """
    kind_of(record).hold([record.pk])
    if last_act(record) != seen:
        raise MovedOn
    with recording(by=by, act=act, records=[record]):
        follows = fields.pop("follows", None)
        record.refresh_from_db()
        for name, value in (fields | {"edited_at": timezone.now(), "edited_by": by}).items():
            setattr(record, name, value)
        record.full_clean()
        record.save()
        if follows is not None and isinstance(record, Objective):
            record.follows.set(follows)


def _refuse_unfit(framework: Framework) -> None:
    if framework.adopted:
        raise AlreadyAdopted(_("This framework is adopted already."))
    if framework.retired_on:
        raise ValidationError(_("This framework is retired. It can no longer be adopted."))
    if not framework.objectives.filter(retired_on=None).exists():
        raise ValidationError(_("This framework holds no objective yet. Add its objectives first."))


def _last_day(predecessor: Framework, *, before: dt.date) -> dt.date:
    """The day before, or the one it ends on by itself if that is earlier."""
    if predecessor.in_force_from and predecessor.in_force_from >= before:
        raise ValidationError(
            _("%(title)s is in force from %(day)s. Give a later day."),
            params={"title": predecessor.title, "day": predecessor.in_force_from.isoformat()},
        )
    day_before = before - dt.timedelta(days=1)
    return min(predecessor.in_force_to or day_before, day_before)
