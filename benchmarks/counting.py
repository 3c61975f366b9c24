"""Work counted, not timed: the same on a busy machine as on a quiet one.

Queries; the steps of SQLite's machine; the pages (buffers) that PostgreSQL looked at.
"""

from __future__ import annotations

import sqlite3
from types import TracebackType
from typing import Any, Self

from django.db import connection
from django.db.backends.signals import connection_created

# Steps are told of in lots of so many.
LOT = 50
READS = ("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")


class Counter:
    """While it is entered, counts what the database does for this process's main connection.

    `queries`: statements, but those that open and end transactions. `work`: steps on SQLite; on
    PostgreSQL, shared buffers hit and read, by running each statement once more under EXPLAIN: for reads.
    """

    def __init__(self) -> None:
        self.queries, self.lots, self.buffers = 0, 0, 0
        self.explains = False

    @classmethod
    def of_work(cls) -> Counter:
        made = cls()
        made.explains = connection.vendor == "postgresql"
        return made

    @property
    def work(self) -> int:
        return self.buffers if connection.vendor == "postgresql" else self.lots * LOT

    def __enter__(self) -> Self:
        connection.ensure_connection()
        self._watch(connection=connection)
        connection_created.connect(self._watch)
        self._wrapper = connection.execute_wrapper(self._look)
        self._wrapper.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._wrapper.__exit__(kind, error, trace)
        connection_created.disconnect(self._watch)
        driver = connection.connection
        if isinstance(driver, sqlite3.Connection):
            driver.set_progress_handler(None, 0)

    def _watch(self, *, connection: Any, **_kwargs: Any) -> None:
        """A request may end with its connection let go: the next one is counted too."""
        if isinstance(connection.connection, sqlite3.Connection):
            connection.connection.set_progress_handler(self._step, LOT)

    def _step(self) -> int:
        self.lots += 1
        return 0

    def _look(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip("( \n").upper().startswith(READS):
            self.queries += 1
            if self.explains and sql.lstrip("( \n").upper().startswith(("SELECT", "WITH")):
                self.buffers += buffers_of(context["connection"], sql, params)
        return execute(sql, params, many, context)


def buffers_of(connection: Any, sql: str, params: Any) -> int:
    with connection.connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, TIMING OFF, FORMAT JSON) {sql}", params)
        ((told,),) = cursor.fetchall()
    plan = told[0]["Plan"]
    return int(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"])
