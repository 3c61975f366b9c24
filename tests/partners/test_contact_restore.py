"""The history of a contact, and putting one back as it was."""

import uuid

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from common.history.models import Revision
from partners.contacts.actions import (
    amend_contact,
    bring_back_contacts,
    log_contact,
    retire_contacts,
)
from partners.models import Contact
from tests.factories import make_partner

BEFORE = {"name": "Somebody", "post_en": "Warden", "phone": "1", "note": "Knows visits."}


@pytest.fixture
def contact(staff, manager):
    contact = log_contact(by=staff, partner=make_partner("PRI"), **BEFORE)
    return amend_contact(
        by=manager, contact=contact, version=1, name="Other", note="", write_in="fr"
    )


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


def revisions(contact):
    return list(Revision.objects.of("contact", [contact.pk]).order_by("number"))


def address(contact, page="contact_put_back", **query):
    return reverse(f"partners:{page}", args=["PRI", contact.key], query=query)


def test_the_history_tells_each_change_to_everyone(client, reader, contact, manager, staff):
    retire_contacts(by=staff, contacts=[contact])
    bring_back_contacts(by=manager, contacts=[contact])
    client.force_login(reader)

    page = client.get(address(contact, "contact_history"))

    for text in (
        "Added",
        "Edited",
        "Marked as no longer there",
        "Brought back",
        "Language to write in",
    ):
        assertContains(page, text)
    assertNotContains(page, "put-back")


def test_what_is_chosen_goes_back_and_nothing_else(signed_in, contact):
    url = address(contact, change=revisions(contact)[0].key)
    assertContains(signed_in.get(url), "Knows visits.")

    signed_in.post(url, {"field": ["name", "note"], "version": "2"})

    contact.refresh_from_db()
    assert (contact.name, contact.note, contact.write_in) == ("Somebody", "Knows visits.", "fr")
    assert revisions(contact)[-1].act == "restored"


def test_a_change_is_undone(signed_in, contact):
    url = address(contact, undo=revisions(contact)[1].key)

    signed_in.post(url, {"field": ["name", "note", "write_in"], "version": "2"})

    contact.refresh_from_db()
    assert {name: getattr(contact, name) for name in BEFORE} == BEFORE
    assert contact.write_in == ""


def test_nothing_chosen_or_a_version_that_moved_on_puts_nothing_back(signed_in, contact, manager):
    url = address(contact, change=revisions(contact)[0].key)

    assert signed_in.post(url, {"version": "2"}).status_code == 422
    response = signed_in.post(url, {"field": ["name"], "version": "1"})

    assertContains(response, "manager saved it on", status_code=409)
    assert Contact.objects.get().name == "Other"


def test_what_would_be_like_another_is_refused_in_the_form(signed_in, contact, staff):
    log_contact(by=staff, partner=contact.partner, name="Somebody", post_en="Warden")

    url = address(contact, change=revisions(contact)[0].key)
    response = signed_in.post(url, {"field": ["name"], "version": "2"})

    assertContains(response, "This partner has that contact already", status_code=422)
    assertContains(response, f'action="{address(contact, "contact_edit")}"', status_code=422)


def test_being_there_is_said_by_buttons_of_its_own(signed_in, contact, manager):
    retire_contacts(by=manager, contacts=[contact])

    page = signed_in.get(address(contact, undo=revisions(contact)[-1].key))

    assertContains(page, "have buttons of their own")
    assertNotContains(page, 'name="field"')


def test_another_contacts_history_is_no_aim(signed_in, contact, staff):
    other = log_contact(by=staff, partner=contact.partner, name="Another")

    for key in (revisions(other)[0].key, uuid.uuid4(), "nonsense"):
        assert signed_in.get(address(contact, change=key)).status_code == 404
