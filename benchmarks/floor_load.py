"""The rows of the last load once more, as rows alone: COPY on PostgreSQL, one statement a table on SQLite.

Nothing is read of a file, looked up, checked or counted on: keys and numbers are known before. What the
database keeps by itself (indexes, search, notes of what changed) is kept. It is taken back at the end.
"""

import uuid
from collections.abc import Callable
from typing import Any

from django.db import models, transaction
from django.db.models import Max

from common.history.models import Revision
from common.history.recording import unrecorded
from common.writing import write
from engagements.models import Alignment, Engagement, Load, LoadedRow, Participation

Rows = list[list[Any]]


def rows_of_the_last_load() -> dict[type[models.Model], Rows]:
    """By table, as they stand, but for keys and numbers."""
    load = Load.objects.latest("pk")
    loaded = LoadedRow.objects.filter(load=load).values("engagement")
    theirs = {"engagement__in": loaded}
    return {
        Engagement: again(Engagement.objects.filter(pk__in=loaded), "reference", "form_key"),
        Participation: again(Participation.objects.filter(**theirs)),
        Alignment: again(Alignment.objects.filter(**theirs)),
        Engagement.countries.through: again(Engagement.countries.through.objects.filter(**theirs)),
        Revision: again(Revision.objects.filter(kind="engagement", record_id__in=loaded), "key"),
        LoadedRow: again(LoadedRow.objects.filter(load=load)),
    }


def again(records: models.QuerySet, *once: str) -> Rows:
    """Rows by their columns, under keys that come after all there are; `once`: no two have the same."""
    model = records.model
    shifts = {"id": top(model), "engagement_id": top(Engagement), "record_id": top(Engagement)}
    shifts["previous_id"] = top(Revision)
    others: dict[str, Callable[[Any], Any]] = {
        "reference": lambda told: told and f"X{told[1:]}",
        "form_key": lambda _told: None,
        "key": lambda _told: uuid.uuid4(),
    }
    rows = [list(row) for row in records.order_by("pk").values_list(*columns(model))]
    for place, name in enumerate(columns(model)):
        for row in rows:
            if name in shifts and row[place] is not None:
                row[place] += shifts[name]
            elif name in once:
                row[place] = others[name](row[place])
    return rows


def columns(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


def top(model: type[models.Model]) -> int:
    return int(model._default_manager.aggregate(top=Max("pk"))["top"] or 0)


def write_them(rows: dict[type[models.Model], Rows]) -> int:
    """How many engagements were written."""
    with transaction.atomic(), unrecorded():
        for model, some in rows.items():
            write(model, columns(model), some)
        transaction.set_rollback(True)
    return len(rows[Engagement])
