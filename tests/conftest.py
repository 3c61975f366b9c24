"""The cast: one person a role, as every test knows them."""

import pytest

from accounts.models import Role, Sensitivity
from tests.factories import make_office, make_user


@pytest.fixture(autouse=True)
def _database(db):
    """Every test may use the database."""


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
