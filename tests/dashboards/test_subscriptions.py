"""Having a view mailed: chosen, changed and stopped by each person for themselves."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from dashboards.models import Rhythm, Subscription
from tests.factories import make_user, make_view


@pytest.fixture
def view(staff):
    staff.email = "staff@example.ca"
    staff.save()
    return make_view("Norway", owner=staff, office=staff.office)


@pytest.fixture
def url(view):
    return reverse("dashboards:view_mail", args=[view.key])


@pytest.mark.parametrize("rhythm", ["weekly", "monthly"])
def test_the_first_mail_comes_with_the_next_week_or_month(client, staff, view, url, rhythm):
    client.force_login(staff)
    today = timezone.localdate()

    response = client.post(url, {"rhythm": rhythm}, follow=True)

    row = Subscription.objects.get()
    assert (row.person, row.view, row.rhythm) == (staff, view, rhythm)
    assert row.last_period == Rhythm(rhythm).period(today)
    first = Rhythm(rhythm).next_day(today).isoformat()
    assertContains(response, f"“Norway” is mailed to you, first on {first}.")
    assertContains(client.get(url), f'value="{rhythm}"')


def test_chosen_twice_it_is_one_subscription_and_nothing_is_sent_anew(client, staff, view, url):
    client.force_login(staff)
    client.post(url, {"rhythm": "weekly"})
    Subscription.objects.update(last_period="2026-W01")

    client.post(url, {"rhythm": "weekly"})

    assert Subscription.objects.get().last_period == "2026-W01"


def test_the_rhythm_is_changed(client, staff, url):
    client.force_login(staff)
    client.post(url, {"rhythm": "weekly"})

    client.post(url, {"rhythm": "monthly"})

    row = Subscription.objects.get()
    assert (row.rhythm, row.last_period) == ("monthly", f"{timezone.localdate():%Y-%m}")


def test_it_is_stopped(client, staff, url):
    client.force_login(staff)
    client.post(url, {"rhythm": "weekly"})

    response = client.post(url, {"rhythm": ""}, follow=True)

    assert not Subscription.objects.exists()
    assertContains(response, "“Norway” is not mailed to you any more.")


def test_whoever_shares_the_office_subscribes_for_themselves(client, staff, view, url):
    neighbour = make_user("neighbour", office=staff.office, email="n@example.ca")
    Subscription.objects.create(
        view=view, person=staff, name="Norway", rhythm="weekly", last_period="x"
    )
    client.force_login(neighbour)

    client.post(url, {"rhythm": "monthly"})
    client.post(url, {"rhythm": ""})

    assert Subscription.objects.get().person == staff


@pytest.mark.parametrize(
    ("rhythm", "said"),
    [("hourly", "Choose one of those offered."), ("weekly", "No e-mail address is kept for you")],
)
def test_what_cannot_be_mailed_is_said(client, staff, view, url, rhythm, said):
    staff.email = ""
    staff.save()
    client.force_login(staff)

    response = client.post(url, {"rhythm": rhythm})

    assertContains(response, said, status_code=422)
    assertContains(response, "error-summary", status_code=422)
    assert not Subscription.objects.exists()


def test_it_is_chosen_while_a_view_is_saved(client, staff, view):
    client.force_login(staff)

    client.post("/en/views/new/", {"of": "dashboard", "name": "Mine", "rhythm": "weekly"})

    assert Subscription.objects.get().name == "Mine"
