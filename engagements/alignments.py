"""Tagging: what an engagement may be aligned with, and the one step that saves it.

Several engagements at once are in bulk.py.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils import timezone

from accounts.models import User
from common.history.recording import recording
from common.prepared import ask
from common.rows import fill, is_filled
from engagements.models import Alignment, Engagement
from engagements.versions import locked
from objectives.models import Framework, Objective, in_force_on


def alignments_of(engagement: Engagement) -> list[Alignment]:
    """In the order people read them, with their objectives: asked once of a record that is only read."""
    if not is_filled(engagement, "alignments"):
        fill(engagement, "alignments", ask("alignments", _alignments, engagement=engagement.pk))
    return list(engagement.alignments.all())


def _alignments(engagement: int) -> QuerySet[Alignment]:
    return Alignment.objects.for_reading().filter(engagement=engagement)


@dataclass(frozen=True, kw_only=True, slots=True)
class Tag:
    """An objective to align with, with the reason and whether it is the framework's primary one."""

    objective: Objective
    reason: str = ""
    primary: bool = False
    demonstration: bool = False


@dataclass(frozen=True, kw_only=True)
class AlignmentChange:
    """What saving would do, or did: objectives added, removed, changed (reason, primary), kept."""

    added: list[Objective] = field(default_factory=list)
    removed: list[Objective] = field(default_factory=list)
    changed: list[Objective] = field(default_factory=list)
    kept: list[Objective] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.removed or self.changed)


def frameworks_offered(engagement: Engagement | None, day: dt.date) -> list[Framework]:
    """The frameworks in force on `day`, and those an existing engagement is tagged with already."""
    in_force = in_force_on(day)
    return in_force + older_ones(engagement, in_force)


def older_ones(engagement: Engagement | None, in_force: list[Framework]) -> list[Framework]:
    """Those it is tagged with and that are not in force."""
    if engagement is None or engagement.pk is None:
        return []
    older = (
        Framework.objects.filter(alignments__engagement=engagement)
        .exclude(pk__in=[framework.pk for framework in in_force])
        .distinct()
        .in_order()
        .prefetch_related("objectives")
    )
    return list(older)


def objectives_allowed(
    engagement: Engagement | None, day: dt.date, *, wanted: Iterable[str] | None = None
) -> dict[str, Objective]:
    """By code: those of the frameworks in force on `day`, and those it already has.

    Of an older framework only what was tagged stays; nothing more of it can be chosen. `wanted`: where it
    has all of these already, no others are asked for.
    """
    own = alignments_of(engagement) if engagement and engagement.pk else []
    had = {alignment.objective.code: alignment.objective for alignment in own}
    if wanted is not None and had.keys() >= set(wanted):
        return had
    return had | {
        objective.code: objective
        for framework in in_force_on(day)
        for objective in framework.objectives.all()
        if objective.retired_on is None or objective.retired_on > day
    }


def compare_alignments(engagement: Engagement, tags: Iterable[Tag]) -> AlignmentChange:
    """What set_alignments would change."""
    now = {alignment.objective_id: alignment for alignment in engagement.alignments.for_reading()}
    wanted = {tag.objective.pk: tag for tag in tags}
    change = AlignmentChange()
    for pk, tag in wanted.items():
        if pk not in now:
            change.added.append(tag.objective)
        elif (now[pk].reason, now[pk].primary) != (tag.reason, tag.primary):
            change.changed.append(tag.objective)
        else:
            change.kept.append(tag.objective)
    change.removed.extend(a.objective for pk, a in now.items() if pk not in wanted)
    return change


def set_alignments(*, by: User, engagement: Engagement, tags: Iterable[Tag]) -> AlignmentChange:
    """Make these its alignments. One that stays as it was keeps who made it and when.

    A part of other acts: their transaction, and they put it on record.
    """
    wanted = {tag.objective.pk: tag for tag in tags}
    change = compare_alignments(engagement, wanted.values())
    redo = [objective.pk for objective in [*change.removed, *change.changed]]
    # Changed ones go first, so that a primary can move from one objective to another.
    if redo:
        engagement.alignments.filter(objective__in=redo).delete()
    made = [wanted[objective.pk] for objective in [*change.added, *change.changed]]
    make_alignments(by=by, engagement=engagement, tags=made)
    return change


def make_alignments(*, by: User, engagement: Engagement, tags: Iterable[Tag]) -> None:
    """Align it with these, with none of which it is aligned. A part of other acts, as set_alignments is."""
    wanted = {tag.objective.pk: tag for tag in tags}
    Alignment.objects.bulk_create(
        Alignment(
            engagement=engagement,
            objective=tag.objective,
            framework_id=tag.objective.framework_id,
            reason=tag.reason,
            primary=tag.primary,
            demonstration=tag.demonstration,
            made_by=by,
        )
        for tag in wanted.values()
    )


@transaction.atomic
def align(
    *, by: User, engagement: Engagement, tags: Iterable[Tag], version: int | None = None
) -> AlignmentChange:
    """Save an engagement's tags in one step. MovedOn where `version` is no longer the record's."""
    current = locked(engagement, version=version)
    with recording(by=by, act="aligned", records=[current], within=True):
        change = set_alignments(by=by, engagement=current, tags=tags)
        if not change.is_nothing:
            current.changed_at, current.changed_by = timezone.now(), by
            current.save()
    return change


def last_alike(engagement: Engagement, *, reader: User) -> Engagement | None:
    """The latest other engagement with one of its partners that is aligned with anything."""
    partners = [part.partner_id for part in engagement.participations.all()]
    others = Engagement.objects.visible_to(reader).counted().with_partners(*partners)
    tagged = others.exclude(pk=engagement.pk).filter(
        Exists(Alignment.objects.filter(engagement=OuterRef("pk")))
    )
    read = Prefetch("alignments", Alignment.objects.for_reading())
    return next(iter(tagged.prefetch_related(read).newest(1)), None)
