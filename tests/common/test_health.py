"""What watches the portal asks whether it lives and whether it can work."""

import pytest
from django.db import InterfaceError, OperationalError, connection


def test_it_lives_and_can_work(client):
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").content == b"ready\n"


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
@pytest.mark.parametrize("signed_in", [True, False])
def test_without_its_database_it_lives_and_cannot_work(client, staff, error, signed_in):
    if signed_in:  # a browser sends its session's cookie here too
        client.force_login(staff)

    def gone(*args):
        raise error("gone")

    with connection.execute_wrapper(gone):
        lives, works = client.get("/healthz"), client.get("/readyz")

    assert lives.status_code == 200
    assert (works.status_code, works.content) == (503, b"the database does not answer\n")


def test_it_cannot_work_before_every_migration_has_run(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'engagements'")

    response = client.get("/readyz")

    assert (response.status_code, b"have not run" in response.content) == (503, True)


@pytest.mark.parametrize("address", ["/healthz", "/en/nowhere/", "/static/css/site.css"])
def test_every_answer_says_what_a_browser_may_load(client, address):
    response = client.get(address)
    response.close()

    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
