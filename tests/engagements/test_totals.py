"""Beside the number of engagements: what those of the list add up to, as the figures that lead to it say."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Sensitivity
from engagements.kinds import Stage
from engagements.models import Engagement
from engagements.totals import totals
from tests.factories import make_country, make_engagement, make_partner

URL = reverse("engagements:list")


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


def test_adds_up_cost_and_people_where_they_are_known():
    make_engagement(actual_cost="1000.50", csc_participants=3)
    make_engagement(actual_cost=0, planned_cost="20")
    make_engagement()

    found = totals(Engagement.objects.all())

    assert (found.cost, found.cost_known) == (Decimal("1000.50"), 2)
    assert (found.planned_cost, found.planned_cost_known) == (20, 1)
    assert (found.people, found.people_known) == (3, 1)


def test_the_list_says_what_it_adds_up_to_over_all_of_its_pages(signed_in):
    for _ in range(11):
        make_engagement(actual_cost="100.25", csc_participants=1)
    make_engagement()

    page = signed_in.get(URL, {"per_page": "10"})

    assertContains(page, "known for 11 of 12", count=2)
    assertContains(page, "$1,103")
    assertContains(page, "11 people from CSC")
    assertNotContains(page, "Planned cost")


def test_the_list_adds_up_what_it_holds_cancelled_ones_too(signed_in):
    make_engagement(actual_cost="5", stage=Stage.CANCELLED, stage_reason="The host withdrew.")
    make_engagement(actual_cost="7")

    assertContains(signed_in.get(URL), "$12")
    assertContains(signed_in.get(URL, {"stage": "completed"}), "$7")


def test_a_record_with_many_partners_and_countries_is_added_up_once(signed_in):
    partners = [make_partner(), make_partner()]
    countries = [make_country("NO"), make_country("FR")]
    make_engagement(actual_cost="10", partners=partners, countries=countries)

    page = signed_in.get(URL, {"partner": [p.code for p in partners], "country": ["NO", "FR"]})

    assertContains(page, "$10")


def test_what_may_not_be_opened_is_in_no_sum(client, reader):
    make_engagement(actual_cost="10")
    make_engagement(actual_cost="90", sensitivity=Sensitivity.PROTECTED_A)
    client.force_login(reader)

    page = client.get(URL)

    assertContains(page, "$10")
    assertContains(page, "known for 1 of 1")


def test_where_nothing_is_known_nothing_is_said(signed_in):
    make_engagement()

    assertNotContains(signed_in.get(URL), 'id="totals"')


def test_takes_one_query(django_assert_num_queries):
    make_engagement(actual_cost="10")
    with django_assert_num_queries(1):
        totals(Engagement.objects.all())


def test_french_writes_money_as_french_does(signed_in):
    make_engagement(actual_cost="1000")
    with override("fr"):
        url = reverse("engagements:list")

    assertContains(signed_in.get(url), "1\xa0000\xa0$")
