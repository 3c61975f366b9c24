"""Which act brought an engagement into the stage it is in: read from its history."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models.fields.json import KT

from common.history.models import Revision, RevisionQuerySet
from common.prepared import ask
from engagements.models import Engagement

TAKEN_BACK = "taken-back"
# What such an act changes, and what taking it back puts back as it was.
CHANGED_BY_IT = (
    "stage", "stage_reason", "approval", "approved_by", "approved_on", "decided_at", "decided_by",
)  # fmt: skip


def last_stage_act(engagement: Engagement, *, shown: Iterable[Revision] = ()) -> Revision | None:
    """The revision of the act that can be taken back, or None where there is none.

    What was taken back is as if it had not been: then it is the one before. Its `previous` holds what
    the record was before it. `shown` are revisions at hand; where they are all there are, no more are asked.
    """
    acts: list[Revision] = []
    stage = None
    for revision, reached in _whole(engagement, shown) or _asked(engagement):
        if stage is None or reached == stage:
            stage = reached
            continue
        stage = reached
        if revision.act == TAKEN_BACK:
            acts = acts[:-1]
        else:
            acts.append(revision)
    # Where something past the history moved it on, nothing of it is known.
    return acts[-1] if acts and stage == engagement.stage == acts[-1].act else None


def _whole(engagement: Engagement, shown: Iterable[Revision]) -> list[tuple[Revision, str]]:
    """The revisions at hand in their order, if the first one is among them, the last one, and all between."""
    own = [each for each in shown if each.kind == "engagement" and each.record_id == engagement.pk]
    own.sort(key=lambda revision: revision.number)
    numbers = [revision.number for revision in own]
    is_all = numbers and numbers == list(range(1, len(own) + 1))
    # One that the reader may not know of would have moved the record on.
    if not is_all or own[-1].version != engagement.version:
        return []
    return [(revision, revision.state.get("stage", "")) for revision in own]


def _asked(engagement: Engagement) -> list[tuple[Revision, str]]:
    revisions = ask("stages reached", _reached, engagement=engagement.pk)
    return [(revision, revision.reached) for revision in revisions]


def _reached(engagement: int) -> RevisionQuerySet:
    revisions = Revision.objects.of("engagement", [engagement]).order_by("number")
    return revisions.annotate(reached=KT("state__stage")).defer("state")


def as_it_was(before: dict) -> dict:
    """Column → value of the fields such an act changes, from the state before it."""
    columns = {name: Engagement._meta.get_field(name) for name in CHANGED_BY_IT}
    return {column.attname: column.to_python(before[name]) for name, column in columns.items()}  # type: ignore[union-attr]
