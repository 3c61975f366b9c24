"""Where a person begins: their work, or the view they chose, with a way back."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertRedirects

from dashboards import actions
from dashboards.models import StartPage
from tests.factories import make_view

PASSWORD = "a-long-password"


@pytest.fixture
def view(staff):
    return make_view("Norway", owner=staff, query="kind=other")


@pytest.fixture
def started(client, staff, view):
    actions.start_with(by=staff, view=view)
    client.force_login(staff)
    return client


def sign_in(client, **told):
    sent = {"username": "staff", "password": PASSWORD} | told
    return client.post("/en/sign-in/", sent, follow=True)


def test_without_one_a_person_begins_with_their_work(client, staff):
    assertContains(sign_in(client), "Your work")


def test_signing_in_opens_the_view(client, staff, view):
    actions.start_with(by=staff, view=view)

    assert sign_in(client).redirect_chain[-1][0] == "/en/dashboard/?kind=other"


def test_signing_in_to_a_page_that_was_asked_for_opens_that_page(client, staff, view):
    actions.start_with(by=staff, view=view)

    response = sign_in(client, next="/en/partners/")

    assert response.redirect_chain[-1][0] == "/en/partners/"


def test_in_french_it_opens_in_french(client, staff, view):
    staff.language = "fr"
    staff.save()
    actions.start_with(by=staff, view=view)
    with override("fr"):
        target = view.target

    assert sign_in(client).redirect_chain[-1][0] == target
    assert target.startswith("/fr/")


def test_the_name_of_the_portal_leads_to_it_and_their_work_stays_in_reach(started):
    assertRedirects(started.get("/en/"), "/en/dashboard/?kind=other")
    assertContains(started.get("/en/dashboard/"), 'href="/en/work/"')
    assertContains(started.get("/en/views/"), 'href="/en/work/"')
    assertContains(started.get("/en/work/"), "Your work")


def test_it_is_chosen_and_stopped_in_the_list_of_views(client, staff, view):
    client.force_login(staff)
    url = reverse("dashboards:view_start", args=[view.key])

    assertContains(client.post(url, follow=True), "You start with “Norway” from now on")
    assert client.get("/en/").status_code == 302
    assertContains(client.get("/en/views/"), "Stop starting with it")
    assertContains(client.post(url, {"do": "stop"}, follow=True), "You start with your work again.")
    assert client.get("/en/").status_code == 200


def test_another_one_takes_its_place(started, staff):
    other = make_view(owner=staff, query="kind=agreement-signed")

    started.post(reverse("dashboards:view_start", args=[other.key]))

    assert StartPage.objects.get().view == other


def test_stopping_what_one_does_not_start_with_changes_nothing(started, staff, view):
    other = make_view(owner=staff)

    started.post(reverse("dashboards:view_start", args=[other.key]), {"do": "stop"})

    assert StartPage.objects.get().view == view


def test_it_is_chosen_while_a_view_is_saved(client, staff):
    client.force_login(staff)

    client.post("/en/views/new/", {"of": "dashboard", "name": "Mine", "start": "on", "rhythm": ""})

    assert StartPage.objects.get().name == "Mine"


def test_each_person_begins_for_themselves(started, client, manager):
    client.force_login(manager)

    assert client.get("/en/").status_code == 200


def test_a_view_that_makes_no_sense_any_more_says_so_and_leaves_a_way_out(started, staff, view):
    view.query = "objective=GONE"
    view.save()

    page = started.get("/en/", follow=True)

    assertContains(page, "There is no objective “GONE”.", status_code=400)
    assertContains(page, 'href="/en/work/"', status_code=400)
    assertContains(page, 'href="/en/views/"', status_code=400)
