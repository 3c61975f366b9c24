"""A journey is over when the server is: what its browser broke off has ended before the flush."""

import threading

import pytest
from django.core.management import call_command
from django.core.signals import request_started
from django.db import transaction

from accounts.models import Office
from tests.factories import make_office

A_WHILE = 10  # seconds


@pytest.fixture
def slow_request(page, door):
    """One that has written, and goes on once the door is shut: what it did meanwhile."""
    page.goto("/en/sign-in/")
    has_written, done = threading.Event(), []

    def write(**kwargs):
        request_started.disconnect(write)
        with transaction.atomic():
            make_office("SLOW")
            has_written.set()
            done.append("is shut" if door.shut.wait(A_WHILE) else "was never shut")
            make_office("SLOWER")
        done.append("has ended")

    request_started.connect(write)
    page.evaluate("fetch('/en/sign-in/').catch(() => null), null")
    assert has_written.wait(A_WHILE)
    return done


def test_what_a_closed_browser_broke_off_has_ended_before_the_flush(slow_request, page, door):
    page.context.close()
    door.close()

    assert slow_request == ["is shut", "has ended"]
    call_command("flush", interactive=False, verbosity=0)
    assert not Office.objects.exists()


def test_nobody_enters_once_it_is_shut(door):
    assert door.knock() == 302

    door.close()

    assert door.knock() == 503


def test_a_request_that_never_ends_is_told(door, monkeypatch):
    monkeypatch.setattr("tests.browser.door.LONGEST", 1)
    door.enter("GET /en/ HTTP/1.1")

    with pytest.raises(TimeoutError, match="GET /en/"):
        door.close()

    door.leave("GET /en/ HTTP/1.1")
