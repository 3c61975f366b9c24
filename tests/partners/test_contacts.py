"""The people at a partner: on its page, added, edited, marked as no longer there, brought back."""

import uuid

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from partners.actions import archive_partner
from partners.contacts.actions import retire_contacts
from partners.models import Contact
from tests.factories import make_contact, make_partner
from tests.open_forms import opened


@pytest.fixture
def partner():
    return make_partner("UNODC", name_en="Office on Drugs")


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


def address(page, contact):
    return reverse(f"partners:{page}", args=[contact.partner.code, contact.key])


def create(partner):
    return reverse("partners:contact_create", args=[partner.code])


def typed(**fields):
    return {"name": "Somebody New", "text_language": "en"} | fields


ALL = {
    "name": "Somebody New",
    "post_en": "Desk officer",
    "post_fr": "Agente de secteur",
    "email": "desk@example.org",
    "phone": "+47 22 00 00 00",
    "write_in": "fr",
    "in_post_from": "2024-03",
    "in_post_until": "2027",
    "note": "Sees to visits.\nAway on Fridays.",
    "text_language": "en",
}


# On the partner's page


def test_everyone_reads_who_is_there_and_how_to_reach_them(client, reader, partner):
    make_contact(partner, **ALL)
    client.force_login(reader)

    page = client.get(partner.get_absolute_url())

    for shown in (
        "Somebody New",
        "Desk officer",
        '<p class="small soft" lang="fr">Agente de secteur</p>',
        '<a class="source-address" href="mailto:desk@example.org">desk@example.org</a>',
        'href="tel:+4722000000"',
        "Write in French.",
        "In the post from",
        '<a href="#contacts">1 contact</a>',
    ):
        assertContains(page, shown)
    assertNotContains(page, "Add a contact")
    assertNotContains(page, "No longer there")


def test_a_post_is_read_in_ones_own_language_and_marked_where_it_is_not(client, reader, partner):
    make_contact(partner, **ALL)
    make_contact(partner, name="", post_en="Warden")
    client.force_login(reader)

    page = client.get(f"/fr/partenaires/{partner.code}/")

    assertContains(page, "<p>Agente de secteur</p>", html=True)
    assertContains(page, '<p class="small soft" lang="en">Desk officer</p>')
    assertContains(page, '<p class="contact-name"><span lang="en">Warden</span></p>')


def test_an_extension_is_no_number_to_dial(signed_in, partner):
    make_contact(partner, phone="+47 22 00 00 00 ext. 12")

    page = signed_in.get(partner.get_absolute_url())

    assertContains(page, "<p>+47 22 00 00 00 ext. 12</p>")
    assertNotContains(page, "tel:")


def test_who_is_no_longer_there_is_folded_away_with_who_said_so(signed_in, partner, manager):
    make_contact(partner, name="There")
    retire_contacts(by=manager, contacts=[make_contact(partner, name="Gone")])

    page = signed_in.get(partner.get_absolute_url())

    assertContains(page, "1 contact who is no longer there")
    assertContains(page, "Marked as no longer there by manager")
    people = page.context["people"]
    assert [each.name for each in people.there] == ["There"]
    assert [each.name for each in people.gone] == ["Gone"]


def test_a_partner_without_contacts_says_what_to_do_next(signed_in, partner):
    page = signed_in.get(partner.get_absolute_url())

    assertContains(page, "No contact is kept yet. Add whom you met")
    assertContains(page, create(partner))


# Added


def test_a_contact_is_added_with_all_that_is_known(signed_in, staff, partner):
    response = signed_in.post(create(partner), ALL)

    contact = Contact.objects.get()
    assertRedirects(response, contact.get_absolute_url())
    assert {name: getattr(contact, name) for name in ALL} == ALL
    assert (contact.partner, contact.logged_by) == (partner, staff)


def test_a_name_or_a_post_is_enough(signed_in, partner):
    signed_in.post(create(partner), typed())
    signed_in.post(create(partner), typed(name="", post_fr="Directrice générale"))

    assert {each.label for each in Contact.objects.all()} == {"Somebody New", "Directrice générale"}


def test_everything_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost(signed_in, partner):
    wrong = {
        "name": "a\x00b",
        "email": "desk at example",
        "phone": "1" * 61,
        "in_post_from": "soon",
        "write_in": "de",
        "note": "a\x07",
    }

    response = signed_in.post(create(partner), ALL | wrong)

    for message in (
        "6 things to correct",
        "This holds a control character",
        "Write a whole e-mail address",
        "Shorten it to 60 or fewer.",
        "Give a year, a month or a day",
        "de is not one of the available choices",
    ):
        assertContains(response, message, status_code=422)
    assert response.context["form"]["post_en"].value() == "Desk officer"
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": "", "email": "desk@example.org"}, "Give a name, or a post in English or in Fr"),
        ({"email": '"a\x01"@example.org'}, "This holds a control character"),
        ({"in_post_from": "2024", "in_post_until": "2023-12"}, "It ends before it begins."),
        ({"note": "130 692 544"}, "This looks like a Social Insurance Number"),
    ],
)
def test_a_contact_is_refused(signed_in, partner, fields, message):
    response = signed_in.post(create(partner), typed(**fields))

    assertContains(response, message, status_code=422)
    assert not Contact.objects.exists()


def test_a_number_that_is_something_else_is_saved_all_the_same(signed_in, partner):
    asked = signed_in.post(create(partner), typed(note="130 692 544")).context["form"].confirmation

    signed_in.post(create(partner), typed(note="130 692 544", confirmed=asked.value))

    assert Contact.objects.get().note == "130 692 544"


def test_a_form_sent_twice_adds_one(signed_in, partner):
    key = str(uuid.uuid4())

    first = signed_in.post(create(partner), typed(key=key))
    second = signed_in.post(create(partner), typed(key=key))

    assert first.url == second.url == Contact.objects.get().get_absolute_url()


def test_what_was_typed_on_after_it_was_added_is_put_beside_it(signed_in, partner):
    key = str(uuid.uuid4())
    signed_in.post(create(partner), typed(key=key))

    response = signed_in.post(create(partner), typed(key=key, phone="+1 613"))

    assertContains(response, "You saved this contact elsewhere", status_code=409)
    assertContains(response, 'name="phone" value="+1 613"', status_code=409)
    assert Contact.objects.get().phone == ""


def test_the_same_name_in_the_same_post_is_here_already(signed_in, partner):
    known = make_contact(partner, name="Élise Œuvrard", post_en="Desk officer")

    response = signed_in.post(create(partner), typed(name="elise oeuvrard", post_en="Desk officer"))

    # First asked, since the name is the same; then there is no “all the same”.
    assertContains(response, "They may be here already", status_code=422)
    anyway = response.context["form"].names_typed
    response = signed_in.post(
        create(partner),
        typed(name="elise oeuvrard", post_en="Desk officer", phone="1", anyway=anyway),
    )
    assertContains(response, "This partner has that contact already", status_code=422)
    assertContains(response, address("contact_edit", known), status_code=422)
    assertContains(response, 'name="phone" value="1"', status_code=422)
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    "fields",
    [{"name": "OEUVRARD, Élise"}, {"name": "", "post_en": "Desk", "email": "E@example.org"}],
)
def test_a_contact_with_that_name_or_address_is_pointed_out_before_saving(
    signed_in, partner, staff, fields
):
    gone = make_contact(partner, name="Elise Œuvrard", email="e@example.org")
    retire_contacts(by=staff, contacts=[gone])
    make_contact(make_partner("OAS"), name="Élise Œuvrard", post_en="Elsewhere")

    response = signed_in.post(create(partner), typed(**fields))

    assertContains(response, "They may be here already", status_code=422)
    assertContains(response, "no longer there", status_code=422)
    assertNotContains(response, "Elsewhere", status_code=422)
    anyway = response.context["form"].names_typed
    assert signed_in.post(create(partner), typed(**fields, anyway=anyway)).status_code == 302
    assert partner.contacts.count() == 2


def test_nobody_is_added_to_an_archived_partner_and_those_there_stay(
    signed_in, partner, administrator
):
    make_contact(partner, name="There")
    archive_partner(by=administrator, partner=partner, reason="Merged")

    response = signed_in.get(create(partner), follow=True)

    assertContains(response, "This partner is archived: nobody is added to it.")
    assertContains(response, "There")
    assertNotContains(response, "Add a contact")


# Edited


def test_a_contact_is_edited_and_its_form_opens_with_what_it_has(signed_in, partner):
    contact = make_contact(partner, **ALL)
    page = signed_in.get(address("contact_edit", contact))
    assert page.context["form"].initial == ALL | {"key": contact.key}

    response = signed_in.post(
        address("contact_edit", contact), ALL | {"version": "1", "phone": "+47 1"}
    )

    assertRedirects(response, contact.get_absolute_url())
    contact.refresh_from_db()
    assert (contact.phone, contact.version, contact.note) == ("+47 1", 2, ALL["note"])


def test_an_edit_that_leaves_name_and_address_is_not_asked_about(signed_in, partner):
    make_contact(partner, name="Same", post_en="Warden")
    contact = make_contact(partner, name="Same", post_en="Director")

    response = signed_in.post(
        address("contact_edit", contact),
        typed(name="Same", post_en="Director general", version="1"),
    )

    assert response.status_code == 302


def test_editing_one_into_another_is_refused_with_what_was_typed(signed_in, partner):
    make_contact(partner, name="Same", post_en="Warden")
    contact = make_contact(partner, name="Same", post_en="Director")

    response = signed_in.post(
        address("contact_edit", contact), typed(name="Same", post_en="warden", version="1")
    )

    assertContains(response, "This partner has that contact already", status_code=422)
    assertContains(response, 'value="warden"', status_code=422)


@pytest.mark.parametrize("page", ["contact_edit", "contact_history", "contact_retire"])
def test_a_contact_is_found_at_its_own_partner_alone(signed_in, partner, page):
    contact = make_contact(partner)
    elsewhere = make_partner("OAS")

    for code, key in ((elsewhere.code, contact.key), (partner.code, uuid.uuid4())):
        ask = signed_in.post if page == "contact_retire" else signed_in.get
        assert ask(reverse(f"partners:{page}", args=[code, key])).status_code == 404


# No longer there


def test_a_contact_is_marked_as_no_longer_there_and_comes_back(signed_in, partner):
    contact = make_contact(partner, name="Somebody")

    page = signed_in.post(address("contact_retire", contact), follow=True)
    assertContains(page, "Somebody is marked as no longer there, and stays on record.")
    assert not partner.contacts.there().exists()

    page = signed_in.post(address("contact_bring_back", contact), follow=True)
    assertContains(page, "Somebody is there again.")
    assert partner.contacts.there().get() == contact


def test_who_was_added_anew_meanwhile_is_not_there_twice(signed_in, staff, partner):
    gone = make_contact(partner, name="Somebody")
    retire_contacts(by=staff, contacts=[gone])
    make_contact(partner, name="Somebody")

    page = signed_in.post(address("contact_bring_back", gone), follow=True)

    assertContains(page, "Somebody is there already, in the same post. Nothing was changed.")
    assert partner.contacts.there().count() == 1


def test_what_is_half_typed_is_kept_and_resumed(signed_in, partner, client):
    url = create(partner)
    half = {"name": "Some", "email": "not whole", "do": "autosave", "turn": "1"}
    signed_in.post(url, opened(client, url) | half)

    page = signed_in.get(f"{url}?unsaved=resume")

    assertContains(page, "not whole")
    assertNotContains(page, "error-summary")
    assertContains(signed_in.get("/en/"), "A new contact: Office on Drugs")
