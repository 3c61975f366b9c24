"""What figures ask of the list besides: what is given, what may be edited, days on top of other days."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.urls import reverse

from engagements.filters import EngagementFilter
from engagements.models import Engagement
from tests.factories import make_engagement, make_office

URL = reverse("engagements:list")


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


def titles(response):
    return sorted(engagement.title_en for engagement in response.context["page"])


def narrowed(query, user, **wanted):
    filters = EngagementFilter(QueryDict(query), Engagement.objects.visible_to(user), user=user)
    assert not filters.problems
    return filters.narrowed(**wanted)


def test_all_that_is_asked_to_be_known_is(signed_in):
    make_engagement(title_en="Both", actual_cost=0, planned_cost=5)
    make_engagement(title_en="Actual", actual_cost=5)
    make_engagement(title_en="Planned", planned_cost=5, csc_participants=2)

    assert titles(signed_in.get(URL, {"known": "cost"})) == ["Actual", "Both"]
    assert titles(signed_in.get(URL, {"known": ["cost", "planned-cost"]})) == ["Both"]
    assert titles(signed_in.get(URL, {"known": "people"})) == ["Planned"]
    assert signed_in.get(URL, {"known": "title"}).status_code == 400


def test_staff_may_edit_their_offices_and_their_own(signed_in, staff, colleague):
    make_engagement(title_en="Of the office", lead_office=staff.office, logged_by=colleague)
    make_engagement(title_en="Own", lead_office=make_office("ELSE"), logged_by=staff)
    make_engagement(title_en="Theirs", lead_office=colleague.office, logged_by=colleague)

    response = signed_in.get(URL, {"editable": "1"})

    assert titles(response) == ["Of the office", "Own"]
    assert "I may edit it" in response.content.decode()
    assert signed_in.get(URL, {"editable": "2"}).status_code == 400


def test_whoever_edits_nothing_finds_nothing_to_edit(client, reader):
    make_engagement()
    client.force_login(reader)

    assert titles(client.get(URL, {"editable": "1"})) == []


def test_days_can_be_required_besides_the_days_chosen(signed_in):
    make_engagement(title_en="Spring", start=dt.date(2026, 4, 10))
    make_engagement(title_en="Summer", start=dt.date(2026, 7, 10))

    asked = {"to": "2026-12-31", "also": ["from:2026-07-01", "to:2026-07-31"]}
    response = signed_in.get(URL, asked)

    assert titles(response) == ["Summer"]
    assert "also=from%3A2026-07-01" in response.context["filters"].query


@pytest.mark.parametrize("also", ["from:soon", "from:", "to: "])
def test_a_required_day_that_is_none_is_refused(signed_in, also):
    assert signed_in.get(URL, {"also": also}).status_code == 400


def test_a_figure_puts_its_days_beside_those_chosen(staff):
    days = {"from": "2026-11-22", "to": "2027-02-20"}

    assert narrowed("", staff, **days) == "from=2026-11-22&to=2027-02-20"
    assert (
        QueryDict(narrowed("to=2020", staff, **days)).urlencode()
        == "to=2020&also=from%3A2026-11-22&also=to%3A2027-02-20"
    )
