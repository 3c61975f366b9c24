"""The page on which an administrator adopts a framework."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Role, Sensitivity
from engagements.kinds import Stage
from objectives.actions import adopt_framework
from objectives.models import FrameworkKind
from tests.factories import make_engagement, make_framework, make_objective, make_user

PRIORITY = FrameworkKind.PRIORITY


@pytest.fixture
def old():
    framework = make_framework("OLD", PRIORITY, in_force_from=dt.date(2006, 4, 1))
    make_objective("S1", framework)
    make_objective("S2", framework)
    return framework


@pytest.fixture
def new(old):
    framework = make_framework("NEW", PRIORITY, adopted=False)
    make_objective("C1", framework).follows.set(old.objectives.filter(code="S1"))
    make_objective("C6", framework)
    return framework


@pytest.fixture
def address(new):
    return reverse("objectives:adopt", args=["NEW"])


@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMINISTRATOR])
def test_it_is_for_administrators_alone(client, address, new, role):
    client.force_login(make_user("someone", role))

    assert client.get(address).status_code == 403
    assert client.post(address, {"on": "2026-04-01"}).status_code == 403
    new.refresh_from_db()
    assert not new.adopted


def test_it_asks_for_the_day_first(client, administrator, address):
    client.force_login(administrator)

    response = client.get(address)

    assertContains(response, 'name="on"')
    assertContains(response, "Framework OLD")
    assertNotContains(response, "Adopt it from")


def test_it_shows_what_will_change_and_changes_nothing_yet(
    client, administrator, address, old, new
):
    tagged = make_engagement(start=dt.date(2026, 5, 1), objectives=old.objectives.all())
    make_engagement(start=dt.date(2026, 3, 31), objectives=old.objectives.all())
    make_engagement(start=dt.date(2026, 5, 1))
    make_engagement(start=dt.date(2026, 5, 1), objectives=old.objectives.all(), stage=Stage.DRAFT)
    client.force_login(administrator)

    response = client.get(address, {"on": "2026-04-01"})

    assert list(response.context["tagged"]) == [tagged]
    assertContains(response, "<strong>1</strong> engagement that starts")
    assertContains(response, "2026-03-31")
    pairs = [
        (pair.earlier and pair.earlier.code, pair.later and pair.later.code)
        for pair in response.context["pairs"]
    ]
    assert pairs == [("S1", "C1"), ("S2", None), (None, "C6")]
    assertContains(response, "nothing follows it")
    assertContains(response, "new: it follows nothing")
    new.refresh_from_db()
    assert not new.adopted


def test_it_counts_no_more_than_its_reader_may_open(client, administrator, address, old):
    administrator.clearance = Sensitivity.UNCLASSIFIED
    administrator.save()
    secret = Sensitivity.PROTECTED_B
    make_engagement(start=dt.date(2026, 5, 1), objectives=old.objectives.all(), sensitivity=secret)
    client.force_login(administrator)

    response = client.get(address, {"on": "2026-04-01"})

    assert response.context["tagged"] == []


def test_confirmed_it_is_in_force_and_says_so(client, administrator, address, old, new):
    client.force_login(administrator)

    response = client.post(address, {"on": "2026-04-01"}, follow=True)

    assertRedirects(response, new.get_absolute_url())
    assertContains(response, "Framework NEW is in force from 2026-04-01.")
    old.refresh_from_db()
    assert old.in_force_to == dt.date(2026, 3, 31)


def test_a_second_press_changes_nothing(client, administrator, address, new):
    client.force_login(administrator)
    client.post(address, {"on": "2026-04-01"})

    response = client.post(address, {"on": "2027-04-01"}, follow=True)

    assertContains(response, "adopted already")
    new.refresh_from_db()
    assert new.in_force_from == dt.date(2026, 4, 1)


def test_another_of_the_kind_adopted_meanwhile_is_said(client, administrator, address, new):
    other = make_framework("OTHER", PRIORITY, adopted=False)
    make_objective("D1", other)
    adopt_framework(by=administrator, framework=other, on=dt.date(2026, 4, 1))
    client.force_login(administrator)

    response = client.post(address, {"on": "2026-04-01"})

    assertContains(response, "Give a later day", status_code=422)
    new.refresh_from_db()
    assert not new.adopted


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("", "Give the day"),
        ("2026-02-31", "There is no such day"),
        ("soon", "There is no such day"),
        ("2026-04-01\x00", "There is no such day"),
        ("0203-04-01", "Give a year from 1900 to 2100"),
        ("2006-04-01", "Give a later day"),
    ],
)
def test_a_day_that_does_not_do_is_refused_and_kept(
    client, administrator, address, method, day, words
):
    client.force_login(administrator)

    response = getattr(client, method)(address, {"on": day})

    assertContains(response, words, status_code=422)
    assertContains(response, 'id="error-summary"', status_code=422)


def test_a_framework_that_is_not_there_is_not_there(client, administrator):
    client.force_login(administrator)

    assert client.get(reverse("objectives:adopt", args=["NOTHING"])).status_code == 404


def test_it_speaks_french(client, administrator, new):
    client.force_login(administrator)
    with override("fr"):
        address = reverse("objectives:adopt", args=["NEW"])

    response = client.get(address, {"on": "2026-04-01"})

    assertContains(response, "Cadre NEW")
    assertContains(response, 'href="/en/objectives/frameworks/NEW/adopt/?on=2026-04-01"')
