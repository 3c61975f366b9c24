"""The cast: one person a role, as every test knows them; and no skip where REQUIRE_ALL=1."""

import os

import pytest
from django.conf import settings
from django.utils import translation

from accounts.models import Role, Sensitivity
from common.translations import compile_catalogues
from tests.factories import make_office, make_user

REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"


@pytest.fixture(autouse=True)
def _database(db):
    """Every test may use the database."""


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
    if not hasattr(config, "workerinput"):  # once, not in each of several processes
        compile_catalogues(settings.LOCALE_PATHS)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    return as_failure(report) if REQUIRE_ALL else report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    return as_failure(report) if REQUIRE_ALL else report


def as_failure(report):
    """REQUIRE_ALL=1 promises that every part is there: nothing may be skipped."""
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, though REQUIRE_ALL=1 allows no skip: {report.longrepr}"
    return report
