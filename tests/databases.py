"""Which of several cases are tried on which database."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import connection

Case = TypeVar("Case")


def one_to_a_database(cases: Sequence[Case]) -> Sequence[Case]:
    """All of them on SQLite, on PostgreSQL the first.

    For cases that differ in what no database is told: the language of a page, the format of a file. Never for
    words, dates, filters, orders, or what a person is cleared for.
    """
    return cases if connection.vendor == "sqlite" else cases[:1]
