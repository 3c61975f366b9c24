"""The history of a framework and of an objective, on their pages and on ones of their own."""

import datetime as dt

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from common.history import recording
from objectives.actions import adopt_framework
from objectives.models import FrameworkKind
from tests.factories import make_framework, make_objective


@pytest.fixture
def signed_in(client, reader):
    client.force_login(reader)
    return client


def test_the_page_of_a_framework_tells_when_it_was_adopted_and_by_whom(signed_in, administrator):
    framework = make_framework("SIX", kind=FrameworkKind.PRIORITY, adopted=False)
    make_objective("N1", framework)
    adopt_framework(by=administrator, framework=framework, on=dt.date(2027, 4, 1))

    for url in (
        framework.get_absolute_url(),
        reverse("objectives:framework_history", args=["SIX"]),
    ):
        response = signed_in.get(url)
        assertContains(response, "Adopted")
        assertContains(response, "administrator")
        assertContains(response, "2027-04-01")


def test_the_page_of_an_objective_tells_what_it_follows_and_how_its_wording_changed(
    signed_in, administrator
):
    old = make_objective("S1", short_en="Safe transition")
    new = make_objective("N1", short_en="Safe return", wording_en="Safe return of offenders")
    with recording.recording(by=administrator, act="amended", records=[new]):
        new.follows.add(old)
        new.wording_en = "Safe return of people"
        new.save()

    for url in (new.get_absolute_url(), reverse("objectives:history", args=["N1"])):
        response = signed_in.get(url)
        assertContains(response, "Said to follow <b>Safe transition (S1)</b>")
        assertContains(response, "Wording in English:")
        assertContains(response, "Safe return of people")


@pytest.mark.parametrize("times", [1, 3])
def test_takes_the_same_queries_however_many_changes(
    signed_in, administrator, times, django_assert_num_queries
):
    objective = make_objective("N1")
    for number in range(times):
        with recording.recording(by=administrator, act="amended", records=[objective]):
            objective.follows.add(make_objective(f"S{number}"))

    with django_assert_num_queries(10):
        signed_in.get(reverse("objectives:history", args=["N1"]))
