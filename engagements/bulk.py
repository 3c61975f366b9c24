"""Tagging several engagements at once: the same objectives added to, or removed from, each of them.

What one of them cannot take is left out there, with the reason; the rest is done, all in one step.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.db import transaction
from django.db.models import F, Prefetch
from django.utils import timezone

from accounts.models import User
from common.history.recording import recording
from engagements.alignments import AlignmentChange
from engagements.models import Alignment, Engagement
from objectives.models import Framework, FrameworkKind, Objective, in_force_among

MOST_AT_ONCE = 200


class Why(StrEnum):
    """Why an engagement does not take what was asked."""

    NOT_YOURS = "not-yours"
    NOT_IN_FORCE = "not-in-force"
    LAST_PILLAR = "last-pillar"


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """`objectives` are left as they are."""

    why: Why
    objectives: list[Objective]


@dataclass(frozen=True, kw_only=True)
class Planned:
    """What would become of one engagement."""

    engagement: Engagement
    change: AlignmentChange = field(default_factory=AlignmentChange)
    refusals: list[Refusal] = field(default_factory=list)


class InForce:
    """The objectives of the frameworks in force on any day, read once."""

    def __init__(self) -> None:
        adopted = Framework.objects.adopted().in_order().prefetch_related("objectives")
        self.frameworks = list(adopted)

    def on(self, day: dt.date) -> list[Framework]:
        return in_force_among(self.frameworks, day)

    def allows(self, objective: Objective, day: dt.date) -> bool:
        is_offered = objective.retired_on is None or objective.retired_on > day
        return is_offered and any(f.pk == objective.framework_id for f in self.on(day))


def plan_many(
    *,
    by: User,
    engagements: Sequence[Engagement],
    add: Iterable[Objective],
    remove: Iterable[Objective],
) -> list[Planned]:
    """What align_many would do to each. Their alignments are read for reading, once for all."""
    add, remove = list(add), list(remove)
    theirs = set(
        Engagement.objects.editable_by(by)
        .filter(pk__in=[engagement.pk for engagement in engagements])
        .values_list("pk", flat=True)
    )
    in_force = InForce()
    return [
        _plan(engagement, add, remove, in_force)
        if engagement.pk in theirs
        else Planned(
            engagement=engagement, refusals=[Refusal(why=Why.NOT_YOURS, objectives=add + remove)]
        )
        for engagement in engagements
    ]


@transaction.atomic
def align_many(
    *,
    by: User,
    engagements: Iterable[Engagement],
    add: Iterable[Objective],
    remove: Iterable[Objective],
) -> list[Planned]:
    """Add and remove objectives on several engagements. Done again, it changes nothing more."""
    held = (
        Engagement.objects.select_for_update(of=("self",))
        .filter(pk__in=[engagement.pk for engagement in engagements])
        .order_by("pk")
    )
    current = list(held.prefetch_related(Prefetch("alignments", Alignment.objects.for_reading())))
    planned = plan_many(by=by, engagements=current, add=add, remove=remove)
    changed = [one for one in planned if not one.change.is_nothing]
    with recording(by=by, act="aligned", records=[one.engagement for one in changed]):
        _carry_out(changed, by=by)
    return planned


def _carry_out(changed: list[Planned], *, by: User) -> None:
    Alignment.objects.filter(pk__in=_to_delete(changed)).delete()
    Alignment.objects.bulk_create(
        Alignment(
            engagement=one.engagement,
            objective=objective,
            framework_id=objective.framework_id,
            made_by=by,
        )
        for one in changed
        for objective in one.change.added
    )
    Engagement.objects.filter(pk__in=[one.engagement.pk for one in changed]).update(
        version=F("version") + 1, changed_at=timezone.now(), changed_by=by
    )


def _plan(
    engagement: Engagement, add: list[Objective], remove: list[Objective], in_force: InForce
) -> Planned:
    day = engagement.framework_day
    now = {a.objective_id: a.objective for a in engagement.alignments.all()}
    new = [objective for objective in add if objective.pk not in now]
    added = [objective for objective in new if in_force.allows(objective, day)]
    removed = [objective for objective in remove if objective.pk in now]
    refusals = []
    if late := [objective for objective in new if objective not in added]:
        refusals.append(Refusal(why=Why.NOT_IN_FORCE, objectives=late))
    left = [o for o in [*now.values(), *added] if o not in removed]
    pillars = [o for o in removed if o.kind == FrameworkKind.PILLAR]
    if pillars and not any(o.kind == FrameworkKind.PILLAR for o in left):
        removed = [o for o in removed if o not in pillars]
        refusals.append(Refusal(why=Why.LAST_PILLAR, objectives=pillars))
    kept = [objective for objective in now.values() if objective not in removed]
    return Planned(
        engagement=engagement,
        change=AlignmentChange(added=added, removed=removed, kept=kept),
        refusals=refusals,
    )


def _to_delete(planned: Iterable[Planned]) -> list[int]:
    return [
        alignment.pk
        for one in planned
        for alignment in one.engagement.alignments.all()
        if alignment.objective in one.change.removed
    ]
