"""What was written out of the database's answers, for as long as it answers the same.

The page of one record takes six questions, and several times as long to be written out. So the questions are
asked each time, and their answers held against those it was written out of: nobody has to say what a page
depends on, and nothing has to be noted where it changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection

from common.last_used import LastUsed
from common.prepared import Answer, Question, hearing

T = TypeVar("T")
# Asked of the process itself.
Besides = Callable[[], Hashable]

# So many are kept in each process, those that were wanted last.
KEPT = 128


def while_answered_alike(key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives; made again as soon as anything that it asks is answered otherwise.

    `key` says all that it depends on but what it asks: whose eyes it is for, at which address, in which
    language, on which day. What it asks by `common.prepared.ask` and by `heard` is asked again each time;
    what asks the database in any other way is not kept. Nobody may change what is given.
    """
    if settings.DEBUG:
        return make()  # its templates may have changed
    known, fresh = _kept.get(key), list[Answer]()
    if known is not None and known.still_stands(fresh):
        return known.made
    now = Listening()
    with _by(now), hearing(fresh) as database, connection.execute_wrapper(now.count):
        made = make()
    if now.may_be_kept and now.asked == database.asked:
        asked = [(one, parameters, _digest(rows)) for one, parameters, rows in database.answers]
        _kept.keep(key, Made(made, asked, now.told))
    return made


def heard(question: Besides) -> Any:
    """The answer to a question that is not the database's alone; put again wherever it counts."""
    listening = _now.get()
    with _by(None), hearing():
        answer = question()
    if listening is not None:
        listening.told.append((question, answer))
    return answer


def not_to_be_kept() -> None:
    """What is being written out serves once."""
    if (listening := _now.get()) is not None:
        listening.may_be_kept = False


def forget_all() -> None:
    """To measure what it takes to make something for the first time."""
    _kept.clear()


@dataclass
class Listening:
    """`asked`: how often the database was asked, in whatever way; `told`: what else was answered."""

    told: list[tuple[Besides, Hashable]] = field(default_factory=list)
    asked: int = 0
    may_be_kept: bool = True

    def count(self, execute: Callable, sql: Any, params: Any, many: bool, context: dict) -> Any:
        # Not what is asked within a question of another kind.
        self.asked += _now.get() is self
        return execute(sql, params, many, context)


@dataclass(frozen=True)
class Made:
    made: Any
    asked: list[tuple[Question, tuple[Any, ...], bytes]]
    told: list[tuple[Besides, Hashable]]

    def still_stands(self, fresh: list[Answer]) -> bool:
        """What was answered meanwhile is put into `fresh`."""
        for question, parameters, before in self.asked:
            rows = question.rows(parameters)
            fresh.append((question, parameters, rows))
            if _digest(rows) != before:
                return False
        return all(question() == answer for question, answer in self.told)


_now: ContextVar[Listening | None] = ContextVar("listening", default=None)


@contextmanager
def _by(listening: Listening | None) -> Iterator[None]:
    token = _now.set(listening)
    try:
        yield
    finally:
        _now.reset(token)


def _digest(rows: list[tuple[Any, ...]]) -> bytes:
    """Texts are long, and all that is asked of them is whether they are the same."""
    return hashlib.blake2b(repr(rows).encode(errors="surrogatepass"), digest_size=20).digest()


_kept = LastUsed[Hashable, Made](KEPT)
