"""Nothing is waited for longer than a limit: some of what is compared would take hours."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection
from django.db.backends.signals import connection_created

SECONDS = 60
# Steps of SQLite's machine between two looks at the clock: a few milliseconds.
STEPS = 200_000


class TooLong(Exception):
    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"more than {seconds:.0f} s")


class Watch:
    """The moment by which a statement must have ended; none where `until` is None."""

    until: float | None = None
    # How long one way of doing a thing is waited for, in seconds.
    patience: float = SECONDS

    def is_over(self) -> int:
        return int(self.until is not None and time.monotonic() > self.until)


WATCH = Watch()


def limit(sender: object, connection: object, **_kwargs: object) -> None:
    """For connection_created: SQLite asks us now and then, PostgreSQL keeps the time itself."""
    driver = connection.connection  # type: ignore[attr-defined]
    if isinstance(driver, sqlite3.Connection):
        driver.set_progress_handler(WATCH.is_over, STEPS)


connection_created.connect(limit)


@contextmanager
def in_patience() -> Iterator[None]:
    """Raises TooLong in place of whatever a database says that is stopped."""
    seconds = WATCH.patience
    WATCH.until = time.monotonic() + seconds
    said(f"{seconds * 1000:.0f}")
    try:
        yield
    except (OperationalError, AssertionError) as error:
        if time.monotonic() > WATCH.until or "timeout" in str(error):
            raise TooLong(seconds) from error
        raise
    finally:
        WATCH.until = None
        said("0")


def said(milliseconds: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = {milliseconds}")
