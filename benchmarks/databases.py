"""Databases to fill and throw away."""

import secrets
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from psycopg2.sql import SQL, Identifier

from tests.postgresql import our_own_server

# As it is installed, but for this: processor time is looked up of one process.
SETTINGS = {"max_parallel_workers_per_gather": "0"}
ADatabase = Callable[[], AbstractContextManager[str]]


def databases(only: str | None, url: str) -> Iterator[tuple[str, ADatabase]]:
    """Name and maker of each: of the kind DATABASE_URL names (on its server), or else of both kinds."""
    kind = only or (urlsplit(url).scheme.replace("postgres", "postgresql", 1) if url else "")
    kind = "postgresql" if kind.startswith("postgresql") else kind
    if kind in {"", "sqlite"}:
        there = url.removeprefix("sqlite:///")
        yield "SQLite", (lambda: in_a_copy(there)) if there != url else in_a_file
    if kind in {"", "postgresql"}:
        on_that_server = urlsplit(url).scheme.startswith("postgres")
        yield "PostgreSQL", (lambda: on_server(url)) if on_that_server else on_our_own_server


@contextmanager
def in_a_file() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="liaison-bench-") as directory:
        yield f"sqlite:///{directory}/bench.sqlite3"


@contextmanager
def in_a_copy(there: str) -> Iterator[str]:
    """Of a file that may be filled already: it stays as it was."""
    with tempfile.TemporaryDirectory(prefix="liaison-bench-") as directory:
        if Path(there).exists():
            with (
                closing(sqlite3.connect(there)) as source,
                closing(sqlite3.connect(f"{directory}/bench.sqlite3")) as copy,
            ):
                source.backup(copy)
        yield f"sqlite:///{directory}/bench.sqlite3"


@contextmanager
def on_our_own_server() -> Iterator[str]:
    with our_own_server(SETTINGS) as server, on_server(server.url) as url:
        yield url


@contextmanager
def on_server(url: str) -> Iterator[str]:
    """A database of its own on a server, by the address of another one there."""
    name = f"liaison_bench_{secrets.token_hex(6)}"
    there = urlsplit(url)
    # The one that every server has.
    with closing(psycopg2.connect(there._replace(path="/postgres").geturl())) as known:
        known.autocommit = True
        with known.cursor() as cursor:
            cursor.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
            try:
                yield there._replace(path=f"/{name}").geturl()
            finally:
                cursor.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))
