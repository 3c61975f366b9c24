"""What several tests of the form share."""

import pytest

from tests.engagements.telling import address


@pytest.fixture
def send(client, staff):
    client.force_login(staff)

    def send(told, **kwargs):
        return client.post(address(), told, **kwargs)

    return send
