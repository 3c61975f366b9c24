"""Tagging several engagements, picked in the list."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNumQueries, assertRedirects

from accounts.models import Sensitivity
from engagements.bulk import align_many
from engagements.kinds import Stage
from engagements.models import Alignment, Engagement
from objectives.models import FrameworkKind
from tests.factories import make_engagement, make_framework, make_objective, make_user

ADDRESS = reverse("engagements:align_many")


@pytest.fixture
def pillars():
    framework = make_framework("PILLARS")
    return make_objective("P1", framework), make_objective("P2", framework)


@pytest.fixture
def priority():
    framework = make_framework("FIVE", FrameworkKind.PRIORITY, in_force_from=dt.date(2006, 4, 1))
    return make_objective("S1", framework)


@pytest.fixture
def later(priority):
    framework = make_framework("SIX", FrameworkKind.PRIORITY, in_force_from=dt.date(2026, 6, 1))
    return make_objective("C1", framework)


@pytest.fixture
def two(staff, pillars):
    return [make_engagement(logged_by=staff, objectives=[pillars[0]]) for _ in range(2)]


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


def picks(engagements, **more):
    return {"pick": [engagement.reference for engagement in engagements], **more}


def codes(engagement):
    return {a.objective.code for a in Alignment.objects.filter(engagement=engagement)}


def told(response):
    """Reference → (added, removed, what cannot be done and why)."""
    return {
        one.engagement.reference: (
            [o.code for o in one.change.added],
            [o.code for o in one.change.removed],
            [(refusal.why, [o.code for o in refusal.objectives]) for refusal in one.refusals],
        )
        for one in response.context["planned"]
    }


# Choosing


def test_it_shows_what_is_picked_and_what_can_be_chosen(signed_in, two, priority):
    response = signed_in.get(ADDRESS, picks(two))

    assertContains(response, "2 engagements picked")
    assertContains(response, 'name="add" value="S1"')
    assertContains(response, 'name="remove" value="P1"')
    assertContains(response, "2 of 2 have it")


def test_every_framework_in_force_on_one_of_their_dates_is_offered(signed_in, staff, two, later):
    newer = make_engagement(logged_by=staff, start=dt.date(2026, 7, 1))

    response = signed_in.get(ADDRESS, picks([*two, newer]))

    assertContains(response, 'name="add" value="S1"')
    assertContains(response, 'name="add" value="C1"')


def test_nothing_picked_leads_back_with_a_word(signed_in):
    response = signed_in.get(ADDRESS, follow=True)

    assertRedirects(response, reverse("engagements:list"))
    assertContains(response, "Pick at least one engagement")


def test_more_than_200_are_too_many(signed_in):
    response = signed_in.get(ADDRESS, {"pick": [f"IE-2027-{n:04d}" for n in range(201)]})

    assertRedirects(response, reverse("engagements:list"))


@pytest.mark.parametrize("reference", ["IE-1999-0001", "nonsense/", "x\x00", ""])
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_is_not_there_is_not_there(signed_in, two, method, reference):
    data = picks(two)
    data["pick"].append(reference)

    assert getattr(signed_in, method)(ADDRESS, data | {"add": "P2"}).status_code == 404
    assert codes(two[0]) == {"P1"}


def test_what_may_not_be_seen_is_not_there_either(signed_in, staff, two):
    hidden = make_engagement(logged_by=staff, sensitivity=Sensitivity.PROTECTED_B)

    assert signed_in.get(ADDRESS, picks([*two, hidden])).status_code == 404


@pytest.mark.parametrize("who", ["reader", "approver"])
def test_those_who_log_nothing_are_refused(client, request, two, who):
    client.force_login(request.getfixturevalue(who))

    assert client.get(ADDRESS, picks(two)).status_code == 403


# What will change


def test_it_shows_what_will_change_and_changes_nothing_yet(signed_in, two, pillars, priority):
    response = signed_in.get(ADDRESS, picks(two, add=["S1", "P2"], remove=["P1"], do="preview"))

    expected = (["S1", "P2"], ["P1"], [])
    assert told(response) == {e.reference: expected for e in two}
    assertContains(response, "Change 2 engagements")
    assert codes(two[0]) == {"P1"}


def test_it_names_what_is_not_in_force_on_its_date(signed_in, staff, two, later):
    newer = make_engagement(logged_by=staff, start=dt.date(2026, 7, 1))

    response = signed_in.get(ADDRESS, picks([two[0], newer], add="C1", do="preview"))

    assert told(response) == {
        newer.reference: (["C1"], [], []),
        two[0].reference: ([], [], [("not-in-force", ["C1"])]),
    }
    assertContains(response, "not in force on its date")


def test_it_names_what_would_leave_no_pillar(signed_in, two):
    response = signed_in.get(ADDRESS, picks(two[:1], remove="P1", do="preview"))

    assert told(response) == {two[0].reference: ([], [], [("last-pillar", ["P1"])])}
    assertContains(response, "it would have no pillar left")
    assertContains(response, "Nothing will change.")


def test_it_names_what_is_not_yours_to_edit(client, colleague, two):
    client.force_login(colleague)

    response = client.get(ADDRESS, picks(two[:1], add="P2", do="preview"))

    assert told(response) == {two[0].reference: ([], [], [("not-yours", ["P2"])])}
    assertContains(response, "you may not edit this engagement")


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ({}, "Choose at least one objective"),
        ({"add": "X9"}, "There is no objective “X9”."),
        ({"remove": "x\x00"}, "There is no objective"),
        ({"add": "P1", "remove": "P1"}, "P1 is both to be added and to be removed."),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_choice_that_makes_no_sense_is_refused(signed_in, two, method, chosen, words):
    response = getattr(signed_in, method)(ADDRESS, picks(two, do="preview", **chosen))

    assertContains(response, words, status_code=422)
    assertContains(response, 'id="error-summary"', status_code=422)


def test_the_highest_sensitivity_marks_the_page(client, manager, two):
    protected = make_engagement(sensitivity=Sensitivity.PROTECTED_B)
    client.force_login(manager)

    assertContains(
        client.get(ADDRESS, picks([*two, protected])), 'id="page-marking" data-level="2"'
    )


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("preview", "queries"), [({}, 8), ({"do": "preview", "add": "P2"}, 11)])
def test_it_takes_the_same_number_of_queries_for_any_number_of_rows(
    signed_in, staff, pillars, rows, preview, queries
):
    some = [
        make_engagement(logged_by=staff, objectives=[pillars[0]], start=dt.date(2020 + n, 5, 1))
        for n in range(rows)
    ]

    with assertNumQueries(queries):
        signed_in.get(ADDRESS, picks(some, **preview))


# Done


def test_confirmed_all_of_them_are_changed_in_one_step(signed_in, staff, two, pillars, priority):
    response = signed_in.post(ADDRESS, picks(two, add=["S1", "P2"], remove=["P1"]), follow=True)

    assertContains(response, "The alignments of 2 engagements are changed.")
    for engagement in two:
        assert codes(engagement) == {"S1", "P2"}
        engagement.refresh_from_db()
        assert (engagement.version, engagement.changed_by) == (2, staff)
    assert {a.made_by for a in Alignment.objects.filter(objective=priority)} == {staff}


def test_done_again_it_changes_nothing_more(signed_in, two, priority):
    data = picks(two, add="S1")
    signed_in.post(ADDRESS, data)

    response = signed_in.post(ADDRESS, data, follow=True)

    assertContains(response, "Nothing had to be changed.")
    two[0].refresh_from_db()
    assert two[0].version == 2
    assert codes(two[0]) == {"P1", "S1"}


def test_what_it_has_already_keeps_its_reason_and_who_made_it(signed_in, two, pillars, priority):
    author = make_user()
    Alignment.objects.filter(engagement=two[0]).update(reason="Mine", primary=True, made_by=author)

    signed_in.post(ADDRESS, picks(two, add=["P1", "S1"]))

    kept = Alignment.objects.get(engagement=two[0], objective=pillars[0])
    assert (kept.reason, kept.primary, kept.made_by) == ("Mine", True, author)


def test_what_is_not_yours_is_left_and_the_rest_done(signed_in, colleague, two, pillars, priority):
    theirs = make_engagement(logged_by=colleague, objectives=[pillars[0]])

    response = signed_in.post(ADDRESS, picks([*two, theirs], add="S1"), follow=True)

    assertContains(response, "The alignments of 2 engagements are changed.")
    assert codes(theirs) == {"P1"}


def test_drafts_are_not_tagged_in_passing(signed_in, staff, two):
    draft = make_engagement(stage=Stage.DRAFT, logged_by=staff, reference=None)
    data = picks(two)
    data["pick"].append(draft.pk)

    assert signed_in.get(ADDRESS, data).status_code == 404


def test_where_one_fails_none_is_changed(staff, two, priority, monkeypatch):
    def fail(*args, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(type(Engagement.objects.all()), "update", fail)

    with pytest.raises(IntegrityError):
        align_many(by=staff, engagements=two, add=[priority], remove=[])

    assert [codes(engagement) for engagement in two] == [{"P1"}, {"P1"}]
