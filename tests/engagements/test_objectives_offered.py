"""Whose objectives the filter offers: of the frameworks in force, and of all that tags are under."""

import datetime as dt

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Sensitivity
from objectives.models import FrameworkKind
from tests.factories import make_engagement, make_framework, make_objective

PAGES = [reverse("engagements:list"), reverse("dashboards:overview") + "?filter=open"]


@pytest.fixture
def older():
    framework = make_framework(
        "PRIORITIES-2010",
        FrameworkKind.PRIORITY,
        in_force_from=dt.date(2010, 1, 1),
        title_en="Priorities of 2010",
    )
    return make_objective("S1", framework)


@pytest.fixture
def newer():
    framework = make_framework(
        "PRIORITIES-2020",
        FrameworkKind.PRIORITY,
        in_force_from=dt.date(2020, 1, 1),
        title_en="Priorities of 2020",
    )
    return make_objective("N1", framework)


def priorities(response):
    (facet,) = [facet for facet in response.context["facets"] if facet.name == "priority"]
    return [(title, [(o.value, o.count) for o in options]) for title, options in facet.parts]


@pytest.mark.parametrize("url", PAGES)
def test_objectives_of_an_older_framework_are_offered_where_something_is_tagged_with_them(
    client, staff, older, newer, url
):
    make_engagement(objectives=[older])
    client.force_login(staff)

    response = client.get(url)

    assert priorities(response) == [
        ("Priorities of 2020", [("N1", 0)]),
        ("Priorities of 2010", [("S1", 1)]),
        ("", [("priority", 0)]),
    ]
    assertContains(response, '<p class="fine soft">Priorities of 2010</p>', html=True)


def test_those_of_one_that_nothing_is_tagged_under_are_not(client, staff, older, newer):
    make_engagement(objectives=[newer])
    client.force_login(staff)

    response = client.get(PAGES[0])

    assert priorities(response) == [("", [("N1", 1), ("priority", 0)])]
    assertNotContains(response, "Priorities of 20")


def test_a_tag_on_what_one_may_not_read_offers_nothing(client, reader, older, newer):
    make_engagement(objectives=[older], sensitivity=Sensitivity.PROTECTED_B)
    client.force_login(reader)

    assert priorities(client.get(PAGES[0])) == [("", [("N1", 0), ("priority", 0)])]


def test_what_is_chosen_stands_under_its_framework_even_where_nothing_is_tagged(
    client, staff, older, newer
):
    client.force_login(staff)

    response = client.get(PAGES[0], {"objective": "S1"})

    assert [title for title, _options in priorities(response)] == [
        "Priorities of 2020",
        "Priorities of 2010",
        "",
    ]
