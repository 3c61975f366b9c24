"""Walking through the portal as one person, and once more when something has changed.

What a page says of the records, the database tells it: nothing of them is kept in the process from one
request to the next. So a request is made again only where the database, asked the same, tells anything else
by now, or where the request writes. For all others, what it was told is compared, to the last byte, instead
of what was made of it.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from tests.leaks.asking import Asker
from tests.leaks.crawl import Ask, as_lists, links_in

PASSES_ON = ("SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
Query = tuple[str, str]


@dataclass
class Told:
    """What the database tells in one state: of each statement that reads, the rows, as a digest."""

    parameters: dict[Query, Any] = field(default_factory=dict)
    digests: dict[Query, bytes] = field(default_factory=dict)

    def of(self, query: Query) -> bytes:
        if query not in self.digests:
            with connection.cursor() as cursor:
                cursor.execute(query[0], self.parameters[query])
                rows = repr(cursor.fetchall())
            self.digests[query] = hashlib.blake2b(rows.encode()).digest()
        return self.digests[query]

    def by_now(self) -> "Told":
        return Told(self.parameters)


class Listener:
    """For connection.execute_wrapper: what one request asks the database. `queries` is None once it wrote."""

    def __init__(self, told: Told) -> None:
        self.told = told
        self.queries: set[Query] | None = set()
        self.is_asking = False

    def __call__(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        result = execute(sql, params, many, context)
        if not self.is_asking and not sql.startswith(PASSES_ON):
            self.is_asking = True
            self.note(sql, params)
            self.is_asking = False
        return result

    def note(self, sql: str, params: Any) -> None:
        if self.queries is None:
            return
        if sql.startswith("SELECT") and "nextval" not in sql:
            query = (sql, repr(params))
            self.told.parameters.setdefault(query, params)
            self.told.of(query)
            self.queries.add(query)
        else:
            self.queries = None


class Walk:
    """Every request with its whole answer, and with what the database told for it."""

    def __init__(self, asker: Asker, asks: Iterable[Ask], language: str) -> None:
        self.asker, self.told = asker, Told()
        self.answers: dict[Ask, bytes] = {}
        self.queries: dict[Ask, set[Query] | None] = {}
        waiting = list(asks)
        follows = len(waiting)
        for place, ask in enumerate(waiting):
            if ask in self.answers:
                continue
            self._listen(ask)
            if place < follows and "?" not in ask.address:
                links = links_in(self.answers[ask], language)
                waiting += [Ask(link) for link in links if "?" not in link]

    def _listen(self, ask: Ask) -> None:
        listener = Listener(self.told)
        with connection.execute_wrapper(listener):
            self.answers[ask] = self.answer(ask)
        self.queries[ask] = listener.queries

    def answer(self, ask: Ask) -> bytes:
        sent = None if ask.sent is None else as_lists(ask.sent)
        return self.asker(ask.address, sent=sent, htmx=ask.htmx).whole

    def told_otherwise(self) -> list[Ask]:
        """Requests that may be answered otherwise by now: told something else, or writing."""
        now = self.told.by_now()

        def same(query: Query) -> bool:
            return now.of(query) == self.told.of(query)

        return [
            ask
            for ask, queries in self.queries.items()
            if queries is None or not all(map(same, queries))
        ]

    def differences(self, among: Iterable[Ask] | None = None) -> Iterator[str]:
        """Each request, of all or of some, that is answered otherwise by now, and the first line that is."""
        for ask in self.told_otherwise() if among is None else among:
            before, after = self.answers[ask], self.answer(ask)
            if before != after:
                lines = zip(before.split(b"\n"), after.split(b"\n"), strict=False)
                was, became = next(
                    ((a, b) for a, b in lines if a != b), (b"", b"longer or shorter")
                )
                yield f"{ask}: {was.decode()!r} became {became.decode()!r}"
