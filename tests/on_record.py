"""No write to a table that has a history may go past it: found in what a test makes the portal do.

Every statement that reaches the database is looked at. One that changes what is kept of a record must run
inside `recording`, or inside `unrecorded` for what has no history on purpose. What a test or its factories
write to arrange it is let through: there the first line of ours above the database is a test's.
"""

import re
import sys
from functools import cache
from pathlib import Path

from django.conf import settings

from common.history.recording import is_accounted_for
from common.history.tracking import kinds

ROOT = Path(settings.BASE_DIR)
WRITES = re.compile(
    r'^\s*(INSERT INTO|UPDATE|DELETE FROM) "([a-z_]+)"(?: SET (.*?)(?: WHERE|$))?', re.S
)
COLUMN = re.compile(r'"([a-z_0-9]+)" = ')


class PastHistory(AssertionError):
    """The portal changed a record without putting it on record."""


@cache
def kept_columns() -> dict[str, set[str]]:
    """Table → the columns of it that are kept."""
    found: dict[str, set[str]] = {}
    for tracked in kinds().values():
        _add(found, tracked.model, tracked.columns.values())
        for rows in tracked.rows.values():
            _add(found, rows.model, [rows.record, *rows.columns.values()])
    return found


def _add(found, model, paths):
    columns = found.setdefault(model._meta.db_table, set())
    for path in paths:
        columns.add(model._meta.get_field(path.split("__")[0]).column)


def changes_what_is_kept(sql: str) -> str:
    """The table it changes, or ""."""
    match = WRITES.match(sql)
    if not match or match[2] not in kept_columns():
        return ""
    if match[1] == "UPDATE" and not kept_columns()[match[2]] & set(COLUMN.findall(match[3] or "")):
        return ""
    return match[2]


def look(execute, sql, params, many, context):
    """For connection.execute_wrapper."""
    table = changes_what_is_kept(sql)
    if table and not is_accounted_for() and is_the_portals():
        raise PastHistory(f"{table} is changed outside of common.history.recording: {sql[:200]}")
    return execute(sql, params, many, context)


def is_the_portals() -> bool:
    """Whether the nearest line of ours that leads to this statement is the portal's, not a test's."""
    frame = sys._getframe(2)
    while frame:
        if whose := whose_is(frame.f_code.co_filename):
            return whose == "portal"
        frame = frame.f_back
    return False


@cache
def whose_is(filename: str) -> str:
    """A "test", the "portal", or "" for what only passes on: libraries, models, this module."""
    path = Path(filename)
    if not path.is_relative_to(ROOT) or ".venv" in path.parts or path == Path(__file__):
        return ""
    where = path.relative_to(ROOT)
    if where.parts[:1] == ("tests",):
        return "test"
    return "" if where.name == "models.py" or where.parts[1:2] == ("models",) else "portal"
