"""Restricted notes: read by those they name, and by nobody else known to exist."""

import re
import uuid
from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Role, Sensitivity, User
from common.history.models import Revision
from common.history.reading import history_of
from engagements.kinds import Stage
from engagements.models import Note
from engagements.notes import amend_note, bring_back_note, withdraw_note, write_note
from tests.engagements.noting import RELATIONS, SECRET, A, B, address, related, told
from tests.factories import make_engagement, make_note, make_office, make_user


@pytest.fixture
def engagement(staff):
    return make_engagement(logged_by=staff, lead_office=make_office("IR"))


@pytest.fixture
def note(engagement, staff, colleague):
    return make_note(engagement, text=SECRET, written_by=staff, people=[colleague])


# Who reads


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("role", Role.values)
def test_a_note_is_read_by_its_author_and_those_it_names_as_far_as_they_are_cleared(
    client, role, relation
):
    user = make_user("somebody", role)
    engagement = make_engagement(lead_office=make_office("ELSEWHERE"))
    note = related(relation, user, engagement, A)
    client.force_login(user)

    for sensitivity, clearance in product(Sensitivity.values, Sensitivity.values):
        Note.objects.update(sensitivity=sensitivity)
        User.objects.filter(pk=user.pk).update(clearance=clearance)

        page = client.get(engagement.get_absolute_url()).content.decode()
        itself = client.get(address("withdraw_note", note)).status_code

        reads = relation != "nobody" and sensitivity <= clearance
        assert (SECRET in page, itself != 404) == (reads, reads), (sensitivity, clearance)


@pytest.mark.parametrize("relation", RELATIONS)
def test_an_engagement_one_may_not_see_hides_its_notes_as_well(client, staff, relation):
    engagement = make_engagement(sensitivity=B)
    note = related(relation, staff, engagement, Sensitivity.UNCLASSIFIED)
    client.force_login(staff)

    assert client.get(engagement.get_absolute_url()).status_code == 404
    assert client.get(address("edit_note", note)).status_code == 404
    assert not Note.objects.readable_by(staff)


def test_no_office_is_no_office_in_common(engagement):
    homeless = make_user(office=None)
    make_note(engagement, people=[make_user()])

    assert not Note.objects.readable_by(homeless)


# To everybody else it does not exist


@pytest.mark.parametrize("role", Role.values)
def test_the_page_of_whoever_may_read_none_is_the_same_without_any(client, role):
    reader = make_user("somebody", role, clearance=B)
    author = make_user(role=Role.STAFF, office=make_office("ELSEWHERE"))
    engagement = make_engagement(logged_by=author)
    client.force_login(reader)
    before = client.get(engagement.get_absolute_url())

    make_note(engagement, text=SECRET, people=[author], office=author.office, sensitivity=B)

    after = client.get(engagement.get_absolute_url())
    assert without_token(after) == without_token(before)
    assert {*after.headers} == {*before.headers}
    assertNotContains(after, 'class="note')


def without_token(response):
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", response.content)


@pytest.mark.parametrize("role", Role.values)
def test_only_who_may_write_is_told_that_there_are_restricted_notes(client, role):
    engagement = make_engagement(lead_office=make_office("IR"))
    client.force_login(make_user("somebody", role))

    page = client.get(engagement.get_absolute_url()).content.decode()

    assert ("estricted note" in page) == (role != Role.READER)


def without_address(response, url):
    """The page but for its own address, in either language."""
    key = url.rstrip("/").split("/")[-2]
    return without_token(response).replace(key.encode(), b"")


@pytest.mark.parametrize("method", ["get", "head", "post"])
@pytest.mark.parametrize("name", ["edit_note", "withdraw_note", "bring_back_note"])
@pytest.mark.parametrize("role", Role.values)
def test_a_note_one_may_not_read_answers_like_one_that_is_not_there(
    client, note, role, name, method
):
    client.force_login(make_user("somebody", role, office=make_office("ELSEWHERE"), clearance=B))
    hidden = address(name, note)
    missing = hidden.replace(str(note.key), str(uuid.uuid4()))
    sent = told()

    answers = [getattr(client, method)(url, sent) for url in (hidden, missing)]

    # What is only ever sent has no page to get, whether it is there or not.
    only_sent = name == "bring_back_note" and method != "post"
    assert {answer.status_code for answer in answers} == {405 if only_sent else 404}
    assert without_address(answers[0], hidden) == without_address(answers[1], missing)
    note.refresh_from_db()
    assert (note.text, note.withdrawn_at) == (SECRET, None)


@pytest.mark.parametrize("name", ["edit_note", "withdraw_note"])
def test_a_note_of_another_engagement_is_not_there(client, staff, note, name):
    other = make_engagement(logged_by=staff)
    client.force_login(staff)

    url = reverse(f"engagements:{name}", args=[other.reference, note.key])

    assert client.get(url).status_code == 404
    assert client.post(url, told()).status_code == 404


def test_a_note_is_found_by_no_search_and_changes_no_list_file_or_figure(client, staff, engagement):
    client.force_login(staff)
    urls = [
        reverse("engagements:list") + "?q=warden",
        reverse("engagements:list") + "?sort=changed",
        reverse("engagements:export"),
        reverse("dashboards:home"),
        reverse("dashboards:overview"),
    ]
    before = [read(client, url) for url in urls]

    make_note(engagement, text=SECRET, written_by=staff, people=[make_user()], sensitivity=A)

    assert [read(client, url) for url in urls] == before
    assert all(SECRET.encode() not in page for page in before)


def read(client, url):
    response = client.get(url)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return re.sub(rb'value="\w{64}"', b"", body)


# The page


def test_a_note_is_told_with_its_marking_author_and_who_may_read_it(client, staff, engagement):
    people = [make_user("colleague", clearance=B)]
    make_note(
        engagement,
        text="Ce qui a été dit",
        text_language="fr",
        written_by=staff,
        people=people,
        office=make_office("PRA"),
        sensitivity=A,
    )
    client.force_login(staff)

    response = client.get(engagement.get_absolute_url())

    assertContains(response, '<span class="stamp stamp-protected">Protected A</span>', html=True)
    assertContains(
        response, '<div class="prose" lang="fr"><p>Ce qui a été dit</p></div>', html=True
    )
    for words in [
        "staff, who wrote it",
        "colleague",
        "everyone of Office PRA cleared to Protected A",
    ]:
        assertContains(response, f"<li>{words}</li>", html=True)


def test_whoever_is_named_but_cleared_no_longer_is_told_so(client, staff, note, colleague):
    note.sensitivity = A
    note.save()
    colleague.clearance = Sensitivity.UNCLASSIFIED
    colleague.save()
    client.force_login(staff)

    response = client.get(note.engagement.get_absolute_url())

    assertContains(response, "colleague, who is named but may no longer read it")
    client.force_login(colleague)
    assertNotContains(client.get(note.engagement.get_absolute_url()), SECRET)


@pytest.mark.parametrize("role", [Role.STAFF, Role.READER])
def test_the_page_carries_the_marking_of_the_highest_note_on_it(client, engagement, role):
    somebody = make_user("somebody", role, clearance=B)
    make_note(engagement, sensitivity=A, people=[somebody])
    make_note(engagement, sensitivity=B, people=[make_user()])
    client.force_login(somebody)

    response = client.get(engagement.get_absolute_url())

    assertContains(response, "<p>Protected A</p>", count=2, html=True)
    assertContains(response, '<div id="page-marking" data-level="1"')
    assertNotContains(response, "Protected B")


def test_a_page_with_a_protected_b_note_is_titled_by_the_number_alone(client, manager, engagement):
    make_note(engagement, sensitivity=B, people=[manager])
    client.force_login(manager)

    response = client.get(engagement.get_absolute_url())

    assertContains(response, f"<title>{engagement.reference} – Liaison</title>", html=True)


def test_notes_cost_the_page_three_queries_more_however_many(client, staff, engagement):
    client.force_login(staff)
    with CaptureQueriesContext(connection) as none:
        client.get(engagement.get_absolute_url())

    for _ in range(3):
        make_note(engagement, people=[make_user(), make_user()], office=make_office())
        with CaptureQueriesContext(connection) as some:
            client.get(engagement.get_absolute_url())
        # The notes, who may read them, and what of their history was open to the person then.
        assert len(some) == len(none) + 3


# Withdrawing


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("relation", RELATIONS)
def test_its_author_and_managers_who_read_it_withdraw_a_note(client, engagement, relation, role):
    somebody = make_user("somebody", role)
    note = related(relation, somebody, engagement, A)
    client.force_login(somebody)

    response = client.post(address("withdraw_note", note))

    writes = relation == "author" and role != Role.READER
    manages = relation != "nobody" and role in {Role.MANAGER, Role.ADMINISTRATOR}
    note.refresh_from_db()
    assert note.is_withdrawn == (writes or manages)
    if relation == "nobody":
        assert response.status_code == 404
    else:
        assert response.status_code == (302 if note.is_withdrawn else 403)


def test_a_withdrawn_note_is_seen_by_its_author_alone_who_brings_it_back(
    client, staff, colleague, note
):
    client.force_login(staff)
    assertContains(client.get(address("withdraw_note", note)), SECRET)
    client.post(address("withdraw_note", note))
    page = note.engagement.get_absolute_url()

    assertContains(client.get(page), "Withdrawn by staff")
    client.force_login(colleague)
    assertNotContains(client.get(page), SECRET)
    assert client.post(address("bring_back_note", note)).status_code == 404

    client.force_login(staff)
    client.post(address("bring_back_note", note))
    assertNotContains(client.get(page), "Withdrawn by")
    client.force_login(colleague)
    assertContains(client.get(page), SECRET)


def test_a_manager_who_withdrew_by_mistake_brings_it_back(client, manager, engagement):
    note = make_note(engagement, people=[manager])
    client.force_login(manager)

    twice = [client.post(address("withdraw_note", note)).status_code for _ in range(2)]
    back = client.post(address("bring_back_note", note))

    assert (twice, back.status_code) == ([302, 302], 302)
    note.refresh_from_db()
    assert not note.is_withdrawn


def test_a_colleague_who_reads_a_note_brings_nothing_back(client, staff, engagement):
    note = make_note(engagement, written_by=make_user(role=Role.STAFF), people=[staff])
    client.force_login(staff)

    assert client.post(address("bring_back_note", note)).status_code == 403


def test_a_draft_has_no_notes(client, staff):
    draft = make_engagement(stage=Stage.DRAFT, logged_by=staff, reference=None)
    make_note(draft, written_by=staff, people=[make_user()])

    assert not Note.objects.readable_by(staff)


# On record


def test_what_becomes_of_a_note_is_on_record(staff, colleague, engagement):
    written = {"text": SECRET, "text_language": "en", "people": [colleague]}
    note = write_note(by=staff, engagement=engagement, sensitivity=A, **written)
    amend_note(by=staff, note=note, version=1, sensitivity=Sensitivity.UNCLASSIFIED, **written)
    withdraw_note(by=staff, note=note)
    withdraw_note(by=staff, note=note)
    bring_back_note(by=staff, note=note)

    kept = Revision.objects.of("note", [note.pk]).order_by("number")

    assert [(one.act, one.version, one.sensitivity) for one in kept] == [
        ("written", 1, A),
        ("amended", 2, A),
        ("withdrawn", 3, Sensitivity.UNCLASSIFIED),
        ("brought-back", 4, Sensitivity.UNCLASSIFIED),
    ]
    assert kept[0].state["people"] == [colleague.pk]
    assert not Revision.objects.of_kind("engagement")


def test_whoever_is_named_later_does_not_read_in_the_history_what_was_taken_out_before(
    staff, colleague, manager, engagement
):
    told_of = {"by": staff, "text_language": "en", "sensitivity": A}
    note = write_note(engagement=engagement, text=SECRET, people=[manager], **told_of)
    amend_note(note=note, version=1, text="Harmless", people=[manager], **told_of)
    amend_note(note=note, version=2, text="Harmless", people=[manager, colleague], **told_of)
    amend_note(note=note, version=3, text="For all", people=[manager, colleague], **told_of)

    read = {
        person.username: [one.number for one in history_of(note, reader=person).order_by("number")]
        for person in (staff, manager, colleague)
    }

    assert read == {"staff": [1, 2, 3, 4], "manager": [1, 2, 3, 4], "colleague": [4]}


def test_whoever_comes_to_the_office_that_is_named_reads_its_history(staff, engagement):
    note = write_note(
        by=staff,
        engagement=engagement,
        text=SECRET,
        text_language="en",
        sensitivity=A,
        people=[make_user()],
        office=make_office("PRA"),
    )
    newcomer = make_user(office=make_office("PRA"))

    assert [one.number for one in history_of(note, reader=newcomer)] == [1]
    assert not history_of(note, reader=make_user(office=None))
