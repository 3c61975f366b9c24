"""Contacts on the page of search: the same table on both databases, and what is shown of whom it finds."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Role
from common.search.asking import asked
from engagements.search.finding import names_now
from engagements.search.people import People
from tests.engagements.search.people import PAIRS, make_people
from tests.factories import make_contact, make_partner, make_user

URL = "/en/search/"


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


def test_every_query_finds_just_whom_it_should(staff):
    letters = {contact.pk: letter for letter, contact in make_people(staff).items()}

    found = {
        query: "".join(sorted(letters[one.pk] for one in People(asked(query), names_now()).best(9)))
        for query, _letters in PAIRS
    }

    assert found == dict(PAIRS)
    assert len(found) == len(PAIRS)


def test_who_is_no_longer_there_comes_last_and_is_told_so(signed_in, staff):
    make_people(staff)

    response = signed_in.get(URL, {"q": "per"})

    told = [each.contact.name for each in response.context["results"].contacts]
    assert told == ["Per O’Hara", "Per Oharson"]
    assertContains(response, "No longer there", count=1)


def test_a_contact_is_shown_with_its_partner_and_the_words_marked(signed_in, staff):
    contact = make_people(staff)["a"]

    response = signed_in.get(URL, {"q": "zoe unodc"})

    assertContains(response, f'href="{contact.get_absolute_url()}"><mark>Zoé</mark> Ångström-Lœb')
    assertContains(response, "(<mark>UNODC</mark>)")
    assertContains(response, "z.al@<mark>unodc</mark>.example")


def test_in_french_the_post_is_told_in_french(signed_in, staff):
    make_people(staff)

    assertContains(signed_in.get("/fr/recherche/", {"q": "anker"}), "Directrice")


def test_of_many_the_first_are_shown_and_the_others_counted(signed_in, staff):
    partner = make_partner()
    for number in range(7):
        make_contact(partner, name=f"Warden {number}", logged_by=staff)

    assertContains(signed_in.get(URL, {"q": "warden"}), "There are 2 more")


def test_everyone_who_is_signed_in_finds_them_and_nobody_else(client, staff):
    make_people(staff)
    assertNotContains(client.get(URL, {"q": "anker"}, follow=True), "Anker")

    client.force_login(make_user("somebody", Role.READER))

    assertContains(client.get(URL, {"q": "anker"}), "Zoe <mark>Anker</mark>")


def test_a_note_on_a_contact_is_not_searched(signed_in, staff):
    make_contact(make_partner(), name="A. Person", note="Speaks Icelandic", logged_by=staff)

    assertContains(signed_in.get(URL, {"q": "icelandic"}), "Nothing was found")
