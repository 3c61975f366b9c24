"""Somebody is saving something large, on SQLite: who saves meanwhile is told, and sends it again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
from django.db import connection
from django.db.backends.signals import connection_created
from playwright.sync_api import expect

from accounts.models import User

SOON = "PRAGMA busy_timeout = 20"


@pytest.fixture
def in_a_hurry() -> Iterator[None]:
    """Nobody waits long for another who writes."""

    def wait_less(connection, **_kwargs):
        connection.connection.execute(SOON)

    connection_created.connect(wait_less)
    yield
    connection_created.disconnect(wait_less)


@contextmanager
def somebody_writing() -> Iterator[None]:
    """Another connection has begun to write and does not end."""
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@pytest.mark.parametrize(
    ("language", "width", "told", "again"),
    [
        ("en", 1280, "Something large is being saved", "Send it again"),
        ("fr", 360, "Un enregistrement volumineux est en cours", "Renvoyer"),
    ],
)
def test_what_is_sent_while_somebody_else_saves_is_kept_and_sent_again(
    in_a_hurry, open_page, let_in, axe, language, width, told, again
):
    page = open_page(width, 800)
    let_in(page, "staff")
    page.goto({"en": "/en/profile/", "fr": "/fr/profil/"}[language])
    other = {"en": "fr", "fr": "en"}[language]
    page.locator(f"[name=language][value={other}]").check()

    with somebody_writing():
        page.locator("main button[type=submit]").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(told)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("button", name=again).press("Enter")

    expect(page.locator("main .alert-ok")).to_be_visible()
    assert User.objects.get(username="staff").language == other
