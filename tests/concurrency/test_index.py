"""The index of a process follows what others do, to the last record, whenever and however it ends."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from engagements.index.current import Holder, Made, read_all
from engagements.index.snapshot import Snapshot
from engagements.models import Engagement
from tests.concurrency import random_edits
from tests.factories import make_country, make_engagement, make_objective, make_partner
from tests.serving.server import database_url

EDITORS, TIMES = 3, 25


@pytest.fixture
def engagements(transactional_db) -> None:
    objectives = [make_objective() for _ in range(4)]
    partners, countries = [make_partner()], [make_country()]
    for _ in range(12):
        make_engagement(objectives=objectives[:2], partners=partners, countries=countries)


@contextmanager
def editors(times: int = TIMES) -> Iterator[list]:
    context = multiprocessing.get_context("spawn")
    address = database_url()
    made = [
        context.Process(target=random_edits.edit, args=(address, seed, times))
        for seed in range(EDITORS)
    ]
    for one in made:
        one.start()
    try:
        yield made
    finally:
        for one in made:
            one.kill()
            one.join()


def assert_equal(found: Snapshot, anew: Snapshot) -> None:
    assert found.every == anew.every
    assert found.values == anew.values
    for name, numbers in anew.numbers.items():
        assert found.numbers[name].known == numbers.known
        assert found.numbers[name].total(found.every) == numbers.total(anew.every)


def test_after_edits_of_several_processes_the_index_is_what_the_database_says(engagements):
    holder = Holder()
    with editors() as at_work:
        caught_up = 0
        while any(one.is_alive() for one in at_work):
            holder.up_to_date(Made.AT_ONCE)
            caught_up += 1
        assert [one.exitcode for one in at_work] == [0] * EDITORS

    assert caught_up > 1
    assert_equal(holder.up_to_date(Made.AT_ONCE), read_all())


def test_a_process_killed_in_the_middle_leaves_no_trace_in_the_index(engagements):
    holder = Holder()
    with editors(times=1_000) as at_work:
        before = holder.up_to_date(Made.AT_ONCE)
        while holder.up_to_date(Made.AT_ONCE) is before:
            assert all(one.is_alive() for one in at_work)

    assert_equal(holder.up_to_date(Made.AT_ONCE), read_all())


def test_a_database_restored_under_a_running_process_is_read_anew(engagements):
    holder = Holder()
    before = holder.up_to_date(Made.AT_ONCE)
    later = make_engagement()
    assert later.pk in holder.up_to_date(Made.AT_ONCE).every

    # As from a copy made before the last one was logged: the record and its notes are not in it.
    with connection.cursor() as cursor:
        later.delete()
        cursor.execute("DELETE FROM engagements_change WHERE id > %s", [before.place.last])

    assert_equal(holder.up_to_date(Made.AT_ONCE), read_all())


def test_pages_of_the_one_reader_are_counted_by_the_index_as_soon_as_something_is_saved(
    engagements, client, manager
):
    client.force_login(manager)
    first = client.get("/en/engagements/").context["page"].paginator.count
    make_engagement()

    assert client.get("/en/engagements/").context["page"].paginator.count == first + 1
    assert Engagement.objects.count() == first + 1
