"""Who may put an engagement back as it was, and where it is offered to them."""

import re

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Role, Sensitivity
from engagements.actions import Part
from tests.engagements.restoring import (
    address,
    amend,
    back_to_first,
    log,
    offered,
    put_back,
    revisions,
)
from tests.factories import (
    make_country,
    make_office,
    make_partner,
    make_user,
)

B = Sensitivity.PROTECTED_B


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


@pytest.mark.parametrize("role", Role.values)
def test_those_who_may_edit_put_back_and_nobody_else(client, staff, role):
    engagement = log(staff)
    amend(engagement, by=staff, purpose="")
    client.force_login(make_user("someone", role, office=make_office("PRA")))
    url = back_to_first(engagement)
    may = role in {Role.MANAGER, Role.ADMINISTRATOR}

    statuses = client.get(url).status_code, put_back(client, url, engagement, "purpose").status_code

    assert statuses == ((200, 302) if may else (403, 403))
    if role == Role.STAFF:
        assertContains(client.get(url), "Office IR leads", status_code=403)


@pytest.mark.parametrize(
    "query", [{}, {"change": "0"}, {"change": "x"}, {"undo": "9" * 30}, {"undo": "²"}]
)
def test_what_names_no_act_of_it_is_not_there(signed_in, staff, query):
    engagement, other = log(staff), log(staff)
    theirs = revisions(other)[0].key

    assert signed_in.get(address(engagement, **query)).status_code == 404
    assert signed_in.get(address(engagement, change=theirs)).status_code == 404
    assert signed_in.get(address(engagement, undo=revisions(engagement)[0].key)).status_code == 404


def test_what_may_not_be_seen_is_not_put_back(signed_in, staff):
    engagement = log(staff, sensitivity=B)

    assert signed_in.get(back_to_first(engagement)).status_code == 404


def test_an_earlier_state_above_the_person_is_not_there(signed_in, staff, manager):
    engagement = log(staff, purpose="Open")
    amend(engagement, by=manager, purpose="Secret", sensitivity=B)
    amend(engagement, by=manager, purpose="Open again", sensitivity=0)
    _first, secret, lowered = revisions(engagement)

    for query in ({"change": secret.key}, {"undo": secret.key}, {"undo": lowered.key}):
        assert signed_in.get(address(engagement, **query)).status_code == 404
    page = signed_in.get(address(engagement, change=lowered.key))
    assertNotContains(page, "manager left it")


def test_what_was_written_under_a_marking_comes_back_under_it(client, staff, manager):
    engagement = log(staff, purpose="Open")
    amend(engagement, by=manager, purpose="Secret", sensitivity=B)
    amend(engagement, by=manager, purpose="Open again", sensitivity=0)
    client.force_login(manager)
    url = address(engagement, change=revisions(engagement)[1].key)
    page = client.get(url)
    assert offered(page) == {"purpose": True, "sensitivity": True}
    assertContains(page, "<p>Protected B</p>", count=2)

    response = put_back(client, url, engagement, "purpose")

    assertContains(response, "It was marked Protected B then", status_code=422)
    engagement.refresh_from_db()
    assert engagement.purpose == "Open again"
    put_back(client, url, engagement, "purpose", "sensitivity")
    engagement.refresh_from_db()
    assert (engagement.purpose, engagement.sensitivity) == ("Secret", B)


def test_a_lower_marking_goes_back_only_where_it_is_asked_for(client, staff, manager):
    engagement = log(staff)
    amend(engagement, by=manager, purpose="Secret", sensitivity=B)
    client.force_login(manager)

    page = client.get(back_to_first(engagement))

    assert offered(page) == {"purpose": True, "sensitivity": False}
    assertContains(page, "The marking was lower then.")


def test_a_lower_marking_is_asked_about_once_more(client, staff, manager):
    engagement = log(staff)
    amend(engagement, by=manager, purpose="Open", sensitivity=B)
    client.force_login(manager)
    url = back_to_first(engagement)

    asked = put_back(client, url, engagement, "sensitivity")

    assertContains(asked, "You lower the marking from Protected B", status_code=422)
    assert offered(asked) == {"purpose": False, "sensitivity": True}
    engagement.refresh_from_db()
    assert engagement.sensitivity == B
    sent = {"field": ["sensitivity"], "version": engagement.version}
    client.post(url, sent | {"confirmed": asked.context["form"].confirmation.value})
    engagement.refresh_from_db()
    assert engagement.sensitivity == 0


def test_it_is_offered_on_the_page_of_how_it_was_to_those_who_may(client, staff, reader):
    engagement = log(staff)
    amend(engagement, by=staff, purpose="")
    then = reverse("engagements:as_of", args=[engagement.reference])
    then = f"{then}?change={revisions(engagement)[0].key}"

    client.force_login(staff)
    assertContains(client.get(then), f'href="{back_to_first(engagement)}"')
    client.force_login(reader)
    assertNotContains(client.get(then), "put-back")


def test_it_asks_the_database_as_often_for_three_partners_as_for_one(
    signed_in, staff, django_assert_num_queries
):
    for n in (1, 3):
        engagement = log(
            staff,
            parts=[Part(partner=make_partner()) for _ in range(n)],
            countries=[make_country(code) for code in ("NO", "FR", "BJ")[:n]],
        )
        amend(engagement, by=staff, parts=[Part(partner=make_partner())], countries=[])
        url = back_to_first(engagement)
        with django_assert_num_queries(7):
            signed_in.get(url)


@pytest.mark.parametrize("page", ["detail", "history"])
def test_each_change_in_the_history_leads_to_how_it_was_and_back_to_it(client, staff, reader, page):
    engagement = log(staff)
    amend(engagement, by=staff, purpose="")
    first, second = revisions(engagement)
    url = reverse(f"engagements:{page}", args=[engagement.reference])
    then = reverse("engagements:as_of", args=[engagement.reference])
    for_all = {f"{then}?change={first.key}", f"{then}?change={second.key}"}
    for_editors = {address(engagement, change=first.key), address(engagement, undo=second.key)}

    for person, expected in ((staff, for_all | for_editors), (reader, for_all)):
        client.force_login(person)
        content = client.get(url).content.decode()
        assert set(re.findall(r'href="([^"]*\?(?:change|undo)=[0-9a-f-]+)"', content)) == expected
