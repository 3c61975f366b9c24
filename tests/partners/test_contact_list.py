"""All contacts of a partner and of the bodies beneath it, on a page of their own."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from partners.contacts.actions import log_contacts, retire_contacts
from partners.contacts.reading import SHOWN
from tests.factories import make_contact, make_partner


@pytest.fixture
def partner():
    return make_partner("UN", name_en="Nations", name_fr="Nations")


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


def listed(client, partner, **query):
    page = client.get(reverse("partners:contacts", args=[partner.code], query=query))
    assert page.status_code == 200
    return [each.name for each in page.context["page"]]


def test_those_of_the_bodies_beneath_come_after_its_own_partner_by_partner(signed_in, partner):
    make_contact(make_partner("UNODC", name_en="Office", parent=partner), name="At its body")
    make_contact(make_partner("OAS"), name="Elsewhere")
    make_contact(partner, name="Zoë")
    make_contact(partner, name="Élise")
    make_contact(partner, name="Frank")

    assert listed(signed_in, partner) == ["Élise", "Frank", "Zoë", "At its body"]
    assert listed(signed_in, partner, bodies="no") == ["Élise", "Frank", "Zoë"]


def test_those_no_longer_there_are_told_where_they_are_asked_for(signed_in, partner, staff):
    make_contact(partner, name="There")
    retire_contacts(by=staff, contacts=[make_contact(partner, name="Gone")])

    assert listed(signed_in, partner) == ["There"]
    assert listed(signed_in, partner, gone="yes") == ["There", "Gone"]


def test_what_the_partners_page_has_no_room_for_is_here(signed_in, partner, staff):
    told = [{"partner": partner, "name": f"Contact {n:02}"} for n in range(SHOWN + 1)]
    log_contacts(by=staff, told=told)

    page = signed_in.get(partner.get_absolute_url())

    assertContains(page, f">{SHOWN + 1} contacts</a>")
    assertContains(page, "See all contacts")
    assertNotContains(page, f"Contact {SHOWN:02}")
    assert len(listed(signed_in, partner)) == SHOWN + 1


def test_an_address_that_makes_no_sense_says_what(signed_in, partner):
    url = reverse("partners:contacts", args=[partner.code])

    for query, said in (
        ({"gone": "perhaps"}, "“gone” takes yes or no."),
        ({"who": "x"}, "“who” means nothing here."),
    ):
        assertContains(signed_in.get(url, query), said, status_code=400)
    assertContains(signed_in.get(url, {"page": "9"}), "There is no such page", status_code=404)


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(signed_in, partner, count, django_assert_num_queries):
    body = make_partner("UNODC", parent=partner)
    for _each in range(count):
        make_contact(body)
    listed(signed_in, partner)

    with django_assert_num_queries(5):
        listed(signed_in, partner)
