"""Who may read which revision: whoever may read the record now, and is cleared for what it held then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.db.models import Q

from common.history.models import Revision, RevisionQuerySet
from common.history.tracking import kind_of
from common.history.words import RecordWords, words


def readable_by(
    user: Any, *, kinds: Iterable[str] = (), among: Mapping[str, Iterable[int]] | None = None
) -> RevisionQuerySet:
    """Every revision the person may read, of these kinds of record or of all.

    `among`: a kind → the keys of the records that are asked about, and of no others. It names the kinds, too,
    and spares the database to find out what else the person may read.
    """
    may_read = Q(pk__in=[])
    for kind in (kinds or words()) if among is None else among:
        said = words()[kind]
        if said.audience(user):
            pks = None if among is None else list(among[kind])
            may_read |= Q(kind=kind) & readable_records(said, user, pks)
    return Revision.objects.cleared_for(user).filter(may_read)


def readable_records(said: RecordWords, user: Any, pks: list[int] | None = None) -> Q:
    """Of the revisions of a kind: those of what they may read now, and might read then where that differs."""
    asked = Q() if pks is None else Q(record_id__in=pks)
    if said.readable is not None:
        records = said.readable(user)
        found = records if pks is None else records.filter(pk__in=pks)
        asked &= Q(record_id__in=found.values("pk"))
    return asked & said.readable_then(user, pks) if said.readable_then else asked


def history_of(record: models.Model, *, reader: Any) -> RevisionQuerySet:
    """The revisions of one record that the person may read."""
    return readable_by(reader, among={kind_of(record).kind: [record.pk]})
