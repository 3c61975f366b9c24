"""How forms and addresses are sent whatever hypothesis thinks of: see tests/examples.py."""

import pytest

from tests.properties.sending import Sender


@pytest.fixture
def send(client):
    return Sender(client)
