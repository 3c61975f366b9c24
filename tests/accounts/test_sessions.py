"""A session and its person are read together, and what the database holds at this moment is what counts."""

import datetime as dt

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import Sensitivity, User
from accounts.sessions import SessionStore, Whose, whose
from tests.factories import make_engagement, make_user

PAGE = "/en/profile/"


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


def is_signed_in(client):
    return client.get(PAGE).status_code == 200


def test_session_person_and_office_are_one_question(signed_in, staff, django_assert_num_queries):
    assert staff.office
    with django_assert_num_queries(1):
        signed_in.get("/en/import/nowhere/")


def test_a_process_that_does_not_know_the_session_finds_out(signed_in):
    whose.remember(signed_in.session.session_key, None)

    assertContains(signed_in.get(PAGE), "staff")


def test_signing_out_in_another_process_acts_at_once(signed_in):
    assert is_signed_in(signed_in)

    Session.objects.all().delete()  # by another process: this one still remembers whose it was

    assertRedirects(
        signed_in.get(PAGE),
        f"{reverse('accounts:sign_in')}?next={PAGE}",
        fetch_redirect_response=False,
    )


def test_a_session_ends_when_its_time_is_up(signed_in):
    assert is_signed_in(signed_in)

    Session.objects.update(expire_date=timezone.now() - dt.timedelta(seconds=1))

    assert not is_signed_in(signed_in)


def test_clearance_taken_away_in_another_process_acts_at_once(client):
    person = make_user("cleared", clearance=Sensitivity.PROTECTED_B)
    client.force_login(person)
    address = make_engagement(sensitivity=Sensitivity.PROTECTED_B).get_absolute_url()
    assert client.get(address).status_code == 200

    User.objects.filter(pk=person.pk).update(clearance=Sensitivity.UNCLASSIFIED)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("change", [{"is_active": False}, {"password": "another"}])
def test_an_account_that_was_closed_or_got_a_new_password_is_out_at_once(signed_in, staff, change):
    assert is_signed_in(signed_in)

    User.objects.filter(pk=staff.pk).update(**change)

    assert not is_signed_in(signed_in)


def test_who_the_session_says_it_is_of_is_believed_and_not_what_was_remembered(
    signed_in, colleague
):
    whose.remember(signed_in.session.session_key, str(colleague.pk))

    response = signed_in.get(PAGE)

    assert response.context["user"].username == "staff"


def test_whose_a_session_was_is_forgotten_with_it(signed_in):
    key = signed_in.session.session_key
    assert whose.get(key)

    signed_in.post(reverse("accounts:sign_out"))

    assert whose.get(key) is None


def test_as_many_are_remembered_as_memory_is_meant_for(monkeypatch):
    monkeypatch.setattr("accounts.sessions.MOST", 2)
    remembered = Whose()
    for key in "abc":
        remembered.remember(key, "1")

    assert [remembered.get(key) for key in "abc"] == [None, "1", "1"]


def test_a_session_without_a_person_is_one_all_the_same():
    store = SessionStore()
    store["typed"] = "something"
    store.save()

    again = SessionStore(store.session_key)

    assert again["typed"] == "something"
    assert SESSION_KEY not in again
    assert again.person is None


def test_two_people_in_two_browsers_are_never_taken_for_one_another(staff, colleague):
    one, other = Client(), Client()
    one.force_login(staff)
    other.force_login(colleague)

    for _turn in range(2):
        assert one.get(PAGE).context["user"].pk == staff.pk
        assert other.get(PAGE).context["user"].pk == colleague.pk
