"""Two people, one contact: either is kept, or both; nothing typed is dropped."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from partners.contacts.actions import amend_contact, log_contact, retire_contacts
from partners.models import Contact
from tests.engagements.telling import sent_by
from tests.factories import make_partner
from tests.open_forms import opened

SAVE, GO_ON = {"do": "merge-save"}, {"do": "merge-go-on"}
BEFORE = {
    "name": "Somebody",
    "post_en": "Warden",
    "note": "Knows visits. Reads French. Works in Oslo.",
    "text_language": "en",
}


@pytest.fixture
def contact(staff):
    return log_contact(by=staff, partner=make_partner("PRI"), **BEFORE)


@pytest.fixture
def page(contact):
    return reverse("partners:contact_edit", args=["PRI", contact.key])


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


def typed(**fields):
    return BEFORE | {"version": "1"} | fields


def test_a_save_on_a_version_that_moved_on_is_refused_with_both_texts(
    signed_in, contact, page, manager
):
    amend_contact(by=manager, contact=contact, version=1, name="Theirs")

    response = signed_in.post(page, typed(name="Mine", phone="1"))

    for text in ("manager saved it on", "Fields changed: Name.", "Theirs"):
        assertContains(response, text, status_code=409)
    assertContains(response, 'name="name" value="Mine"', status_code=409)
    assert Contact.objects.get().name == "Theirs"


@pytest.mark.parametrize(("choice", "kept"), [("theirs", "Theirs"), ("mine", "Mine")])
def test_either_is_kept_and_what_one_alone_changed_goes_along(
    signed_in, contact, page, manager, choice, kept
):
    amend_contact(by=manager, contact=contact, version=1, name="Theirs", write_in="fr")

    refused = signed_in.post(page, typed(name="Mine", post_fr="Directrice"))
    saved = signed_in.post(page, sent_by(refused) | SAVE | {"choice-name": choice})

    assertRedirects(saved, contact.get_absolute_url())
    contact.refresh_from_db()
    assert (contact.name, contact.write_in, contact.post_fr) == (kept, "fr", "Directrice")


def test_both_notes_are_kept(signed_in, contact, page, manager):
    amend_contact(
        by=manager, contact=contact, version=1, note="Knows missions. Reads French. Works in Oslo."
    )

    refused = signed_in.post(page, typed(note="Knows visits. Reads French. Works in Bergen."))
    signed_in.post(page, sent_by(refused) | SAVE)

    contact.refresh_from_db()
    assert contact.note == "Knows missions. Reads French. Works in Bergen."


def test_going_on_editing_opens_the_form_with_what_is_chosen(signed_in, contact, page, manager):
    amend_contact(by=manager, contact=contact, version=1, name="Theirs", phone="2")
    refused = signed_in.post(page, typed(name="Mine"))

    response = signed_in.post(page, sent_by(refused) | GO_ON)

    assertContains(response, 'value="Mine"')
    assertContains(response, 'name="phone" value="2"')
    assertContains(response, 'name="version" value="2"')
    assert Contact.objects.get().name == "Theirs"


def test_who_was_marked_as_no_longer_there_meanwhile_stays_so(signed_in, contact, page, manager):
    retire_contacts(by=manager, contacts=[contact])

    refused = signed_in.post(page, typed(in_post_until="2026"))
    signed_in.post(page, sent_by(refused) | SAVE)

    contact.refresh_from_db()
    assert (contact.is_gone, contact.in_post_until) == (True, "2026")


def test_where_both_say_the_same_nothing_is_refused(signed_in, contact, page, manager):
    amend_contact(by=manager, contact=contact, version=1, phone="2")

    assertRedirects(signed_in.post(page, typed(phone="2")), contact.get_absolute_url())


def test_what_was_typed_and_never_saved_is_put_beside_the_record(
    signed_in, client, page, contact, manager
):
    signed_in.post(
        page, opened(client, page) | typed(name="Mine") | {"do": "autosave", "turn": "1"}
    )
    amend_contact(by=manager, contact=contact, version=1, name="Theirs")

    response = signed_in.get(f"{page}?unsaved=compare")

    assertContains(response, "What you typed, beside the record as it is")
    assertContains(response, 'name="name" value="Mine"')
