"""Two people tag one engagement: each objective is chosen by itself, and no reason is dropped."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from engagements.alignments import Tag, align
from objectives.models import FrameworkKind, Objective
from tests.engagements.telling import pillar, sent_by
from tests.factories import make_engagement, make_framework, make_objective

SAVE, GO_ON = {"do": "merge-save"}, {"do": "merge-go-on"}


@pytest.fixture
def engagement(staff):
    priorities = make_framework("FIVE", FrameworkKind.PRIORITY)
    for code in ("S1", "S2", "S3"):
        make_objective(code, priorities)
    return make_engagement(logged_by=staff, objectives=[pillar(), priorities.objectives.first()])


@pytest.fixture
def page(engagement):
    return reverse("engagements:align", args=[engagement.reference])


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


def tag(code, reason="", *, primary=False):
    return Tag(objective=Objective.objects.get(code=code), reason=reason, primary=primary)


def aligned(engagement):
    return {a.objective.code: (a.reason, a.primary) for a in engagement.alignments.all()}


def mine(*codes, **more):
    return {"version": 1, "objectives": codes, **more}


def test_what_either_alone_changed_goes_together(signed_in, page, engagement, manager):
    align(by=manager, engagement=engagement, tags=[tag("P1"), tag("S1"), tag("S2", "Theirs")])

    refused = signed_in.post(page, mine("P1", "S1", "S3", **{"reason-S3": "Typed with care"}))
    assertContains(refused, "manager saved it on", status_code=409)
    assertContains(refused, 'value="Typed with care"', status_code=409)
    saved = signed_in.post(page, sent_by(refused) | SAVE)

    assertRedirects(saved, engagement.get_absolute_url())
    assert aligned(engagement) == {
        "P1": ("", False),
        "S1": ("", False),
        "S2": ("Theirs", False),
        "S3": ("Typed with care", False),
    }


@pytest.mark.parametrize(("choice", "kept"), [("theirs", "Their reason"), ("mine", "My reason")])
def test_of_two_reasons_for_one_objective_either_is_kept(
    signed_in, page, engagement, manager, choice, kept
):
    align(by=manager, engagement=engagement, tags=[tag("P1"), tag("S1", "Their reason")])

    refused = signed_in.post(page, mine("P1", "S1", **{"reason-S1": "My reason"}))
    assert [row.aspect.name for row in refused.context["comparison"].to_choose] == ["tag-S1"]
    signed_in.post(page, sent_by(refused) | SAVE | {"choice-tag-S1": choice})

    assert aligned(engagement)["S1"] == (kept, False)


def test_two_primaries_of_one_framework_are_one_choice(signed_in, page, engagement, manager):
    align(by=manager, engagement=engagement, tags=[tag("P1"), tag("S1", primary=True)])

    refused = signed_in.post(page, mine("P1", "S1", "S2", **{"primary-FIVE": "S2"}))
    assert [row.aspect.name for row in refused.context["comparison"].to_choose] == ["primary-FIVE"]
    signed_in.post(page, sent_by(refused) | SAVE | {"choice-primary-FIVE": "theirs"})

    assert aligned(engagement) == {"P1": ("", False), "S1": ("", True), "S2": ("", False)}


def test_going_on_opens_the_page_with_what_is_chosen_and_saves_nothing(
    signed_in, page, engagement, manager
):
    align(by=manager, engagement=engagement, tags=[tag("P1"), tag("S1"), tag("S2")])
    refused = signed_in.post(page, mine("P1", "S3"))

    response = signed_in.post(page, sent_by(refused) | GO_ON)

    chosen = {row.objective.code for row in response.context["form"].rows if row.chosen}
    assert (chosen, response.context["version"]) == ({"P1", "S2", "S3"}, 2)
    assert set(aligned(engagement)) == {"P1", "S1", "S2"}


def test_what_moves_on_once_more_brings_the_page_again(signed_in, page, engagement, manager):
    align(by=manager, engagement=engagement, tags=[tag("P1"), tag("S1", "Their reason")])
    refused = signed_in.post(page, mine("P1", "S1", **{"reason-S1": "My reason"}))
    align(by=manager, engagement=engagement, tags=[tag("P1"), tag("S1", "Their other reason")])

    again = signed_in.post(page, sent_by(refused) | SAVE | {"choice-tag-S1": "mine"})

    assertContains(again, "your choices are kept", status_code=409)
    signed_in.post(page, sent_by(again) | SAVE)
    assert aligned(engagement)["S1"] == ("My reason", False)


def test_choosing_away_the_last_pillar_is_refused_and_comes_back_as_the_page(
    signed_in, page, engagement, manager
):
    pillar("P2")
    align(by=manager, engagement=engagement, tags=[tag("P2"), tag("S1")])
    refused = signed_in.post(page, mine("P1", "S1", "S2"))

    response = signed_in.post(page, sent_by(refused) | SAVE | {"choice-tag-P2": "mine"})

    assertContains(response, "Choose at least one pillar.", status_code=422)
    chosen = {row.objective.code for row in response.context["form"].rows if row.chosen}
    assert chosen == {"S1", "S2"}
