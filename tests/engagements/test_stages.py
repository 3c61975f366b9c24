"""What becomes of an engagement, on its page."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Role, Sensitivity
from engagements import stages
from engagements.alignments import Tag, align
from engagements.kinds import Stage
from tests.factories import make_engagement, make_objective, make_office, make_user

VERBS = {
    "approve": ({}, Stage.SUBMITTED, Stage.APPROVED),
    "return": ({"reason": "Say more."}, Stage.SUBMITTED, Stage.RETURNED),
    "decline": ({"reason": "Not now."}, Stage.SUBMITTED, Stage.DECLINED),
    "submit": ({}, Stage.RETURNED, Stage.SUBMITTED),
    "complete": ({"outcome": "It went well."}, Stage.APPROVED, Stage.COMPLETED),
    "cancel": ({"reason": "No money."}, Stage.APPROVED, Stage.CANCELLED),
}
DECISIONS = {"approve", "return", "decline"}
EDITORS = {Role.STAFF, Role.MANAGER, Role.ADMINISTRATOR}


def make(stage, **kwargs):
    needs_reason = stage in {Stage.RETURNED, Stage.DECLINED, Stage.CANCELLED}
    reason = {"stage_reason": "Because."} if needs_reason else {}
    return make_engagement(stage=stage, lead_office=make_office("IR"), **reason | kwargs)


def address(engagement, verb):
    return reverse(f"engagements:{verb}", args=[engagement.reference])


def press(client, engagement, verb, data, **kwargs):
    """The verb's button, by a person who saw the record as `engagement` has it."""
    return client.post(address(engagement, verb), {"version": engagement.version} | data, **kwargs)


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("verb", VERBS)
def test_each_role_does_what_is_its_own_and_nothing_else(client, verb, role):
    data, before, after = VERBS[verb]
    engagement = make(before)
    client.force_login(make_user("someone", role))
    may = role == Role.APPROVER if verb in DECISIONS else role in EDITORS

    response = press(client, engagement, verb, data)

    engagement.refresh_from_db()
    assert response.status_code == (302 if may else 403)
    assert engagement.stage == (after if may else before)


@pytest.mark.parametrize("stage", [one for one in Stage.values if one != Stage.DRAFT])
@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_starts_from_its_stages_and_says_otherwise_where_it_is_by_now(
    client, verb, stage
):
    data, _before, after = VERBS[verb]
    starts_from = {
        "submit": stages.CAN_BE_SUBMITTED,
        "complete": stages.CAN_BE_COMPLETED,
        "cancel": stages.CAN_BE_CANCELLED,
    }.get(verb, stages.CAN_BE_DECIDED)
    engagement = make(stage)
    role = Role.APPROVER if verb in DECISIONS else Role.STAFF
    client.force_login(make_user("someone", role))

    response = press(client, engagement, verb, data)

    engagement.refresh_from_db()
    if stage in starts_from:
        assert (response.status_code, engagement.stage) == (302, after)
    else:
        assertContains(response, engagement.get_stage_display(), status_code=409)
        assertContains(response, str(engagement.changed_by), status_code=409)
        assert (engagement.stage, engagement.version) == (stage, 1)


def test_who_comes_second_is_told_and_gets_the_typed_reason_back(client, approver):
    engagement = make(Stage.SUBMITTED)
    quicker = make_user("quicker", Role.APPROVER)
    client.force_login(approver)
    client.get(address(engagement, "decline"))
    stages.approve(by=quicker, engagement=engagement)

    response = press(client, engagement, "decline", {"reason": "Too far away."})

    for words in ["Nothing was changed", "“Approved”", "quicker", "Too far away."]:
        assertContains(response, words, status_code=409)
    engagement.refresh_from_db()
    assert (engagement.stage, engagement.stage_reason) == (Stage.APPROVED, "")


@pytest.mark.parametrize("verb", ["return", "decline", "cancel"])
@pytest.mark.parametrize("reason", ["", "   ", "nul\x00", "x" * 2001])
def test_a_reason_is_required_and_readable(client, verb, reason):
    engagement = make(Stage.SUBMITTED)
    client.force_login(make_user("someone", Role.APPROVER if verb in DECISIONS else Role.STAFF))

    response = press(client, engagement, verb, {"reason": reason})

    assert response.status_code == 422
    assertContains(response, 'href="#id_reason"', status_code=422)
    engagement.refresh_from_db()
    assert engagement.stage == Stage.SUBMITTED


def test_what_was_decided_is_said_on_the_page_it_leads_back_to(client, approver):
    engagement = make(Stage.SUBMITTED)
    client.force_login(approver)

    response = press(client, engagement, "return", {"reason": "Say <who> goes."}, follow=True)

    assert response.request["PATH_INFO"] == engagement.get_absolute_url()
    assertContains(response, f"{engagement.reference} is returned with your reason.")
    assertContains(response, "<p>Say &lt;who&gt; goes.</p>", html=True)
    engagement.refresh_from_db()
    assert (engagement.decided_by, engagement.stage_reason) == (approver, "Say <who> goes.")


def test_an_approval_records_by_whom(client, approver):
    engagement = make(Stage.SUBMITTED)
    client.force_login(approver)

    press(client, engagement, "approve", {})

    engagement.refresh_from_db()
    assert (engagement.approval, engagement.approved_by) == ("given", "approver")


def test_completing_asks_for_an_outcome_only_where_there_is_none(client, staff):
    told, untold = make(Stage.APPROVED, outcome="Told before."), make(Stage.APPROVED)
    client.force_login(staff)

    assertContains(client.get(address(untold, "complete")), 'name="outcome"')
    response = client.get(address(told, "complete"))
    assertNotContains(response, 'name="outcome"')
    assertContains(response, "Told before.")
    press(client, untold, "complete", {"outcome": ""})
    untold.refresh_from_db()
    assert (untold.stage, untold.outcome) == (Stage.COMPLETED, "")


@pytest.mark.parametrize("verb", VERBS)
def test_what_may_not_be_seen_or_edited_is_not_there(client, verb):
    data, before, _after = VERBS[verb]
    hidden = make(before, sensitivity=Sensitivity.PROTECTED_B)
    client.force_login(make_user("someone", Role.APPROVER if verb in DECISIONS else Role.STAFF))

    assert client.get(address(hidden, verb)).status_code == 404
    assert press(client, hidden, verb, data).status_code == 404
    hidden.refresh_from_db()
    assert hidden.stage == before


@pytest.mark.parametrize("verb", ["submit", "complete", "cancel"])
def test_staff_of_another_office_do_not_decide_what_became_of_it(client, colleague, verb):
    data, before, _after = VERBS[verb]
    engagement = make(before)
    client.force_login(colleague)

    assert press(client, engagement, verb, data).status_code == 403


@pytest.mark.parametrize(
    ("role", "stage", "offered"),
    [
        (Role.APPROVER, Stage.SUBMITTED, {"approve", "return", "decline"}),
        (Role.APPROVER, Stage.APPROVED, set()),
        (Role.APPROVER, Stage.RETURNED, set()),
        (Role.STAFF, Stage.SUBMITTED, {"complete", "cancel"}),
        (Role.STAFF, Stage.APPROVED, {"complete", "cancel"}),
        (Role.STAFF, Stage.RETURNED, {"submit", "cancel"}),
        (Role.MANAGER, Stage.RETURNED, {"submit", "cancel"}),
        (Role.STAFF, Stage.COMPLETED, set()),
        (Role.STAFF, Stage.DECLINED, set()),
        (Role.READER, Stage.SUBMITTED, set()),
    ],
)
def test_the_record_offers_what_this_person_can_do_now(client, role, stage, offered):
    engagement = make(stage)
    client.force_login(make_user("someone", role))

    page = client.get(engagement.get_absolute_url()).content.decode()

    assert {verb for verb in VERBS if f'"{address(engagement, verb)}' in page} == offered


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_has_a_page_of_its_own_that_changes_nothing(client, verb):
    _data, before, _after = VERBS[verb]
    engagement = make(before)
    client.force_login(make_user("someone", Role.APPROVER if verb in DECISIONS else Role.STAFF))

    response = client.get(address(engagement, verb))

    assertContains(response, "changing nothing")
    engagement.refresh_from_db()
    assert (engagement.stage, engagement.version) == (before, 1)


def test_an_outcome_typed_while_another_was_written_is_given_back(client, staff):
    engagement = make(Stage.APPROVED, outcome="Theirs.")
    client.force_login(staff)

    response = press(client, engagement, "complete", {"outcome": "Mine."}, follow=True)

    assertContains(response, "Yours, to add by editing: Mine.")
    engagement.refresh_from_db()
    assert (engagement.stage, engagement.outcome) == (Stage.COMPLETED, "Theirs.")


@pytest.mark.parametrize("verb", ["return", "cancel"])
def test_a_page_opened_too_late_says_so_before_anything_is_typed(client, verb):
    engagement = make(Stage.COMPLETED)
    client.force_login(make_user("someone", Role.APPROVER if verb in DECISIONS else Role.STAFF))

    assertContains(client.get(address(engagement, verb)), "“Completed”", status_code=409)


@pytest.mark.parametrize("verb", VERBS)
def test_what_was_changed_since_it_was_seen_is_not_decided_before_it_is_seen_again(
    client, manager, verb
):
    data, before, after = VERBS[verb]
    engagement = make(before, logged_by=manager)
    client.force_login(make_user("someone", Role.APPROVER if verb in DECISIONS else Role.STAFF))
    align(by=manager, engagement=engagement, tags=[Tag(objective=make_objective("S1"))])

    response = press(client, engagement, verb, data)

    for words in ["was changed since you opened it", "manager changed it", *data.values()]:
        assertContains(response, words, status_code=409)
    engagement.refresh_from_db()
    assert engagement.stage == before
    assertContains(
        response, f'name="version" value="{engagement.version}"', count=1, status_code=409
    )
    assert press(client, engagement, verb, data).status_code == 302
    engagement.refresh_from_db()
    assert engagement.stage == after


@pytest.mark.parametrize("sent", [{}, {"version": ""}, {"version": "x"}, {"version": "9" * 40}])
def test_a_button_that_does_not_say_what_was_seen_decides_nothing(client, approver, sent):
    engagement = make(Stage.SUBMITTED)
    client.force_login(approver)

    assert client.post(address(engagement, "approve"), sent).status_code == 409
    engagement.refresh_from_db()
    assert engagement.stage == Stage.SUBMITTED


def test_the_page_of_a_verb_says_that_the_record_moved_on_since_its_own_page_was_read(
    client, approver, manager
):
    engagement = make(Stage.SUBMITTED)
    client.force_login(approver)
    page = client.get(engagement.get_absolute_url()).content.decode()
    link = f"{address(engagement, 'decline')}?version=1"
    assert link in page
    align(by=manager, engagement=engagement, tags=[Tag(objective=make_objective("S1"))])

    response = client.get(link)

    assertContains(response, "was changed since you opened it", status_code=409)
    assertContains(response, 'name="version" value="2"', count=1, status_code=409)


def test_a_version_is_carried_without_a_separator_however_often_it_was_changed(client, approver):
    engagement = make(Stage.SUBMITTED, version=1234)
    client.force_login(approver)

    assertContains(client.get(engagement.get_absolute_url()), 'name="version" value="1234"')
    assertContains(client.get(address(engagement, "return")), 'name="version" value="1234"')
