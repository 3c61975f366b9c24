"""What the index keeps of engagements, read from the database: of all, or of those that changed."""

from __future__ import annotations

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import compress
from typing import Any

from django.db import connection
from django.db.models import Case, F, IntegerField, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Round

from engagements.models import Alignment, Engagement, Participation

# Rows fetched at a time, and keys asked for at a time.
ROWS, KEYS = 20_000, 500
# Of all, so many rows are in memory at a time: most of what Python takes for more it keeps to itself.
LOT = 1_000

# Columns of which each value has a set; those of empty texts have one for "" alone.
COLUMNS = (
    *("kind", "stage", "sensitivity", "fiscal_year", "start_precision"),
    *("lead_office", "lead_officer", "logged_by"),
)
TEXTS = ("title_en", "title_fr", "outcome")
# Columns whose values are kept as numbers: days by their ordinal, money in cents.
DAYS = ("start_earliest", "start_latest", "spans_from", "spans_to")
MONEY = ("actual_cost", "planned_cost")
COUNTS = ("csc_participants",)
# What hangs on an engagement: name, and its rows as (value, engagement).
HANGING: dict[str, Callable[[], QuerySet]] = {
    "objective": lambda: Alignment.objects.values_list("objective", "engagement"),
    "partner": lambda: Participation.objects.values_list("partner", "engagement"),
    "asked": lambda: Participation.objects.filter(role__in=Participation.ASKED).values_list(
        "partner", "engagement"
    ),
    "answered": lambda: Participation.objects.filter(role__in=Participation.ANSWERED).values_list(
        "partner", "engagement"
    ),
    "country": lambda: Engagement.countries.through.objects.values_list("country", "engagement"),
}


@contextmanager
def as_of_one_moment() -> Iterator[None]:
    """What is read inside is of one moment: others may write meanwhile."""
    if connection.in_atomic_block:
        yield
        return
    begin = {
        "sqlite": "BEGIN DEFERRED",
        "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
    }[connection.vendor]
    # By hand: Django's own transactions would keep all who write waiting on SQLite.
    with connection.cursor() as cursor:
        cursor.execute(begin)
        try:
            yield
        finally:
            cursor.execute("COMMIT")


def _by_value() -> dict[Any, array]:
    return defaultdict(lambda: array("I"))


@dataclass
class Read:
    """Keys of engagements: all of them; by name and value; by name and number."""

    every: array = field(default_factory=lambda: array("I"))
    values: dict[str, dict[Any, array]] = field(default_factory=lambda: defaultdict(_by_value))
    numbers: dict[str, dict[int, array]] = field(default_factory=lambda: defaultdict(_by_value))


NAMES, NUMBERS = (*COLUMNS, *TEXTS, *HANGING), (*DAYS, *MONEY, *COUNTS)
# What is told of each engagement, after its key.
TOLD = (*COLUMNS, *TEXTS, *NUMBERS)


def read(keys: Collection[int] | None = None) -> Iterator[Read]:
    """Of these, or of all, a lot after the other. Six queries, and as many more for every KEYS keys."""
    for rows in _lots(_told_of_each, "pk", keys):
        found = Read()
        _sort_in(found, rows)
        yield found
    for name, hanging in HANGING.items():
        for rows in _lots(hanging, "engagement", keys):
            found = Read()
            kept = found.values[name]
            for value, key in rows:
                kept[value].append(key)
            yield found


def _sort_in(found: Read, rows: Iterable[tuple[Any, ...]]) -> None:
    """Column by column, which is quicker than row by row."""
    told = list(zip(*rows, strict=True))
    if not told:
        return
    keys, columns = told[0], dict(zip(TOLD, told[1:], strict=True))
    found.every.extend(keys)
    for name in COLUMNS:
        _put(found.values[name], columns[name], keys)
    for name in TEXTS:
        found.values[name][""].extend(compress(keys, columns[name]))
    for name in DAYS:
        ordinals = {day: _ordinal(day) for day in set(columns[name]) - {None}}
        _put_numbers(found.numbers[name], map(ordinals.get, columns[name]), keys)
    for name in (*MONEY, *COUNTS):
        _put_numbers(found.numbers[name], columns[name], keys)


def _put(kept: dict[Any, array], values: Iterable[Any], keys: Iterable[int]) -> None:
    for value, key in zip(values, keys, strict=True):
        kept[value].append(key)


def _put_numbers(kept: dict[int, array], values: Iterable[Any], keys: Iterable[int]) -> None:
    """Those that are known; cents come as the database rounds them, which is not always an integer."""
    for value, key in zip(values, keys, strict=True):
        if value is not None:
            kept[int(value)].append(key)


def _ordinal(day: str) -> int:
    return dt.date.fromisoformat(day).toordinal()


def _told_of_each() -> QuerySet:
    """Days as text: to make dates of a million is slower than to read them. Texts: whether empty."""
    return Engagement.objects.order_by().values_list(
        "pk",
        *COLUMNS,
        *(Case(When(**{name: ""}, then=1), default=0) for name in TEXTS),
        *(Cast(name, TextField()) for name in DAYS),
        *(Round(F(name) * Value(100), output_field=IntegerField()) for name in MONEY),
        *COUNTS,
    )


def _lots(
    rows: Callable[[], QuerySet], column: str, keys: Collection[int] | None
) -> Iterator[Iterable[tuple[Any, ...]]]:
    statement, values = _statement(rows, connection.vendor)
    # Plain rows: to hand a million of them through Django's own takes as long as to read them.
    if keys is None:
        with connection.chunked_cursor() as cursor:
            cursor.execute(statement, values)
            while lot := cursor.fetchmany(LOT):
                yield lot
        return
    wanted, column = list(keys), connection.ops.quote_name(column)
    for start in range(0, len(wanted), KEYS):
        some = wanted[start : start + KEYS]
        among = f"{column} IN ({', '.join(['%s'] * len(some))})"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM ({statement}) AS told WHERE {among}", [*values, *some])
            yield cursor.fetchall()


@cache
def _statement(rows: Callable[[], QuerySet], vendor: str) -> tuple[str, tuple[Any, ...]]:
    """Put into SQL once for a database: it is asked after every save."""
    return rows().order_by().query.sql_with_params()
