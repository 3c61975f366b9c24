"""How forms and addresses are sent whatever hypothesis thinks of: see tests/examples.py."""

import pytest

from tests.properties.sending import Sender
from tests.properties.world import make_world


@pytest.fixture
def send(client):
    return Sender(client)


@pytest.fixture
def world(db):
    return make_world()
