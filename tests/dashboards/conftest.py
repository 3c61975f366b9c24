"""Who saves views, who sits beside them, and what the dashboard sets against each other."""

import pytest

from accounts.models import Role
from tests.dashboards.frameworks import make_two_of_each
from tests.factories import make_user


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def neighbour(staff):
    """Another person of staff's office."""
    return make_user("neighbour", Role.STAFF, office=staff.office)


@pytest.fixture
def two_of_each():
    make_two_of_each()
