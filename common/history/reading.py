"""Who may read which revision: whoever may read the record now, and is cleared for what it held then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q

from common.history.models import Revision, RevisionQuerySet
from common.history.tracking import kind_of
from common.history.words import RecordWords, words


def readable_by(user: Any, *, kinds: Iterable[str] = ()) -> RevisionQuerySet:
    """Every revision the person may read, of these kinds of record or of all."""
    may_read = Q(pk__in=[])
    for kind in kinds or words():
        said = words()[kind]
        if said.audience(user):
            may_read |= Q(kind=kind) & readable_records(said, user)
    return Revision.objects.cleared_for(user).filter(may_read)


def readable_records(said: RecordWords, user: Any) -> Q:
    """Of the revisions of a kind: those of what they may read now, and might read then where that differs."""
    readable = Q() if said.readable is None else Q(record_id__in=said.readable(user).values("pk"))
    return readable & said.readable_then(user) if said.readable_then else readable


def history_of(record: models.Model, *, reader: Any) -> RevisionQuerySet:
    """The revisions of one record that the person may read."""
    kind = kind_of(record).kind
    return readable_by(reader, kinds=[kind]).of(kind, [record.pk])
