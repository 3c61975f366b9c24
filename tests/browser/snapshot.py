"""The demonstration takes seconds to load; putting its rows back before every journey does not."""

from collections.abc import Iterator
from itertools import chain

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from engagements.models.change import Change

# What the database notes of every change by itself: putting rows back is a change as well.
NOTED = Change._meta.db_table


class Snapshot:
    """All rows of all our tables, as they are now."""

    def __init__(self) -> None:
        tables = connection.introspection.django_table_names(
            only_existing=True, include_views=False
        )
        self.rows = {table: read(table) for table in tables if table != NOTED}

    def restore(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for table in self.rows:
                cursor.execute(f"DELETE FROM {quoted(table)}")
            for table, (columns, rows) in self.rows.items():
                insert(cursor, table, columns, rows)
            models = apps.get_models(include_auto_created=True)
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
        ContentType.objects.clear_cache()


def read(table: str) -> tuple[list[str], list[tuple]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {quoted(table)}")
        return [column[0] for column in cursor.description], cursor.fetchall()


def insert(cursor: CursorWrapper, table: str, columns: list[str], rows: list[tuple]) -> None:
    """Many rows a statement: a server is asked dozens of times, not thousands."""
    names = ", ".join(map(quoted, columns))
    row = f"({', '.join(['%s'] * len(columns))})"
    most = (connection.features.max_query_params or 50_000) // len(columns)
    for some in batched(rows, most):
        values = ", ".join([row] * len(some))
        cursor.execute(f"INSERT INTO {quoted(table)} ({names}) VALUES {values}", list(chain(*some)))


def batched(rows: list[tuple], most: int) -> Iterator[list[tuple]]:
    return (rows[start : start + most] for start in range(0, len(rows), most))


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)
