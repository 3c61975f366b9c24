"""The snapshot a process has: made when it is first asked for, brought up to date on every request.

Where there is none, as while it is being made, the database is asked instead; so it is inside a transaction,
which sees what nobody else does, and wherever something may be written before it is read.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from common.answered import not_to_be_kept
from common.garbage import settle
from engagements.index.notes import news_since, place_now
from engagements.index.reading import as_of_one_moment
from engagements.index.snapshot import Snapshot

logger = logging.getLogger(__name__)

SAFE = {"GET", "HEAD"}
# So many seconds one waits for it who asks for a page that counts everything: the database would take longer.
PATIENCE = 120.0


class Made(Enum):
    """The setting ENGAGEMENT_INDEX: beside the work, at once when it is wanted, or not at all."""

    BESIDE = "beside"
    AT_ONCE = "at once"
    NEVER = "never"


class Holder:
    """The one snapshot of the process."""

    def __init__(self) -> None:
        self.snapshot: Snapshot | None = None
        self._lock = threading.Lock()
        self._making = False
        self._made = threading.Event()

    def up_to_date(self, made: Made, patience: float = 0) -> Snapshot | None:
        """As the database is now, or None. One query; six more where engagements changed.

        Where it is being read, one waits for it so many seconds.
        """
        found = self._at_hand(made)
        if found is None and patience and self._made.wait(patience):
            return self._at_hand(made)
        return found

    def _at_hand(self, made: Made) -> Snapshot | None:
        with self._lock:
            if self.snapshot is not None:
                news = news_since(self.snapshot.place)
                if not news.is_lost:
                    self.snapshot = self.snapshot.after(news)
                    return self.snapshot
                self.snapshot = None
            if made is Made.AT_ONCE:
                self.snapshot = read_all()
                return self.snapshot
            self._begin()
        return None

    def begin(self) -> None:
        """Read it, where that was never begun, beside whatever is asked for first, such as to sign in."""
        if self.snapshot is None:
            with self._lock:
                if self.snapshot is None:
                    self._begin()

    def _begin(self) -> None:
        if not self._making:
            self._making = True
            self._made.clear()
            threading.Thread(target=self._make, name="engagement-index", daemon=True).start()

    def _make(self) -> None:
        try:
            snapshot = read_all()
        except Exception:
            # The next request tries again; until then the database answers.
            logger.exception("The index of engagements could not be read.")
            snapshot = None
        finally:
            connection.close()
        with self._lock:
            self.snapshot, self._making = snapshot, False
        settle()
        self._made.set()

    def forget(self) -> None:
        with self._lock:
            self.snapshot = None


holder = Holder()

# Of this request: whether what it reads may come from the index, and what it did come from.
_reading: ContextVar[list[Snapshot | None] | None] = ContextVar("engagement_index", default=None)


def now() -> Snapshot | None:
    """The snapshot that everything in this request is counted by; None: count by the database."""
    kept = _reading.get()
    if kept is None:
        return None
    not_to_be_kept()
    if not kept:
        kept.append(_snapshot())
    return kept[0]


def wait_for_it() -> None:
    """For pages that count everything: of a million the sets are read before the database has counted.

    Others are answered by the database meanwhile.
    """
    kept = _reading.get()
    if kept is not None and not kept:
        kept.append(_snapshot(PATIENCE))


@contextmanager
def one_moment() -> Iterator[None]:
    """What is counted inside is counted by one snapshot, taken when it is first wanted."""
    token = _reading.set([])
    try:
        yield
    finally:
        _reading.reset(token)


@contextmanager
def counted_by(snapshot: Snapshot | None) -> Iterator[None]:
    """What is counted inside is counted by this one; by the database where it is None."""
    token = _reading.set([snapshot])
    try:
        yield
    finally:
        _reading.reset(token)


def middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Pages that only read are counted by one snapshot each."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE:
            return get_response(request)
        if Made(settings.ENGAGEMENT_INDEX) is Made.BESIDE:
            holder.begin()
        with one_moment():
            return get_response(request)

    return answer


def _snapshot(patience: float = 0) -> Snapshot | None:
    made = Made(settings.ENGAGEMENT_INDEX)
    if made is Made.NEVER or connection.in_atomic_block:
        return None
    return holder.up_to_date(made, patience)


def read_all() -> Snapshot:
    """Everything, as of one moment."""
    with as_of_one_moment():
        return Snapshot.of(place_now())
