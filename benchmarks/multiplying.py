"""The same engagements many times over, by one statement a table: as many as one likes, in little time.

Copies differ from what they are copies of in key and number alone: whatever is counted over all of them
comes to so many times as much.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models import Max

from common.history.models import Revision
from common.history.recording import unrecorded
from engagements.index.noting import note_everything, noted_at_once
from engagements.models import Alignment, Engagement, Participation
from engagements.search.finding import INDEX

# More than were ever numbered in a fiscal year.
APART = 1_000_000
HANGING = (Participation, Alignment, Engagement.countries.through)
Tops = dict[type[models.Model], int]


def multiply(times: int) -> None:
    """Leave `times` as many engagements as there are, each with its history, in a transaction a copy."""
    tops: Tops = {model: top_of(model) for model in (Engagement, Revision, *HANGING)}
    for copy in range(1, times):
        shift = {model: copy * top for model, top in tops.items()}
        with transaction.atomic(), unrecorded(), noted_at_once(connection), unwatched():
            its_own = f"engagement_id + {shift[Engagement]}"
            insert(
                Engagement,
                {"id": shift[Engagement]},
                tops,
                reference=renumbered(copy),
                form_key="NULL",
            )
            for model in HANGING:
                insert(model, {"id": shift[model]}, tops, engagement_id=its_own)
            insert(
                Revision,
                {
                    "id": shift[Revision],
                    "record_id": shift[Engagement],
                    "previous_id": shift[Revision],
                },
                tops,
                key=RANDOM[connection.vendor],
            )
    go_on_counting(tops)


@contextmanager
def unwatched() -> Iterator[None]:
    """PostgreSQL looks at row after row for what it refers to, and indexes it for search: here at once."""
    if not may_leave_triggers_out():
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        last = top_of(Engagement)
        yield
        cursor.execute(
            f"INSERT INTO {INDEX} SELECT id, search_text::tsvector FROM engagements_engagement"
            f" WHERE id > {last}"
        )
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    note_everything(connection)


def may_leave_triggers_out() -> bool:
    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
        return bool(cursor.fetchone()[0])


def top_of(model: type[models.Model]) -> int:
    return int(model._default_manager.aggregate(top=Max("pk"))["top"] or 0)


def insert(
    model: type[models.Model],
    shifted: dict[str, int],
    tops: Tops,
    **others: str,
) -> None:
    """Copies of the first rows; `shifted`: column → by how much its number grows; `others`: as SQL."""
    made = {column: f"{column} + {by}" for column, by in shifted.items()} | others
    columns = [str(field.column) for field in model._meta.concrete_fields]
    quoted = [connection.ops.quote_name(column) for column in columns]
    values = [made.get(column, name) for column, name in zip(columns, quoted, strict=True)]
    # Of history only that of engagements: what else was done is not done again.
    kind = " AND kind = 'engagement'" if model is Revision else ""
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(quoted)}) SELECT {', '.join(values)} FROM {table}"
            f" WHERE id <= {tops[model]}{kind}"
        )


def renumbered(copy: int) -> str:
    """IE-2027-0042 → IE-2027-1000042: a draft has none and gets none."""
    number = f"CAST(substr(reference, 9) AS integer) + {copy * APART}"
    return f"substr(reference, 1, 8) || CAST({number} AS text)"


RANDOM = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()"}


def go_on_counting(tops: Tops) -> None:
    """The next key is none that a copy has: PostgreSQL counts apart from its tables."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tops)):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            for model in tops:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
