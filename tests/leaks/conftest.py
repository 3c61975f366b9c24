"""Thousands of requests: nothing that other tests look for is looked for here."""

import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from tests.leaks.asking import Asker
from tests.leaks.world import World, make_world

NOBODY = "nobody"


@pytest.fixture(scope="module", autouse=True)
def _quick():
    """No search for queries row by row, and no line in the log for every refusal.

    Of the module, as those who ask are: they take the middleware that there is when they sign in.
    """
    middleware = [each for each in settings.MIDDLEWARE if not each.startswith("zeal.")]
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    # What breaks fails its test.
    with override_settings(MIDDLEWARE=middleware, DEBUG_PROPAGATE_EXCEPTIONS=True):
        yield
    logging.disable(before)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Made once a file: what a test changes is undone inside of this transaction, which is undone in the end.

    Of its records a test changes the rows, read anew, and not the objects.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def askers(world) -> dict[str, Asker]:
    """Everybody, signed in once a file, and `nobody`."""
    return {who: Asker(person) for who, person in (world.people | {NOBODY: None}).items()}
