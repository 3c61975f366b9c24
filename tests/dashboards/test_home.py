import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import Sensitivity
from common.partial_dates import PartialDate, Precision
from engagements.kinds import Stage
from engagements.models import Engagement
from objectives.models import FrameworkKind
from tests.factories import (
    at_noon,
    make_country,
    make_engagement,
    make_framework,
    make_objective,
    make_office,
    make_partner,
)

URL = "/en/"


@pytest.fixture
def home(client):
    """The page as a person finds it."""

    def home(person):
        client.force_login(person)
        return client.get(URL)

    return home


@pytest.fixture
def tags():
    kinds = (FrameworkKind.PILLAR, FrameworkKind.PRIORITY, FrameworkKind.MANDATE)
    return [make_objective(framework=make_framework(kind=kind)) for kind in kinds]


def days(number):
    """A day that many days from today."""
    return timezone.localdate() + dt.timedelta(days=number)


def names(response, section):
    """Titles under a heading of the page, by what its template was given."""
    work = response.context["work"]
    return {
        "now": [task.engagement.title for task in work.now.items],
        "drafts": [draft.engagement.title for draft in work.drafts.items],
        "planned": [engagement.title for engagement in work.planned.items],
        "untagged": [one.engagement.title for one in work.untagged.items],
        "waiting": [engagement.title for engagement in work.waiting.items],
        "lately": [engagement.title for engagement in work.lately],
    }[section]


def test_what_was_returned_to_me_comes_first_with_the_reason(home, staff):
    make_engagement(title_en="Late", stage=Stage.APPROVED, start=days(-3), logged_by=staff)
    make_engagement(title_en="Quiet", start=days(-20), logged_by=staff)
    make_engagement(
        title_en="Sent back",
        stage=Stage.RETURNED,
        stage_reason="Say which institutions.",
        start=days(30),
        logged_by=staff,
        decided_at=timezone.now(),
    )

    response = home(staff)

    assert names(response, "now") == ["Sent back", "Late", "Quiet"]
    page = response.content.decode()
    assert "Say which institutions." in page
    assert "3 days past its end" in page
    assert "20 days without outcome" in page


def test_nothing_of_a_colleague_waits_for_me(home, staff, colleague):
    make_engagement(stage=Stage.APPROVED, start=days(-3), logged_by=colleague)

    response = home(staff)

    assert names(response, "now") == []
    assert "Nothing waits for you." in response.content.decode()


def test_what_i_lead_waits_for_me_whoever_logged_it(home, staff, colleague):
    make_engagement(
        title_en="Led",
        stage=Stage.APPROVED,
        start=days(-3),
        logged_by=colleague,
        lead_officer=staff,
    )

    assert names(home(staff), "now") == ["Led"]


@pytest.mark.parametrize(
    "kwargs",
    [
        {"start": days(-20), "outcome": "They agreed."},
        {"start": days(-400)},
        {"start": days(0)},
        {"start": days(10), "stage": Stage.APPROVED},
        {"start": days(-3), "stage": Stage.CANCELLED, "stage_reason": "The host withdrew."},
    ],
    ids=["has an outcome", "long ago", "today", "lies ahead", "cancelled"],
)
def test_what_needs_nothing_does_not_wait(home, staff, kwargs):
    make_engagement(logged_by=staff, **kwargs)

    assert names(home(staff), "now") == []


def test_a_draft_says_what_it_still_needs(home, staff, colleague, tags):
    make_engagement(
        title_en="Begun", stage=Stage.DRAFT, logged_by=staff, kind="", start=PartialDate("")
    )
    make_engagement(
        title_en="Whole", stage=Stage.DRAFT, logged_by=staff, partners=[make_partner()],
        objectives=tags[:1],
    )  # fmt: skip
    make_engagement(title_en="Not mine", stage=Stage.DRAFT, logged_by=colleague)

    page = home(staff).content.decode()

    assert "To log it: a kind, a start, a partner and a pillar." in page
    assert "Ready to be logged." in page
    assert "Not mine" not in page


def test_a_draft_left_alone_for_a_month_is_pointed_out(home, staff):
    draft = make_engagement(stage=Stage.DRAFT, logged_by=staff, changed_at=at_noon(34))

    page = home(staff).content.decode()

    assert "Untouched for 34 days" in page
    assert f'href="/en/engagements/drafts/{draft.pk}/discard/"' in page


def test_planned_within_ninety_days_the_soonest_first(home, staff, colleague):
    theirs = {"logged_by": colleague, "stage": Stage.APPROVED}
    make_engagement(title_en="Theirs, soon", start=days(5), **theirs)
    make_engagement(title_en="Ours, later", start=days(89), logged_by=staff, stage=Stage.SUBMITTED)
    make_engagement(title_en="Too far", start=days(91), **theirs)
    make_engagement(title_en="Past", start=days(-1), **theirs)
    make_engagement(title_en="Done", start=days(5), logged_by=colleague)

    assert names(home(staff), "planned") == ["Theirs, soon", "Ours, later"]


def test_of_more_that_is_planned_than_fits_my_office_s_is_kept(home, staff, colleague):
    for day in range(1, 12):
        make_engagement(
            title_en=f"Day {day}", start=days(day), logged_by=colleague, stage=Stage.APPROVED
        )
    make_engagement(title_en="Ours", start=days(89), logged_by=staff, stage=Stage.SUBMITTED)

    planned = names(home(staff), "planned")

    assert planned == [*(f"Day {day}" for day in range(1, 10)), "Ours"]


def test_mine_that_lack_a_tag_say_which(home, staff, colleague, tags):
    pillar, priority, _mandate = tags
    make_engagement(title_en="Half", logged_by=staff, objectives=[pillar, priority])
    make_engagement(title_en="Whole", logged_by=staff, objectives=tags)
    make_engagement(title_en="Theirs", logged_by=colleague, objectives=[pillar])

    response = home(staff)

    assert names(response, "untagged") == ["Half"]
    page = response.content.decode()
    assert "no mandate item" in page
    assert "no strategic priority" not in page


def test_lists_what_i_logged_lately(home, staff, colleague):
    for number in range(6):
        make_engagement(
            title_en=f"Visit {number}",
            logged_by=staff,
            logged_at=timezone.now() - dt.timedelta(days=number),
        )
    make_engagement(title_en="Theirs", logged_by=colleague)

    assert names(home(staff), "lately") == [f"Visit {number}" for number in range(5)]


def test_an_approver_finds_what_waits_for_a_decision(home, approver, staff):
    make_engagement(title_en="Later", stage=Stage.SUBMITTED, start=days(60), logged_by=staff)
    make_engagement(title_en="Sooner", stage=Stage.SUBMITTED, start=days(6), logged_by=staff)
    make_engagement(title_en="Decided", stage=Stage.APPROVED, start=days(6), logged_by=staff)

    response = home(approver)

    assert names(response, "waiting") == ["Sooner", "Later"]
    page = response.content.decode()
    assert "Your drafts" not in page
    assert "Log an engagement" not in page


def test_a_reader_finds_what_is_planned_and_what_was_logged_lately(home, reader, staff):
    make_engagement(title_en="Open", logged_by=staff)
    make_engagement(title_en="Closed", logged_by=staff, sensitivity=Sensitivity.PROTECTED_A)

    response = home(reader)

    assert names(response, "lately") == ["Open"]
    page = response.content.decode()
    assert "Closed" not in page
    assert "Needs you now" not in page
    assert "Log an engagement" not in page


def test_nothing_above_my_clearance_is_named_anywhere(home, staff):
    for stage in [Stage.SUBMITTED, Stage.APPROVED, Stage.COMPLETED]:
        make_engagement(
            title_en="Secret",
            stage=stage,
            start=days(-3),
            logged_by=staff,
            sensitivity=Sensitivity.PROTECTED_B,
        )

    assert "Secret" not in home(staff).content.decode()


def test_the_page_carries_the_marking_of_what_it_names(home, staff):
    make_engagement(logged_by=staff, sensitivity=Sensitivity.PROTECTED_A)

    assert 'id="page-marking" data-level="1"' in home(staff).content.decode()


def test_an_empty_portal_says_what_to_do_first(home, staff):
    page = home(staff).content.decode()

    assert "Nothing waits for you." in page
    assert "No drafts." in page
    assert "You have logged nothing yet." in page


def fill(person, tags):
    """One of everything the page lists."""
    partner, country = make_partner(), make_country()
    common = {"logged_by": person, "partners": [partner], "countries": [country]}
    make_engagement(stage=Stage.DRAFT, objectives=tags[:1], **common)
    make_engagement(stage=Stage.APPROVED, start=days(-3), objectives=tags, **common)
    make_engagement(stage=Stage.SUBMITTED, start=days(9), objectives=tags[:1], **common)
    make_engagement(start=days(-9), objectives=tags[:2], **common)


@pytest.mark.parametrize(("person", "queries"), [("staff", 19), ("approver", 15), ("reader", 10)])
def test_takes_as_many_queries_for_three_as_for_one(
    client, request, tags, person, queries, django_assert_num_queries
):
    person = request.getfixturevalue(person)
    client.force_login(person)
    fill(person, tags)
    with django_assert_num_queries(queries):
        client.get(URL)
    fill(person, tags)
    fill(person, tags)
    with django_assert_num_queries(queries):
        client.get(URL)


def test_my_office_is_first_only_where_i_have_one(home, staff):
    staff.office = None
    staff.save()
    make_engagement(
        title_en="Somebody’s", stage=Stage.APPROVED, start=days(5), lead_office=make_office("PRA")
    )

    assert names(home(staff), "planned") == ["Somebody’s"]
    assert Engagement.objects.count() == 1


def test_counts_the_next_90_days_as_the_dashboard_does(home, client, staff):
    approved = {"stage": Stage.APPROVED, "logged_by": staff}
    ongoing = PartialDate(Precision.ONGOING)
    make_engagement(start=days(5), **approved)
    make_engagement(start=days(-5), end=PartialDate.day(days(5)), **approved)
    make_engagement(start=PartialDate.unknown(), end=ongoing, **approved)

    work = home(staff).context["work"]
    coming = client.get("/en/dashboard/").context["time"]["coming"]

    assert (work.planned.total, work.undated.total) == (2, 1)
    assert (coming.total.value, coming.undated.value) == (2, 1)
