"""A load taken back as a whole: what it made goes, what it changed is as before, what was edited stays."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from engagements.imports.existing import in_lots
from engagements.imports.saving import hold
from engagements.imports.subjects import subject_of
from engagements.imports.undone import Undone
from engagements.models import Load, LoadedRow


def plan_undo(*, by: User, load: Load) -> Undone:
    """What undo would do now. Writes nothing."""
    standing = load.rows.filter(undone_at=None)
    rows = list(standing.select_related("engagement", "partner", "contact__partner"))
    return subject_of(load).undoing.sorted_out(rows, by=by)


@transaction.atomic
def undo(*, by: User, load: Load) -> Undone:
    """Undo a load in one transaction, with that on record; a second time it does nothing."""
    current = hold(load)
    if current.stage != Load.Stage.LOADED:
        return Undone()
    planned = plan_undo(by=by, load=current)
    subject_of(current).undoing.take_back(planned, by=by)
    now = timezone.now()
    done = [row.pk for row in (*planned.deleted, *planned.put_back, *planned.partners)]
    for lot in in_lots(done):
        LoadedRow.objects.filter(pk__in=lot).update(undone_at=now)
    current.stage, current.undone_at, current.undone_by = Load.Stage.UNDONE, now, by
    current.save(update_fields=["stage", "undone_at", "undone_by"])
    return planned
