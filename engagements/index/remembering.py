"""What was made of a snapshot, kept with it: gone with the first change that anybody's saving notes.

It is made of what a page reads, by sets or by the database. What reads a table of which no change is noted
is not kept: which tables those are is looked at while it is made, so that nobody has to know it before.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from django.db import connection

from engagements.index import current
from engagements.index.evaluating import READ_FROM, TOLD_OF
from engagements.index.parts import kept_in

T = TypeVar("T")

# So many are kept: of more, those made first are made again when they are wanted.
KEPT = 64


def remembered(key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives, made once for as long as nothing of what it was made of changes.

    `key` says all that it depends on beside engagements and what they are told by: whose eyes it is for,
    what was asked, in which language, on which day. Nobody may change what is given, which is not None.
    """
    snapshot = current.now()
    if snapshot is None:
        return make()
    if (known := snapshot.made.get(key)) is not None:
        return known
    watch = _Watch()
    with connection.execute_wrapper(watch), kept_in(snapshot.parts, lambda: watch.asked):
        made = make()
    if watch.read <= TOLD_OF:
        for oldest in list(snapshot.made)[: len(snapshot.made) + 1 - KEPT]:
            snapshot.made.pop(oldest, None)
        snapshot.made[key] = made
    return made


class _Watch:
    """Which tables are read, and how often the database was asked."""

    def __init__(self) -> None:
        self.read: set[str] = set()
        self.asked = 0

    def __call__(self, execute: Callable, sql: Any, params: Any, many: bool, context: dict) -> Any:
        self.asked += 1
        self.read |= set(READ_FROM.findall(str(sql)))
        return execute(sql, params, many, context)
