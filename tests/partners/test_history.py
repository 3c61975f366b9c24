"""The history of a partner, on its page and on one of its own."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from partners.actions import amend_partner, archive_partner, restore_partner
from partners.models import Partner
from tests.factories import make_country, make_partner

URL = reverse("partners:history", args=["UNODC"])


@pytest.fixture
def partner():
    return make_partner("UNODC", name_en="Office on Drugs and Crime")


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


def amend(partner, by, **fields):
    version = Partner.objects.get(pk=partner.pk).version
    amend_partner(by=by, partner=partner, version=version, **fields)


def test_everyone_reads_on_a_partners_page_who_changed_what(signed_in, partner, administrator):
    amend(partner, administrator, country=make_country("NO"), in_courts=True)

    response = signed_in.get(partner.get_absolute_url())

    assertContains(response, '<h2 id="history">History</h2>')
    assertContains(response, "Justice sector: courts")
    assertContains(response, "Norway")
    assertContains(response, f'<a href="{URL}">All 2 changes</a>')


def test_a_partners_whole_history_is_newest_first(signed_in, partner, administrator):
    archive_partner(by=administrator, partner=partner, reason="It was dissolved.")
    restore_partner(by=administrator, partner=partner)

    response = signed_in.get(URL)

    assert [entry.act for entry in response.context["entries"]] == [
        "Brought back",
        "Archived",
        "As it stood when its history began",
    ]
    assertContains(response, "It was dissolved.")
    assertContains(response, "<title>History: Office on Drugs and Crime – Liaison</title>")


def test_nothing_of_another_partner_is_in_it(signed_in, partner, administrator):
    amend(make_partner("OAS"), administrator, seat_en="Washington")

    assertNotContains(signed_in.get(URL), "Washington")


def test_a_partner_that_is_not_there_has_no_history(signed_in):
    assert signed_in.get(URL).status_code == 404


@pytest.mark.parametrize("times", [1, 3])
def test_takes_the_same_queries_however_many_changes(
    signed_in, partner, administrator, times, django_assert_num_queries
):
    for number in range(times):
        amend(partner, administrator, country=make_country(["NO", "FR", "BJ"][number]))

    with django_assert_num_queries(9):
        signed_in.get(URL)
