"""What the index keeps of engagements, read from the database: of all, or of those that changed."""

from __future__ import annotations

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Case, F, IntegerField, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Round

from engagements.models import Alignment, Engagement, Participation

# Rows fetched at a time, and keys asked for at a time.
ROWS, KEYS = 20_000, 500
# Of all, so many rows are in memory at a time.
LOT = 5_000

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


def read(keys: Collection[int] | None = None) -> Iterator[Read]:
    """Of these, or of all, a lot after the other. Six queries, and as many more for every KEYS keys."""
    for rows in _lots(_columns(), "pk", keys):
        found = Read()
        _sort_in(found, rows)
        yield found
    for name, hanging in HANGING.items():
        for rows in _lots(hanging(), "engagement", keys):
            found = Read()
            kept = found.values[name]
            for value, key in rows:
                kept[value].append(key)
            yield found


def _sort_in(found: Read, rows: Iterable[tuple[Any, ...]]) -> None:
    values = [(found.values[name], n) for n, name in enumerate(COLUMNS, start=1)]
    texts = [(found.values[name], n) for n, name in enumerate(TEXTS, start=1 + len(COLUMNS))]
    first = 1 + len(COLUMNS) + len(TEXTS)
    days = [(found.numbers[name], n) for n, name in enumerate(DAYS, start=first)]
    rest = enumerate((*MONEY, *COUNTS), start=first + len(DAYS))
    numbers = [(found.numbers[name], n) for n, name in rest]
    ordinals: dict[str, int] = {}
    for row in rows:
        key = row[0]
        found.every.append(key)
        for kept, n in values:
            kept[row[n]].append(key)
        for kept, n in texts:
            if row[n]:
                kept[""].append(key)
        for kept, n in days:
            if (day := row[n]) is not None:
                if day not in ordinals:
                    ordinals[day] = dt.date.fromisoformat(day).toordinal()
                kept[ordinals[day]].append(key)
        for kept, n in numbers:
            if row[n] is not None:
                kept[int(row[n])].append(key)


def _columns() -> QuerySet:
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
    rows: QuerySet, column: str, keys: Collection[int] | None
) -> Iterator[Iterable[tuple[Any, ...]]]:
    rows = rows.order_by()
    if keys is not None:
        wanted = list(keys)
        for start in range(0, len(wanted), KEYS):
            yield rows.filter(**{f"{column}__in": wanted[start : start + KEYS]})
        return
    every = rows.iterator(LOT)
    while lot := list(islice(every, LOT)):
        yield lot
