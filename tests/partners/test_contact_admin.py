"""Contacts in the administration: corrected, moved to another partner, never twice at one."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from common.history.models import Revision
from common.opened import OPENED
from tests.factories import make_contact, make_partner


@pytest.fixture
def contact():
    return make_contact(make_partner("UNODC"), name="Somebody", post_en="Warden")


@pytest.fixture
def change(client, administrator, contact):
    """Send the change page as it opens, with some of it changed."""
    client.force_login(administrator)
    url = reverse("admin:partners_contact_change", args=[contact.pk])

    def send(**changed):
        opened = client.get(url).context
        form = opened["adminform"].form
        sent = {name: form[name].value() for name in form.fields if form[name].value() is not None}
        return client.post(url, {OPENED: opened["opened_as"]} | sent | changed)

    return send


def test_a_contact_at_the_wrong_partner_is_moved_and_that_is_on_record(
    change, contact, administrator
):
    right = make_partner("OAS")

    assert change(partner=right.pk).status_code == 302

    contact.refresh_from_db()
    assert (contact.partner, contact.version) == (right, 2)
    assert contact.changed_by == administrator
    last = Revision.objects.of("contact", [contact.pk]).last_of_each().get()
    assert (last.by, last.before["partner"], last.state["partner"]) == (
        administrator,
        "UNODC",
        "OAS",
    )


def test_two_alike_at_one_partner_are_refused(change, contact):
    make_contact(contact.partner, name="Other", post_en="Warden")

    assertContains(change(name="OTHER"), "This partner has that contact already.")

    contact.refresh_from_db()
    assert contact.name == "Somebody"
