"""Who may read which revision: whoever may read the record now, and is cleared for what it held then."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from common.history.models import Revision, RevisionQuerySet
from common.history.words import words


def readable_by(user: Any) -> RevisionQuerySet:
    """Every revision the person may read, of every kind of record."""
    may_read = Q(pk__in=[])
    for kind, said in words().items():
        if not said.audience(user):
            continue
        of_kind = Q(kind=kind)
        if said.readable:
            of_kind &= Q(record_id__in=said.readable(user).values("pk"))
        may_read |= of_kind
    return Revision.objects.cleared_for(user).filter(may_read)


def history_of(record: models.Model, *, kind: str, reader: Any) -> RevisionQuerySet:
    """The revisions of one record that the person may read.

    Whether they may read the record itself is asked by the page that shows it, and here once more.
    """
    return readable_by(reader).filter(kind=kind, record_id=record.pk)
