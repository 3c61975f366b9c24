"""A real server over the test's own database, and a crowd to visit it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from accounts.models import Role, Sensitivity
from tests.factories import make_framework, make_objective, make_partner, make_user
from tests.serving.crowd import Crowd, a_crowd
from tests.serving.server import Server

PEOPLE = 8


@pytest.fixture(scope="package")
def crowd() -> Iterator[Crowd]:
    with a_crowd() as crowd:
        yield crowd


@pytest.fixture(scope="package")
def running(django_db_setup, tmp_path_factory) -> Iterator[Server]:
    server = Server(Path(tmp_path_factory.mktemp("server")) / "log")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(running, transactional_db) -> Iterator[Server]:
    """Whatever the server itself complains of fails the test: it is quiet, or something broke."""
    before = len(running.log.read_text())
    yield running
    complaints = [
        line
        for line in running.log.read_text()[before:].splitlines()
        if " ERROR " in line or "Traceback" in line
    ]
    assert complaints == [], running.log.read_text()[before:]


@pytest.fixture
def people(server) -> list[str]:
    """Managers, who may change every record."""
    for number in range(PEOPLE):
        make_user(f"manager{number}", Role.MANAGER, clearance=Sensitivity.PROTECTED_B)
    return [f"manager{number}" for number in range(PEOPLE)]


@pytest.fixture
def reference_data(transactional_db) -> None:
    pillars = make_framework("PILLARS")
    for code in ("P1", "P2"):
        make_objective(code, pillars)
    for code in ("UNODC", "ICPA"):
        make_partner(code)
