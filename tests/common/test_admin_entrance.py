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


@pytest.mark.parametrize(
    "address",
    [
        "partners/partner/?kind__exact=%00",
        "accounts/user/?role__exact=a%00b",
        "accounts/user/?id__in=999999999999999999999999999999",
    ],
)
def test_a_filter_no_database_can_be_asked_for_is_left_out(client, administrator, address):
    client.force_login(administrator)

    response = client.get(f"/en/admin/{address}")

    assert (response.status_code, response.url.split("?")[1]) == (302, "e=1")
