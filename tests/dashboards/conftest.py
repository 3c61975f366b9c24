"""Who saves views, and who sits beside them."""

import pytest

from accounts.models import Role
from tests.factories import make_user


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def neighbour(staff):
    """Another person of staff's office."""
    return make_user("neighbour", Role.STAFF, office=staff.office)
