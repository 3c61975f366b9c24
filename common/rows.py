"""What hangs on a record: told in the record's own query, or given to it as though it had been asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import F, Subquery

Rows = list[dict[str, Any]]


class RowsField(models.Field):
    """Reads what RowsOf asks for. No column of a table."""

    def __init__(self, names: list[str] | None = None) -> None:
        super().__init__()
        self.names = names or []

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Rows:
        return [dict(zip(self.names, row, strict=True)) for row in json.loads(value or "[]")]


class RowsOf(Subquery):
    """The rows of a query as a list of dicts, in its order; [] where there are none.

    `columns` maps a name to where its value is found, as in `values()`. A date or moment is told as text,
    in ISO form.
    """

    templates = {
        "sqlite": "(SELECT json_group_array(json_array({})) FROM (%(subquery)s) told)",
        "postgresql": "(SELECT json_agg(json_build_array({}))::text FROM (%(subquery)s) told)",
    }

    def __init__(self, rows: models.QuerySet, **columns: str) -> None:
        self.names = list(columns)
        paths = {f"told_{name}": F(path) for name, path in columns.items()}
        super().__init__(rows.values(**paths), output_field=RowsField(self.names))

    def as_sql(self, compiler: Any, connection: Any, template: Any = None, **extra: Any) -> Any:
        cells = ", ".join(f'told."told_{name}"' for name in self.names)
        template = self.templates[connection.vendor].format(cells)
        return super().as_sql(compiler, connection, template=template, **extra)


def fill(record: Any, name: str, records: Iterable[models.Model]) -> None:
    """What `record.<name>.all()` gives from now on, as though it had been prefetched."""
    held: Any = getattr(record, name).all()
    held._result_cache, held._prefetch_done = list(records), True
    record.__dict__.setdefault("_prefetched_objects_cache", {})[name] = held


def is_filled(record: models.Model, name: str) -> bool:
    """Whether `record.<name>.all()` is at hand: filled, or prefetched."""
    return name in record.__dict__.get("_prefetched_objects_cache", {})
