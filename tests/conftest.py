"""The cast: one person a role, as every test knows them; and no skip where REQUIRE_ALL=1."""

import gc

import pytest
from _pytest import runner
from django.conf import settings
from django.db import connection
from django.utils import translation

from accounts.models import Role, Sensitivity
from common.room import with_room
from common.translations import compile_catalogues
from dashboards.world.files import draw
from tests import examples  # noqa: F401 -- what hypothesis looks at, everywhere the same
from tests.asking_nothing import (  # noqa: F401 -- hooks, found here by pytest
    pytest_collection_modifyitems,
    pytest_fixture_setup,
    pytest_runtest_call,
    pytest_runtest_protocol,
)
from tests.factories import make_office, make_user
from tests.on_record import look
from tests.require_all import (  # noqa: F401 -- hooks, found here by pytest
    pytest_make_collect_report,
    pytest_runtest_makereport,
)


@pytest.fixture(autouse=True)
def _database(db):
    """Every test may use the database."""


@pytest.fixture(autouse=True)
def _on_record(_database):
    """No test makes the portal change a record past its history."""
    with connection.execute_wrapper(look):
        yield


@pytest.fixture(autouse=True)
def _language():
    """Every test begins in English: a page read in French leaves French behind."""
    with translation.override("en"):
        yield


@pytest.fixture
def reader():
    return make_user("reader", Role.READER, clearance=Sensitivity.UNCLASSIFIED)


@pytest.fixture
def staff():
    return make_user("staff", Role.STAFF)


@pytest.fixture
def colleague():
    """Staff of another office."""
    return make_user("colleague", Role.STAFF, office=make_office("PRA"))


@pytest.fixture
def manager():
    return make_user("manager", Role.MANAGER, clearance=Sensitivity.PROTECTED_B)


@pytest.fixture
def administrator():
    return make_user("administrator", Role.ADMINISTRATOR, clearance=Sensitivity.PROTECTED_B)


@pytest.fixture
def approver():
    return make_user("approver", Role.APPROVER, clearance=Sensitivity.PROTECTED_B)


def pytest_configure(config):
    config.pluginmanager.register(Roomy())
    if not hasattr(config, "workerinput"):  # once, not in each of several processes
        compile_catalogues(settings.LOCALE_PATHS)
        draw()


class Roomy:
    """Runs each test with room for the calls of its pages, which stand deep in pytest's own."""

    run = staticmethod(with_room(runner.pytest_runtest_protocol))

    def pytest_runtest_protocol(self, item, nextitem):
        return self.run(item, nextitem)


def pytest_collection_finish():
    """What was imported stays: the collector of garbage need not walk through it time and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
