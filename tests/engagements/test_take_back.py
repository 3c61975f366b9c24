"""Taking back what was decided about an engagement, or said to have become of it."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Role, Sensitivity
from common.history.models import Revision
from engagements import stages
from engagements.kinds import Stage
from tests.factories import make_engagement, make_office, make_user

# What was done, by whom, from which stage; what it leaves behind.
ACTS = {
    Stage.APPROVED: ("approve", Role.APPROVER, Stage.SUBMITTED, {}),
    Stage.RETURNED: ("send_back", Role.APPROVER, Stage.SUBMITTED, {"reason": "Say more."}),
    Stage.DECLINED: ("decline", Role.APPROVER, Stage.SUBMITTED, {"reason": "Not now."}),
    Stage.SUBMITTED: ("submit", Role.STAFF, Stage.RETURNED, {}),
    Stage.COMPLETED: ("complete", Role.STAFF, Stage.APPROVED, {}),
    Stage.CANCELLED: ("cancel", Role.STAFF, Stage.APPROVED, {"reason": "No money."}),
}
KEPT = (
    "stage",
    "stage_reason",
    "approval",
    "approved_by",
    "approved_on",
    "decided_at",
    "decided_by",
)


def make(stage, **kwargs):
    reason = {"stage_reason": "Because."} if stage == Stage.RETURNED else {}
    return make_engagement(stage=stage, lead_office=make_office("IR"), **reason | kwargs)


def done(stage, **kwargs):
    """An engagement that an act has brought to this stage, and how it stood before."""
    verb, role, before, said = ACTS[stage]
    engagement = make(before, **kwargs)
    engagement.refresh_from_db()
    stood = {name: getattr(engagement, name) for name in KEPT}
    return getattr(stages, verb)(by=make_user(role=role), engagement=engagement, **said), stood


def address(engagement):
    return reverse("engagements:take_back", args=[engagement.reference])


def take_back(client, engagement, reason="A slip.", **sent):
    sent = {"reason": reason, "version": engagement.version} | sent
    return client.post(address(engagement), sent)


@pytest.mark.parametrize("stage", ACTS)
def test_what_is_taken_back_leaves_stage_reason_and_approval_as_they_were(client, stage):
    engagement, stood = done(stage, purpose="To see.")
    client.force_login(make_user("someone", ACTS[stage][1]))

    response = take_back(client, engagement)

    engagement.refresh_from_db()
    assert response.status_code == 302
    assert {name: getattr(engagement, name) for name in KEPT} == stood
    assert engagement.changed_by.username == "someone"


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("stage", [Stage.APPROVED, Stage.CANCELLED])
def test_an_approver_takes_back_decisions_and_an_office_its_own_acts(client, stage, role):
    engagement, _stood = done(stage)
    client.force_login(make_user("someone", role))
    editors = {Role.STAFF, Role.MANAGER, Role.ADMINISTRATOR}
    may = role == Role.APPROVER if stage == Stage.APPROVED else role in editors

    offered = address(engagement) in client.get(engagement.get_absolute_url()).content.decode()
    asked = client.get(address(engagement)).status_code
    told = take_back(client, engagement).status_code

    assert (offered, asked, told) == ((True, 200, 302) if may else (False, 403, 403))
    engagement.refresh_from_db()
    assert (engagement.stage == stage) is not may


def test_staff_of_another_office_take_nothing_back(client, colleague):
    engagement, _stood = done(Stage.CANCELLED)
    client.force_login(colleague)

    assertContains(take_back(client, engagement), "Office IR leads", status_code=403)


def test_what_was_changed_meanwhile_stays(client, staff):
    engagement = make(Stage.APPROVED)
    stages.complete(by=staff, engagement=engagement, outcome="It went well.")
    engagement.refresh_from_db()
    client.force_login(staff)

    take_back(client, engagement)

    engagement.refresh_from_db()
    assert (engagement.stage, engagement.outcome) == (Stage.APPROVED, "It went well.")


def test_the_act_and_its_taking_back_both_stay_on_record_with_the_reason(client, approver):
    engagement, _stood = done(Stage.DECLINED)
    client.force_login(approver)

    take_back(client, engagement, reason="Meant another one.")

    acts = Revision.objects.of("engagement", [engagement.pk]).order_by("number")
    assert list(acts.values_list("act", "reason")) == [
        ("found", ""), ("declined", ""), ("taken-back", "Meant another one."),
    ]  # fmt: skip


@pytest.mark.parametrize("reason", ["", "  ", "nul\x00", "x" * 2001])
def test_a_reason_is_required_and_readable(client, approver, reason):
    engagement, _stood = done(Stage.APPROVED)
    client.force_login(approver)

    response = take_back(client, engagement, reason=reason)

    assertContains(response, 'href="#id_reason"', status_code=422)
    engagement.refresh_from_db()
    assert engagement.stage == Stage.APPROVED


def test_acts_are_taken_back_one_by_one_and_each_once(client, approver, staff):
    engagement = make(Stage.SUBMITTED)
    for verb, by in ((stages.approve, approver), (stages.complete, staff)):
        engagement = verb(by=by, engagement=engagement)
    client.force_login(staff)
    take_back(client, engagement)
    engagement.refresh_from_db()
    assert engagement.stage == Stage.APPROVED
    assert client.get(address(engagement)).status_code == 403
    client.force_login(approver)

    take_back(client, engagement)

    engagement.refresh_from_db()
    assert (engagement.stage, engagement.approval) == (Stage.SUBMITTED, "")
    assertContains(
        client.get(address(engagement)), "There is nothing to take back", status_code=409
    )


def test_what_was_logged_as_it_is_has_nothing_to_take_back(client, manager):
    engagement = make(Stage.COMPLETED)
    stages_before = Revision.objects.count()
    client.force_login(manager)

    assertContains(take_back(client, engagement), "There is nothing to take back", status_code=409)
    assertNotContains(client.get(engagement.get_absolute_url()), address(engagement))
    assert Revision.objects.count() == stages_before


def test_who_comes_second_is_told_and_gets_the_typed_reason_back(client, approver, staff):
    engagement, _stood = done(Stage.APPROVED)
    client.force_login(approver)
    client.get(address(engagement))
    engagement.refresh_from_db()
    seen = engagement.version
    stages.complete(by=staff, engagement=engagement)
    client.force_login(staff)

    response = take_back(client, engagement, reason="Too early.", version=seen)

    for words in ["changed since you opened it", "staff", "Too early."]:
        assertContains(response, words, status_code=409)
    engagement.refresh_from_db()
    assert engagement.stage == Stage.COMPLETED


def test_pressed_twice_it_is_taken_back_once(client, staff):
    engagement, _stood = done(Stage.COMPLETED)
    client.force_login(staff)
    take_back(client, engagement)

    assert take_back(client, engagement).status_code == 409
    engagement.refresh_from_db()
    assert engagement.stage == Stage.APPROVED


def test_what_was_done_while_it_was_above_the_reader_is_not_theirs_to_take_back(client, staff):
    engagement, _stood = done(Stage.CANCELLED, sensitivity=Sensitivity.PROTECTED_B)
    engagement.sensitivity = Sensitivity.UNCLASSIFIED
    engagement.save()
    client.force_login(staff)

    assertContains(client.get(address(engagement)), "nothing to take back", status_code=409)
    assertNotContains(client.get(engagement.get_absolute_url()), address(engagement))


def test_what_may_not_be_seen_is_not_there(client, staff):
    engagement, _stood = done(Stage.CANCELLED, sensitivity=Sensitivity.PROTECTED_B)
    client.force_login(staff)

    assert client.get(address(engagement)).status_code == 404
    assert take_back(client, engagement).status_code == 404


def test_the_page_says_who_did_it_and_where_it_goes(client, approver):
    engagement = make(Stage.SUBMITTED)
    stages.approve(by=approver, engagement=engagement)
    client.force_login(approver)

    response = client.get(address(engagement))

    assertContains(response, "<h1>Take back the approval</h1>", html=True)
    assertContains(response, "This was done by approver on 20")
    assertContains(response, "goes back to the stage “Submitted”")


def test_whoever_decides_is_told_that_it_can_be_taken_back(client, approver):
    engagement = make(Stage.SUBMITTED)
    client.force_login(approver)
    approve = reverse("engagements:approve", args=[engagement.reference])

    response = client.post(approve, {"version": 1}, follow=True)
    assertContains(response, "is approved. It can be taken back on this page.")
    engagement.refresh_from_db()
    response = client.post(
        address(engagement), {"reason": "No.", "version": engagement.version}, follow=True
    )

    assertContains(response, f"{engagement.reference} is back in the stage “Submitted”.")
    assertNotContains(response, "can be taken back")
