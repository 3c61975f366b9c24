"""What is tagged under an older framework, found in the words of today's."""

import datetime as dt

import pytest
from django.urls import reverse

from objectives.models import FrameworkKind
from tests.factories import make_engagement, make_framework, make_objective

URL = reverse("engagements:list")


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def priorities():
    """Three sets: A1 became B1; B1 and B2 became C1; B3 ended; C2 is new and in force with C1."""
    oldest = make_framework("A", FrameworkKind.PRIORITY, in_force_from=dt.date(2000, 4, 1))
    older = make_framework("B", FrameworkKind.PRIORITY, in_force_from=dt.date(2010, 4, 1))
    today = make_framework("C", FrameworkKind.PRIORITY, in_force_from=dt.date(2020, 4, 1))
    made = {
        code: make_objective(code, framework)
        for framework, codes in (
            (oldest, ["A1"]),
            (older, ["B1", "B2", "B3"]),
            (today, ["C1", "C2"]),
        )
        for code in codes
    }
    made["B1"].follows.set([made["A1"]])
    made["C1"].follows.set([made["B1"], made["B2"]])
    for objective in made.values():
        make_engagement(title_en=objective.code, objectives=[objective])
    return made


def titles(response):
    return sorted(engagement.title_en for engagement in response.context["page"])


def test_an_objective_in_todays_words_finds_what_it_follows_however_far(signed_in, priorities):
    assert titles(signed_in.get(URL, {"mapped": "C1"})) == ["A1", "B1", "B2", "C1"]


def test_the_words_of_the_time_find_the_tag_itself_alone(signed_in, priorities):
    assert titles(signed_in.get(URL, {"objective": "C1"})) == ["C1"]


def test_any_of_one_framework_and_all_across_frameworks_are_mapped(signed_in, priorities):
    mandate = make_objective("M1", make_framework(kind=FrameworkKind.MANDATE))
    make_engagement(title_en="Both", objectives=[priorities["A1"], mandate])

    assert titles(signed_in.get(URL, {"mapped": ["C1", "C2"]})) == [
        "A1", "B1", "B2", "Both", "C1", "C2",
    ]  # fmt: skip
    assert titles(signed_in.get(URL, {"mapped": ["C1", "M1"]})) == ["Both"]


def test_a_tag_that_leads_to_nothing_of_today_is_found(signed_in, priorities):
    assert titles(signed_in.get(URL, {"unmapped": "priority"})) == ["B3"]


def test_a_crosswalk_that_turns_in_a_circle_ends(signed_in, priorities):
    priorities["A1"].follows.set([priorities["C1"]])

    assert titles(signed_in.get(URL, {"mapped": "A1"})) == ["A1", "B1", "B2", "C1"]


def test_the_form_beside_the_list_carries_it_on(signed_in, priorities):
    page = signed_in.get(URL, {"mapped": "C1"}).text

    assert '<input type="hidden" name="mapped" value="C1">' in page
    assert "In today’s words:" in page
