"""How complete: what is missing against engagements counted by hand, and what each reader can do about it."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Sensitivity
from dashboards.exports import plain
from dashboards.exports.completeness import completeness_lines
from dashboards.metrics.completeness import completeness, own_drafts
from engagements.gaps import Gap
from engagements.kinds import Stage
from engagements.models import Engagement
from objectives.models import FrameworkKind
from tests.factories import (
    at_noon,
    make_country,
    make_engagement,
    make_framework,
    make_objective,
    make_partner,
    make_user,
)

TODAY = dt.date(2026, 11, 22)
LONG_AGO = dt.date(2026, 5, 15)
URL = "/en/dashboard/"


def found(reader, today=TODAY):
    return completeness(Engagement.objects.visible_to(reader).counted(), reader, today)


def told(reader, what):
    """(lacking, among, of them for the reader to do)."""
    (lack,) = [one for one in found(reader).lacks if one.what == what]
    return lack.engagements.value, lack.of.value, lack.to_do.value


def whole(**kwargs):
    """An engagement that lacks nothing but tags."""
    partner = make_partner(verified_on=TODAY)
    return make_engagement(
        **{
            "title_fr": "Visite",
            "outcome": "An exchange every year.",
            "actual_cost": 0,
            "csc_participants": 0,
            "partners": [partner],
            "countries": [make_country()],
        }
        | kwargs
    )


def test_what_is_whole_lacks_no_more_than_tags(manager):
    whole()

    lacking = {one.what for one in found(manager).lacks if one.engagements}

    assert lacking == set(FrameworkKind)


@pytest.mark.parametrize(
    ("missing", "gap"),
    [
        ({"outcome": ""}, Gap.OUTCOME),
        ({"actual_cost": None}, Gap.COST),
        ({"csc_participants": None}, Gap.PEOPLE),
        ({"title_fr": ""}, Gap.TITLE_FR),
        ({"title_en": ""}, Gap.TITLE_EN),
        ({"countries": []}, Gap.COUNTRY),
        ({"partners": []}, Gap.PARTNER),
    ],
    ids=lambda value: value.value if isinstance(value, Gap) else "",
)
def test_each_thing_that_is_missing_is_told_among_those_that_should_have_it(manager, missing, gap):
    whole()
    whole(**missing)
    whole(**missing, stage=Stage.CANCELLED, stage_reason="The host withdrew.")

    gaps = {one.what: one.engagements.value for one in found(manager).lacks if one.engagements}

    assert {what: n for what, n in gaps.items() if isinstance(what, Gap)} == {gap: 1}
    assert told(manager, gap) == (1, 2, 1)


def test_cost_people_and_outcome_are_asked_of_what_was_completed_alone(manager):
    make_engagement(start=dt.date(2026, 12, 1), stage=Stage.APPROVED)

    for gap in (Gap.OUTCOME, Gap.COST, Gap.PEOPLE):
        assert told(manager, gap) == (0, 0, 0)
    assert told(manager, Gap.LATE) == (0, 1, 0)


def test_what_is_planned_and_past_wants_to_be_said(manager):
    make_engagement(start=LONG_AGO, stage=Stage.APPROVED)
    make_engagement(start=LONG_AGO)

    assert told(manager, Gap.LATE) == (1, 1, 1)


def test_what_has_no_objective_of_a_kind_of_any_framework_is_untagged(manager):
    pillar = make_objective("P1", make_framework(kind=FrameworkKind.PILLAR))
    older = make_objective("M9", make_framework(kind=FrameworkKind.MANDATE, adopted=False))
    whole(objectives=[pillar])
    whole(objectives=[pillar, older])

    kinds = {kind: told(manager, kind)[0] for kind in FrameworkKind}

    assert list(kinds.values()) == [0, 2, 1, 2, 2]


def test_most_of_what_is_missing_comes_first_and_is_drawn_as_its_share(manager):
    whole(title_fr="")
    whole()

    first, *_others, last = found(manager).lacks

    assert (first.engagements.value, first.share, first.width) == (2, 1, "120.0")
    assert (last.engagements.value, last.share) == (0, 0)


def test_partners_that_nobody_verified_for_a_year_are_counted_by_themselves_too(administrator):
    whole(partners=[make_partner()])
    make_partner()
    make_partner(verified_on=TODAY)

    assert told(administrator, Gap.PARTNER_UNVERIFIED)[:2] == (1, 1)
    assert found(administrator).partners == 2


def test_staff_are_told_what_they_may_add_themselves(staff, colleague, approver):
    whole(title_fr="", logged_by=staff)
    whole(title_fr="", logged_by=colleague)

    assert told(staff, Gap.TITLE_FR) == (2, 2, 1)
    assert told(approver, Gap.TITLE_FR) == (2, 2, 0)


@pytest.mark.parametrize(("role", "queries"), [("manager", 3), ("staff", 5), ("reader", 3)])
def test_takes_as_many_queries_for_three_as_for_one(
    request, role, queries, django_assert_num_queries
):
    reader = request.getfixturevalue(role)
    make_engagement()
    with django_assert_num_queries(queries):
        found(reader)
    make_engagement(partners=[make_partner()])
    make_engagement(stage=Stage.APPROVED)
    with django_assert_num_queries(queries):
        found(reader)


def saved(author, days_ago, **kwargs):
    at = at_noon(days_ago)
    return make_engagement(stage=Stage.DRAFT, logged_by=author, changed_at=at, **kwargs)


def test_drafts_are_told_to_their_author_with_those_that_age(staff):
    oldest = saved(staff, 45)
    saved(staff, 30)
    saved(staff, 29)

    drafts = own_drafts(Engagement.objects.drafts_of(staff), timezone.localdate())

    assert (drafts.all.value, drafts.ageing.value, drafts.oldest) == (3, 2, oldest.changed_at)


def test_nobody_elses_drafts_are_in_any_figure_of_the_page(client, staff, colleague):
    make_engagement(logged_by=staff)
    saved(staff, 40, title_en="")
    client.force_login(colleague)

    page = client.get(URL)

    assert page.context["completeness"]["drafts"].all.value == 0
    assertNotContains(page, "Only you see them")
    client.force_login(staff)
    assertContains(client.get(URL), "You have 1 draft here.")


def test_the_filter_narrows_the_readers_drafts_too(client, staff):
    make_engagement(logged_by=staff, kind="incoming-visit")
    saved(staff, 40, kind="incoming-visit")
    saved(staff, 40, kind="outgoing-visit")
    client.force_login(staff)

    drafts = client.get(URL + "?kind=incoming-visit").context["completeness"]["drafts"]
    none = client.get(URL + "?kind=incoming-visit&stage=completed").context["completeness"]

    assert (drafts.all.value, none["drafts"].all.value) == (1, 0)


def page_of(client, person):
    client.force_login(person)
    return client.get(URL)


def test_links_to_what_is_to_do_fit_the_readers_rights(client, reader, staff, administrator):
    whole(title_fr="", partners=[make_partner()], logged_by=staff)

    assertNotContains(page_of(client, reader), "To do")
    mine = page_of(client, staff)
    assertContains(mine, "Add a title in French")
    assertContains(mine, "editable=1")
    assertNotContains(mine, "Verify the partners")
    everybodys = page_of(client, administrator)
    assertContains(everybodys, "Verify the partners")
    assertNotContains(everybodys, "editable=1")


def test_staff_of_another_office_find_nothing_to_do(client, staff, colleague):
    whole(title_fr="", logged_by=staff)

    page = page_of(client, colleague)

    assertNotContains(page, "Add a title in French")
    assertContains(page, "for those who may edit them")


def test_the_file_has_a_line_for_each_and_no_draft(client, staff):
    whole(title_fr="")
    whole()
    saved(staff, 40)
    client.force_login(staff)

    block = client.get(URL).context["completeness"]
    headings, *rows = [[plain(value) for value in line] for line in completeness_lines(block)]

    assert headings == ["What is missing", "Engagements", "Of", "Share (%)"]
    assert ["No title in French", 1, 2, 50] in rows
    assert len(rows) == 14


def test_what_may_not_be_opened_is_missing_nothing(reader):
    make_engagement(sensitivity=Sensitivity.PROTECTED_A, logged_by=make_user())
    make_engagement()

    assert told(reader, Gap.TITLE_FR)[:2] == (1, 1)
