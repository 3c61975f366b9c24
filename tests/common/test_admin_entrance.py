"""The administration has no door of its own."""

import pytest

from accounts.models import Role
from tests.factories import make_user


@pytest.mark.parametrize("path", ["/en/admin/", "/en/admin/login/"])
def test_a_visitor_signs_in_where_everybody_does(client, path):
    assert client.get(path, follow=True).request["PATH_INFO"] == "/en/sign-in/"


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMINISTRATOR])
def test_other_roles_are_refused(client, role):
    client.force_login(make_user(role=role))

    assert client.get("/en/admin/", follow=True).status_code == 403
    assert client.get("/en/admin/login/").status_code == 403


def test_an_administrator_comes_in(client, administrator):
    client.force_login(administrator)

    assert client.get("/en/admin/").status_code == 200
    assert client.get("/en/admin/login/", follow=True).request["PATH_INFO"] == "/en/admin/"
