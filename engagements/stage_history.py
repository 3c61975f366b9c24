"""Which act brought an engagement into the stage it is in: read from its history."""

from __future__ import annotations

from django.db.models.fields.json import KT

from common.history.models import Revision
from engagements.models import Engagement

TAKEN_BACK = "taken-back"
# What such an act changes, and what taking it back puts back as it was.
CHANGED_BY_IT = (
    "stage", "stage_reason", "approval", "approved_by", "approved_on", "decided_at", "decided_by",
)  # fmt: skip


def last_stage_act(engagement: Engagement) -> Revision | None:
    """The revision of the act that can be taken back, or None where there is none.

    What was taken back is as if it had not been: then it is the one before. Its `previous` holds what
    the record was before it.
    """
    revisions = Revision.objects.of("engagement", [engagement.pk]).order_by("number")
    acts: list[Revision] = []
    stage = None
    for revision in revisions.annotate(reached=KT("state__stage")).defer("state"):
        if stage is None or revision.reached == stage:
            stage = revision.reached
            continue
        stage = revision.reached
        if revision.act == TAKEN_BACK:
            acts = acts[:-1]
        else:
            acts.append(revision)
    # Where something past the history moved it on, nothing of it is known.
    return acts[-1] if acts and stage == engagement.stage == acts[-1].act else None


def as_it_was(before: dict) -> dict:
    """Column → value of the fields such an act changes, from the state before it."""
    columns = {name: Engagement._meta.get_field(name) for name in CHANGED_BY_IT}
    return {column.attname: column.to_python(before[name]) for name, column in columns.items()}  # type: ignore[union-attr]
