"""The index that each database keeps of `Engagement.search_text`, in the transaction that writes it.

The database keeps it by itself, by triggers, so that no way of writing can forget it: FTS5 on SQLite, a
tsvector in a table of its own on PostgreSQL. Both index what stands between two spaces and nothing else: the
tokens were made in Python. See docs/decisions/0023-search.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps as registry
from django.db import connection, transaction

from engagements.models import Engagement
from engagements.search.finding import INDEX as TABLE
from engagements.search.lines import FIELDS, TEXT_LANGUAGE, search_text_of

OF = Engagement._meta.db_table
LOT = 1_000
# Of what is made of a text: whoever changes that counts on, and `migrate` makes all of it anew.
VERSION = 1

CREATE = {
    "sqlite": [
        # It keeps no text of its own, and no places: phrases are looked for in the text itself.
        f"""CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5(search_text, content='{OF}',
        content_rowid='id', detail=none, columnsize=0, prefix='2 3', tokenize="ascii tokenchars '_'")""",
    ],
    "postgresql": [
        f"CREATE TABLE IF NOT EXISTS {TABLE} (engagement_id bigint PRIMARY KEY, words tsvector NOT NULL)",
        # What is found is read from rows of a few bytes: the words lie elsewhere, and are in the index.
        f"ALTER TABLE {TABLE} SET (toast_tuple_target = 128)",
        f"ALTER TABLE {TABLE} ALTER COLUMN words SET STORAGE EXTERNAL",
        f"CREATE INDEX IF NOT EXISTS {TABLE}_words ON {TABLE} USING gin (words)",
        f"""CREATE OR REPLACE FUNCTION {TABLE}_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF TG_OP = 'TRUNCATE' THEN TRUNCATE {TABLE}; RETURN NULL; END IF;
            IF TG_OP <> 'INSERT' THEN DELETE FROM {TABLE} WHERE engagement_id = OLD.id; END IF;
            IF TG_OP <> 'DELETE' THEN
                INSERT INTO {TABLE} VALUES (NEW.id, NEW.search_text::tsvector);
            END IF;
            RETURN NULL;
        END $$""",
    ],
}
_OUT = (
    f"INSERT INTO {TABLE}({TABLE}, rowid, search_text) VALUES ('delete', old.id, old.search_text);"
)
_IN = f"INSERT INTO {TABLE}(rowid, search_text) VALUES (new.id, new.search_text);"
_CALL = f"EXECUTE FUNCTION {TABLE}_keep()"
# What each does, by what it is fired by.
TRIGGERS = {
    "sqlite": {
        "insert": f"AFTER INSERT ON {OF} BEGIN {_IN} END",
        "update": f"AFTER UPDATE OF search_text ON {OF} "
        f"WHEN old.search_text IS NOT new.search_text BEGIN {_OUT} {_IN} END",
        "delete": f"AFTER DELETE ON {OF} BEGIN {_OUT} END",
    },
    "postgresql": {
        "insert": f"AFTER INSERT ON {OF} FOR EACH ROW {_CALL}",
        "update": f"AFTER UPDATE OF search_text ON {OF} FOR EACH ROW "
        f"WHEN (OLD.search_text IS DISTINCT FROM NEW.search_text) {_CALL}",
        "delete": f"AFTER DELETE ON {OF} FOR EACH ROW {_CALL}",
        "truncate": f"AFTER TRUNCATE ON {OF} FOR EACH STATEMENT {_CALL}",
    },
}
# All of it made anew of the texts that there are.
FILL = {
    "sqlite": [f"INSERT INTO {TABLE}({TABLE}) VALUES ('rebuild')"],
    "postgresql": [
        f"TRUNCATE {TABLE}",
        f"INSERT INTO {TABLE} SELECT id, search_text::tsvector FROM {OF}",
        f"ANALYZE {TABLE}",
    ],
}


def keep_index(sender: Any, apps: Any = registry, **kwargs: Any) -> None:
    """After every `migrate`: for signals.post_migrate. Where the tables are of another day, nothing."""
    there = {field.name for field in apps.get_model(Engagement._meta.label)._meta.fields}
    if {*FIELDS, TEXT_LANGUAGE, "search_text"} <= there:
        install()


def install() -> None:
    """Make the index and all in it, where the triggers that keep it are missing or of another version.

    They are on a database that is older than they; and a migration that SQLite carries out by making the
    table anew takes them away with the old one.
    """
    if installed() != set(triggers()):
        rebuild()


@transaction.atomic
def rebuild() -> int:
    """Make every search text and the whole index anew; how many texts were others than they should be."""
    if connection.vendor == "postgresql":
        _run([f"LOCK TABLE {OF} IN SHARE ROW EXCLUSIVE MODE"])
    on = f" ON {OF}" if connection.vendor == "postgresql" else ""
    _run(f"DROP TRIGGER {name}{on}" for name in installed())
    changed = _rewrite()
    _run(CREATE[connection.vendor])
    _run(FILL[connection.vendor])
    _run(f"CREATE TRIGGER {name} {does}" for name, does in triggers().items())
    return changed


@contextmanager
def found_at_once() -> Iterator[None]:
    """For many new rows in one transaction: SQLite is told their words in one statement, at its end.

    A row at a time it puts the words of each away by themselves, and then those of many together, which
    takes ten times as long. To everybody else the trigger was never away.
    """
    name = f"{TABLE}_insert_{VERSION}"
    if connection.vendor != "sqlite" or name not in installed():
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {OF}")
        (last,) = cursor.fetchone()
    _run([f"DROP TRIGGER {name}"])
    yield
    filling = f"INSERT INTO {TABLE}(rowid, search_text) SELECT id, search_text FROM {OF}"
    _run([f"{filling} WHERE id > {last}", f"CREATE TRIGGER {name} {triggers()[name]}"])


def triggers() -> dict[str, str]:
    """Those that keep the index, by name. The name tells the version of the texts."""
    made = TRIGGERS[connection.vendor]
    return {f"{TABLE}_{on}_{VERSION}": does for on, does in made.items()}


def installed() -> set[str]:
    """The names of those that there are."""
    asked = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s)",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor], [OF])
        return {name for (name,) in cursor.fetchall() if name.startswith(f"{TABLE}_")}


def _rewrite() -> int:
    """Write the texts that are not what they should be."""
    names = ("pk", *FIELDS, TEXT_LANGUAGE, "search_text")
    changed, last = 0, 0
    while True:
        some = Engagement.objects.filter(pk__gt=last).order_by("pk").only(*names)[:LOT]
        lot = list(some)
        if not lot:
            return changed
        last = lot[-1].pk
        wrong = [each for each in lot if each.search_text != search_text_of(each)]
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {OF} SET search_text = %s WHERE id = %s",
                [(search_text_of(each), each.pk) for each in wrong],
            )
        changed += len(wrong)


def _run(statements) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
