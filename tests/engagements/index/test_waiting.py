"""While the index is being read, the database answers; who asks for a page that counts everything waits."""

import threading

import pytest

from engagements.index import current
from engagements.index.current import PATIENCE, Holder, Made
from engagements.index.notes import place_now
from engagements.index.snapshot import Snapshot
from tests.factories import make_engagement

pytestmark = pytest.mark.django_db

LONG = 20.0


@pytest.fixture
def reading(monkeypatch):
    """Takes until it is told to end; what it gives was read beforehand, in the transaction of the test."""
    make_engagement()
    snapshot, told = Snapshot.of(place_now()), threading.Event()
    told.begun = threading.Event()

    def read() -> Snapshot:
        told.begun.set()
        told.wait(LONG)
        return snapshot

    monkeypatch.setattr(current, "read_all", read)
    monkeypatch.setattr(current, "settle", lambda: None)
    yield told
    told.set()


def test_who_does_not_wait_is_answered_by_the_database_meanwhile(reading):
    assert Holder().up_to_date(Made.BESIDE) is None


def test_who_waits_is_given_the_index_once_it_is_read(reading):
    holder = Holder()
    assert holder.up_to_date(Made.BESIDE) is None
    threading.Timer(0.05, reading.set).start()

    assert len(holder.up_to_date(Made.BESIDE, LONG).every) == 1


def test_who_has_waited_long_enough_is_answered_by_the_database(reading):
    assert Holder().up_to_date(Made.BESIDE, 0.01) is None


@pytest.mark.parametrize("address", ["/en/sign-in/", "/healthz"])
def test_a_process_begins_to_read_with_whatever_is_asked_of_it_first(
    reading, monkeypatch, settings, client, address
):
    settings.ENGAGEMENT_INDEX = "beside"
    monkeypatch.setattr(current, "holder", Holder())

    assert client.get(address).status_code == 200

    assert reading.begun.wait(LONG)


def test_where_it_cannot_be_read_the_database_answers(reading, monkeypatch):
    def fail() -> Snapshot:
        raise OSError

    monkeypatch.setattr(current, "read_all", fail)

    assert Holder().up_to_date(Made.BESIDE, LONG) is None


@pytest.mark.parametrize(
    ("address", "patience"),
    [("/en/engagements/", PATIENCE), ("/en/dashboard/", PATIENCE), ("/en/work/", 0)],
)
def test_pages_that_count_everything_wait(monkeypatch, client, manager, address, patience):
    asked: list[float] = []

    def snapshot(seconds: float = 0) -> None:
        asked.append(seconds)

    monkeypatch.setattr(current, "_snapshot", snapshot)
    client.force_login(manager)

    assert client.get(address).status_code == 200
    assert asked == [patience]
