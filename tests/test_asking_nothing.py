"""What counts as asking a database, so that no test runs on SQLite alone that would ask PostgreSQL."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from accounts.models import User
from tests.asking_nothing import asked, fixtures_that_asked


@pytest.fixture(scope="module")
def told_to_all(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        return User.objects.count()


def test_a_statement_counts_and_a_savepoint_does_not():
    before = asked()

    with transaction.atomic():
        pass
    assert asked() == before

    User.objects.count()
    assert asked() == before + 1


def test_a_statement_of_another_thread_counts(transactional_db):
    before = asked()

    def ask():
        User.objects.count()
        connection.close()

    with ThreadPoolExecutor() as pool:
        pool.submit(ask).result()

    assert asked() > before


def test_whoever_starts_a_process_counts():
    before = asked()

    subprocess.run([sys.executable, "-c", ""], check=True)

    assert asked() > before


def test_a_test_that_asks_nothing_says_so(request):
    assert request.node.asked_before == asked()


@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_was_asked_for_several_tests_counts_for_each(told_to_all, turn):
    assert "told_to_all" in fixtures_that_asked
