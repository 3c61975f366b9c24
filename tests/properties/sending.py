"""Sends what is nasty as a browser would, and undoes what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from tests.properties.nasty import encoded

FORM = "application/x-www-form-urlencoded"


class Sender:
    """What breaks inside the portal is raised here, with where it broke."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def post(self, path: str, told: dict) -> HttpResponse:
        return self.answered(self.client.generic("POST", path, encoded(told), FORM))

    def get(self, path: str, asked: dict | None = None, **headers) -> HttpResponse:
        """The page, at its clean address where it leads there: once, since a clean address is clean."""
        query = encoded(asked or {}).decode()
        response = self.answered(self.client.generic("GET", path, QUERY_STRING=query, **headers))
        if response.status_code == 302 and urlsplit(response["Location"]).path == path:
            return self.answered(self.client.get(response["Location"], **headers))
        return response

    @staticmethod
    def answered(response: HttpResponse) -> HttpResponse:
        assert response.status_code < 500, response.status_code
        # PostgreSQL refuses everything after a statement that failed, until its transaction is undone.
        assert not connection.needs_rollback
        return response


@contextmanager
def undone() -> Iterator[None]:
    """One example: what it saved is not there for the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
