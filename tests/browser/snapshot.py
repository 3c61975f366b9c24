"""The demonstration takes seconds to load; putting its rows back before every journey does not."""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, transaction


class Snapshot:
    """All rows of all our tables, as they are now."""

    def __init__(self) -> None:
        tables = connection.introspection.django_table_names(
            only_existing=True, include_views=False
        )
        self.rows = {table: read(table) for table in tables}

    def restore(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for table in self.rows:
                cursor.execute(f"DELETE FROM {quoted(table)}")
            for table, (columns, rows) in self.rows.items():
                names = ", ".join(map(quoted, columns))
                places = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {quoted(table)} ({names}) VALUES ({places})", rows)
            models = apps.get_models(include_auto_created=True)
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
        ContentType.objects.clear_cache()


def read(table: str) -> tuple[list[str], list[tuple]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {quoted(table)}")
        return [column[0] for column in cursor.description], cursor.fetchall()


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)
