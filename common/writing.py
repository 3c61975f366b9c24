"""Writing many rows at once: COPY on PostgreSQL, one statement many times over on SQLite."""

import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

from django.db import connection, connections, models

# As many are made into lines; fewer are worth no other way than Django's.
MANY = 100
NULL = r"\N"
ESCAPES = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
ESCAPED = str.maketrans(ESCAPES)
# Kept as they are, whatever the database.
PLAIN = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)


def write(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows; `names` are the columns of their values, as attributes (partner_id)."""
    write_kept(model, names, as_kept(model, names, rows))


def as_kept(
    model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> list[tuple]:
    """Rows as they are handed to the driver."""
    keep = [_kept(field) for field in _fields(model, names)]
    by_column = list(zip(*rows, strict=True))
    if not by_column:
        return []
    # A column at a time: most are handed on as they stand.
    in_columns = (
        values if as_kept is None else map(as_kept, values)
        for as_kept, values in zip(keep, by_column, strict=True)
    )
    return list(zip(*in_columns, strict=True))


def write_kept(
    model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """As write, of rows that `as_kept` has made."""
    if not rows:
        return
    columns = ", ".join(connection.ops.quote_name(str(f.column)) for f in _fields(model, names))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with connection.wrap_database_errors:
                cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", _lines(rows))
        else:
            places = ", ".join(["%s"] * len(names))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)


def _fields(model: type[models.Model], names: Sequence[str]) -> list[models.Field]:
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    return [by_name[name] for name in names]


def add_all(model: type[Any], records: Sequence[models.Model]) -> None:
    """Insert these records as they are, and nothing else: their keys are not told them."""
    if len(records) < MANY:
        model._default_manager.bulk_create(records)
        return
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    write(model, names, map(attrgetter(*names), records))


def _kept(field: models.Field) -> Callable[[Any], Any] | None:
    """How a value of this column is handed to the driver; None where it is as it stands."""
    if isinstance(field, models.JSONField):
        return lambda value: None if value is None else json.dumps(value, cls=field.encoder)
    if isinstance(field, PLAIN) or (
        isinstance(field, models.ForeignKey) and isinstance(field.target_field, PLAIN)
    ):
        return None
    # The connection itself: `connection` looks it up anew for each value.
    this = connections[connection.alias]
    return lambda value: None if value is None else field.get_db_prep_save(value, this)


def _lines(rows: Iterable[Sequence[Any]]) -> io.StringIO:
    """As COPY reads them: a line a row, a tab between two values."""
    columns = [_escaped(column) for column in zip(*rows, strict=True)]
    return io.StringIO("".join(["\t".join(row) + "\n" for row in zip(*columns, strict=True)]))


def _escaped(values: Sequence[Any]) -> Sequence[str]:
    """A column as COPY reads it; most hold nothing that has to be written otherwise."""
    texts = ["" if value is None else str(value) for value in values]
    together = "".join(texts)
    if any(sign in together for sign in ESCAPES):
        texts = [text.translate(ESCAPED) for text in texts]
    if None in values:
        return [NULL if value is None else text for value, text in zip(values, texts, strict=True)]
    return texts


def keys_of(model: type[models.Model], number: int) -> Iterator[int]:
    """As many keys of its table, given to nobody else. Runs in the transaction that uses them."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [connection.ops.quote_name(table), number],
            )
            return iter([key for (key,) in cursor.fetchall()])
        # The transaction holds the lock by which SQLite lets one write at a time.
        cursor.execute("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone()
    return iter(range(last + 1, last + number + 1))
