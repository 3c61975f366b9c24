"""SQLite lets one write at a time: whoever waits too long is told so, and loses nothing."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

pytestmark = pytest.mark.django_db(transaction=True)
URL = "/en/profile/"


@contextmanager
def somebody_writing() -> Iterator[None]:
    """Another connection that has begun to write, and does not end; nobody here waits long for it."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 20")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        yield
    finally:
        other.close()
        connection.close()


@pytest.fixture
def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def test_what_was_typed_stands_in_the_page_and_is_sent_again(staff, is_sqlite):
    if not is_sqlite:
        return  # PostgreSQL lets both write
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)
    token = client.get(URL).context["csrf_token"]
    typed = {"language": "fr", "csrfmiddlewaretoken": str(token)}

    with somebody_writing():
        answer = client.post(URL, typed)

    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert '<input type="hidden" name="language" value="fr">' in page
    assert "Something large is being saved" in page
    staff.refresh_from_db()
    assert staff.language == "en"
    again = {"language": "fr", "csrfmiddlewaretoken": str(answer.context["csrf_token"])}
    assert client.post(URL, again).status_code == 302
    staff.refresh_from_db()
    assert staff.language == "fr"


def test_no_password_stands_in_the_page(staff, is_sqlite):
    if not is_sqlite:
        return
    client = Client()

    with somebody_writing():
        answer = client.post("/en/sign-in/", {"username": "staff", "password": "a-long-password"})

    assert answer.status_code == 503
    assert "a-long-password" not in answer.content.decode()
    assert "Back button" in answer.content.decode()
