"""What is to complete, and the month something starts in, asked for in the address."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from common.partial_dates import PartialDate
from engagements.kinds import Stage
from engagements.models import Engagement
from tests.factories import make_engagement, make_partner

URL = reverse("engagements:list")


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


def titles(response):
    return sorted(engagement.title_en for engagement in response.context["page"])


def test_a_gap_finds_what_lacks_it(signed_in):
    make_engagement(title_en="Costed", actual_cost=1)
    make_engagement(title_en="Not costed")

    assert titles(signed_in.get(URL, {"gap": "cost"})) == ["Not costed"]


def test_either_of_two_gaps_is_enough_and_both_can_be_required(signed_in):
    make_engagement(title_en="No cost", csc_participants=1)
    make_engagement(title_en="No people", actual_cost=1)
    make_engagement(title_en="Neither")

    assert titles(signed_in.get(URL, {"gap": ["cost", "people"]})) == [
        "Neither",
        "No cost",
        "No people",
    ]
    assert titles(signed_in.get(URL, {"gap": "cost", "also": "gap:people"})) == ["Neither"]


@pytest.mark.parametrize("asked", [{"gap": "draft-ageing"}, {"also": "gap:draft-ageing"}])
def test_a_draft_that_ages_is_found_by_its_author_alone(signed_in, staff, colleague, asked):
    for author, title in ((staff, "Mine"), (colleague, "Theirs")):
        make_engagement(title_en=title, stage=Stage.DRAFT, logged_by=author)
    make_engagement(title_en="Fresh", stage=Stage.DRAFT, logged_by=staff)
    old = timezone.now() - dt.timedelta(days=40)
    Engagement.objects.exclude(title_en="Fresh").update(changed_at=old)

    assert titles(signed_in.get(URL, asked)) == ["Mine"]


def test_a_month_finds_what_is_known_to_start_in_it(signed_in):
    make_engagement(title_en="Day", start=dt.date(2026, 4, 30))
    make_engagement(title_en="Month", start=PartialDate.month(2026, 4))
    make_engagement(title_en="May", start=dt.date(2026, 5, 1))
    make_engagement(title_en="Year", start=PartialDate.year(2026))
    make_engagement(title_en="Unknown", start=PartialDate.unknown())

    assert titles(signed_in.get(URL, {"month": "2026-04"})) == ["Day", "Month"]
    assert titles(signed_in.get(URL, {"month": "unknown"})) == ["Unknown", "Year"]
    assert titles(signed_in.get(URL, {"month": ["2026-05", "unknown"]})) == [
        "May",
        "Unknown",
        "Year",
    ]


@pytest.mark.parametrize("month", ["2026-13", "2026-4", "9999-12", "٢٠٢٦-٠٤", "2026"])
def test_what_is_no_month_is_said_to_be_none(signed_in, month):
    response = signed_in.get(URL, {"month": month})

    assert response.status_code == 400
    assert f"“{month}” is not a month. Write it as 2026-04, or “unknown”." in response.text


def test_what_is_no_gap_is_said_to_be_none(signed_in):
    response = signed_in.get(URL, {"gap": "soul"})

    assert response.status_code == 400
    assert "“soul” is nothing that an engagement can lack." in response.text


def test_what_was_given_to_a_partner_was_given_to_its_parent(signed_in):
    unodc = make_partner("UNODC", parent=make_partner("UN"))
    make_engagement(title_en="Given", kind="training-delivered", partners=[unodc])
    make_engagement(title_en="Received", kind="training-received", partners=[unodc])

    assert titles(signed_in.get(URL, {"given": "UN"})) == ["Given"]
    assert titles(signed_in.get(URL, {"received": "UN"})) == ["Received"]
    assert titles(signed_in.get(URL, {"given": "UNODC", "also": "received:UN"})) == []
