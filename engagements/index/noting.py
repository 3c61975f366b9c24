"""The triggers by which the database notes what changed: every path leaves a note, whoever wrote it.

They are put in place when migrations end, and taken away when migrations begin: SQLite loses them with
every table that it lays out anew.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from accounts.models import Office
from engagements.models import Alignment, Change, Engagement, LoadedRow, Participation
from objectives.models import Framework, Objective
from partners.models import Country, FormerName, Partner, Region

ENGAGEMENT, AROUND, EVERYTHING = Change.Scope.values
# How many notes are kept: a process that missed more reads everything again.
KEPT = 100_000
# A statement that changes more than this leaves one note for all (PostgreSQL).
MANY = 5_000
NOTES = Change._meta.db_table
NAMED = "liaison_noted"
PRUNED_ON_SQLITE = f"DELETE FROM {NOTES} WHERE id <= (SELECT max(id) FROM {NOTES}) - {KEPT}"

# Every table that leaves a note, with the column that tells the engagement.
OF_ENGAGEMENTS = {
    Engagement._meta.db_table: "id",
    Alignment._meta.db_table: "engagement_id",
    Participation._meta.db_table: "engagement_id",
    Engagement.countries.through._meta.db_table: "engagement_id",
    LoadedRow._meta.db_table: "engagement_id",
}
# And those that say what engagements are told by.
AROUND_THEM = tuple(
    model._meta.db_table
    for model in (
        *(Partner, FormerName, Country, Region, Office),
        *(Framework, Objective, Objective.follows.through),
    )
)
TABLES = frozenset({*OF_ENGAGEMENTS, *AROUND_THEM})
EVENTS = ("insert", "update", "delete")


def before_migrations(sender: AppConfig, using: str, **kwargs: Any) -> None:
    take_away(connections[using])


def after_migrations(sender: AppConfig, using: str, **kwargs: Any) -> None:
    put_in_place(connections[using])


def put_in_place(connection: BaseDatabaseWrapper) -> None:
    """All of them, where they are not; with a note, as nobody knows what went by unnoted."""
    wanted = _names(connection)
    if not _can_be_noted(connection) or _in_place(connection) == wanted:
        return
    take_away(connection)
    with connection.cursor() as cursor:
        for statement in _statements(connection):
            cursor.execute(statement)
    note_everything(connection)


def take_away(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in _in_place(connection):
                cursor.execute(f"DROP TRIGGER {name}")
            return
        # Their triggers go with them.
        cursor.execute("SELECT DISTINCT proname FROM pg_proc WHERE proname LIKE %s", [f"{NAMED}%"])
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {name} CASCADE")


@contextmanager
def noted_at_once(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """For many rows in one transaction: one note for all of them, where each would leave its own (SQLite).

    Triggers come and go with the transaction: to everybody else they were never away.
    """
    if connection.vendor != "sqlite" or not _in_place(connection):
        yield
        return
    take_away(connection)
    yield
    put_in_place(connection)


@contextmanager
def noted_once(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """For many new rows in one transaction: one note an engagement, where each row would leave its own.

    On SQLite. So a process that counts reads these engagements on, and not everything again.
    """
    named = {_name(connection, table, "insert"): table for table in OF_ENGAGEMENTS}
    if connection.vendor != "sqlite" or not named.keys() <= _in_place(connection):
        yield
        return
    with connection.cursor() as cursor:
        last = {table: _last(cursor, table) for table in OF_ENGAGEMENTS}
        for name in named:
            cursor.execute(f"DROP TRIGGER {name}")
    yield
    new = (
        f"SELECT {column} AS engagement FROM {table} WHERE id > {last[table]}"
        for table, column in OF_ENGAGEMENTS.items()
    )
    with connection.cursor() as cursor:
        cursor.execute(_noted_on_sqlite(connection, new))
        cursor.execute(PRUNED_ON_SQLITE)
        for table in named.values():
            for statement in _trigger(connection, table, "insert"):
                cursor.execute(statement)


def _last(cursor: Any, table: str) -> int:
    cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
    return int(cursor.fetchone()[0])


def note_everything(connection: BaseDatabaseWrapper) -> None:
    """Whatever a process has kept is to be read again."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {_note(connection)} VALUES {_values(connection, EVERYTHING)}")


def _can_be_noted(connection: BaseDatabaseWrapper) -> bool:
    return {NOTES, *TABLES} <= set(connection.introspection.table_names())


def _in_place(connection: BaseDatabaseWrapper) -> set[str]:
    said = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgname LIKE %s",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(said, [f"{NAMED}%"])
        return {name for (name,) in cursor.fetchall()}


def _names(connection: BaseDatabaseWrapper) -> set[str]:
    return {_name(connection, table, event) for table in TABLES for event in EVENTS}


def _name(connection: BaseDatabaseWrapper, table: str, event: str) -> str:
    """With a mark of how it is made, so that one made otherwise is made again."""
    made = "".join(_body(connection, table, event))
    return f"{NAMED}_{table}_{event}_{hashlib.sha256(made.encode()).hexdigest()[:6]}"[:63]


def _statements(connection: BaseDatabaseWrapper) -> Iterator[str]:
    for table in sorted(TABLES):
        for event in EVENTS:
            yield from _trigger(connection, table, event)


def _trigger(connection: BaseDatabaseWrapper, table: str, event: str) -> Iterator[str]:
    name, body = _name(connection, table, event), _body(connection, table, event)
    if connection.vendor == "sqlite":
        yield f"CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {body} END"
        return
    seen = {
        "insert": "NEW TABLE AS now",
        "update": "OLD TABLE AS before NEW TABLE AS now",
        "delete": "OLD TABLE AS before",
    }[event]
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {body} RETURN NULL; END $$"
    )
    yield (
        f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {seen} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )


def _body(connection: BaseDatabaseWrapper, table: str, event: str) -> str:
    column = OF_ENGAGEMENTS.get(table, "")
    if connection.vendor == "sqlite":
        return _body_on_sqlite(connection, column, event)
    return _body_on_postgresql(connection, column, event)


def _body_on_sqlite(connection: BaseDatabaseWrapper, column: str, event: str) -> str:
    """For each row."""
    rows = {"insert": ["NEW"], "update": ["OLD", "NEW"], "delete": ["OLD"]}[event]
    if not column:
        into = f"INSERT INTO {_note(connection)}"
        return f"{into} VALUES {_values(connection, AROUND)}; {PRUNED_ON_SQLITE};"
    keys = (f"SELECT {row}.{column} AS engagement" for row in rows)
    return f"{_noted_on_sqlite(connection, keys)}; {PRUNED_ON_SQLITE};"


def _noted_on_sqlite(connection: BaseDatabaseWrapper, keys: Iterable[str]) -> str:
    """A note of each engagement that is asked for: each once."""
    return (
        f"INSERT INTO {_note(connection)} SELECT engagement, {ENGAGEMENT}, lower(hex(randomblob(8))), 0 "
        f"FROM ({' UNION '.join(keys)}) WHERE engagement IS NOT NULL"
    )


def _body_on_postgresql(connection: BaseDatabaseWrapper, column: str, event: str) -> str:
    """For each statement: what it changed, or one note for all where that is much."""
    rows = {"insert": ["now"], "update": ["before", "now"], "delete": ["before"]}[event]
    into = f"INSERT INTO {_note(connection)}"
    # What another is deleting is left to it: nobody waits for somebody else's notes. By an array, since of a
    # query PostgreSQL expects so many keys that it reads all notes, in every save.
    prune = (
        f"DELETE FROM {NOTES} WHERE id = ANY(ARRAY(SELECT id FROM {NOTES} WHERE id <= "
        f"(SELECT max(id) FROM {NOTES}) - {KEPT} ORDER BY id LIMIT 1000 FOR UPDATE SKIP LOCKED));"
    )
    if not column:
        changed = f"EXISTS (SELECT 1 FROM {rows[-1]})"
        return f"IF {changed} THEN {into} VALUES {_values(connection, AROUND)}; END IF; {prune}"
    keys = " UNION ".join(f"SELECT {column} AS engagement FROM {one}" for one in rows)
    everything, moment = _values(connection, EVERYTHING), "pg_current_xact_id()::text::bigint"
    return (
        f"IF (SELECT count(*) FROM {rows[-1]}) > {MANY} THEN {into} VALUES {everything}; "
        f"ELSE {into} SELECT engagement, {ENGAGEMENT}, md5(random()::text), {moment} "
        f"FROM ({keys}) AS changed WHERE engagement IS NOT NULL; END IF; {prune}"
    )


def _note(connection: BaseDatabaseWrapper) -> str:
    return f"{NOTES} (engagement_key, scope, token, transaction_number)"


def _values(connection: BaseDatabaseWrapper, scope: int) -> str:
    """Of a note about no engagement."""
    if connection.vendor == "sqlite":
        return f"(NULL, {scope}, lower(hex(randomblob(8))), 0)"
    return f"(NULL, {scope}, md5(random()::text), pg_current_xact_id()::text::bigint)"
