"""Restricted notes: read by those they name, and by nobody else known to exist."""

import re
import uuid
from itertools import product

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Role, Sensitivity, Unsaved, User
from common.history.models import Revision
from common.history.reading import history_of
from engagements.kinds import Stage
from engagements.models import Engagement, Note
from engagements.notes import MovedOn, amend_note, bring_back_note, withdraw_note, write_note
from tests.factories import make_engagement, make_note, make_office, make_user
from tests.open_forms import opened

A, B = Sensitivity.PROTECTED_A, Sensitivity.PROTECTED_B
SECRET = "What the warden said behind closed doors"
RELATIONS = ("author", "named", "office", "nobody")


@pytest.fixture
def engagement(staff):
    return make_engagement(logged_by=staff, lead_office=make_office("IR"))


@pytest.fixture
def note(engagement, staff, colleague):
    return make_note(engagement, text=SECRET, written_by=staff, people=[colleague])


def address(name, note_or_engagement):
    if isinstance(note_or_engagement, Engagement):
        return reverse(f"engagements:{name}", args=[note_or_engagement.reference])
    note = note_or_engagement
    return reverse(f"engagements:{name}", args=[note.engagement.reference, note.key])


def told(**kwargs):
    """What a browser sends for a note that names the colleague."""
    sent = {
        "key": str(uuid.uuid4()),
        "text": SECRET,
        "text_language": "en",
        "sensitivity": "0",
        "people": ["colleague"],
        "office": "",
    }
    return sent | kwargs


def related(relation, user, engagement, sensitivity):
    """A note to which the user stands like that."""
    author = user if relation == "author" else make_user(clearance=B)
    people = [user] if relation == "named" else [make_user()]
    office = user.office if relation == "office" else make_office("ELSEWHERE")
    return make_note(
        engagement,
        text=SECRET,
        written_by=author,
        people=people,
        office=office,
        sensitivity=sensitivity,
    )


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


def test_notes_cost_the_page_one_query_more_however_many(client, staff, engagement):
    client.force_login(staff)
    with CaptureQueriesContext(connection) as none:
        client.get(engagement.get_absolute_url())

    for _ in range(3):
        make_note(engagement, people=[make_user(), make_user()], office=make_office())
        with CaptureQueriesContext(connection) as some:
            client.get(engagement.get_absolute_url())
        assert len(some) == len(none) + 1


# Writing


@pytest.mark.parametrize("role", Role.values)
@pytest.mark.parametrize("office", ["IR", "PRA"])
def test_those_who_may_edit_the_engagement_and_approvers_write(client, engagement, role, office):
    make_user("colleague")
    client.force_login(make_user("somebody", role, office=make_office(office)))
    may = role in {Role.MANAGER, Role.ADMINISTRATOR, Role.APPROVER} or (role, office) == (
        Role.STAFF,
        "IR",
    )

    opened = client.get(address("write_note", engagement))
    sent = client.post(address("write_note", engagement), told())

    assert (opened.status_code, sent.status_code) == ((200, 302) if may else (403, 403))
    assert Note.objects.count() == may


def test_a_note_that_is_written_is_kept_as_told(client, staff, colleague, engagement):
    client.force_login(staff)

    response = client.post(
        address("write_note", engagement),
        told(text="  Dit tout bas. ", text_language="fr", sensitivity="1", office="PRA"),
    )

    assertRedirects(response, engagement.get_absolute_url() + "#notes")
    note = Note.objects.get()
    assert (note.text, note.text_language, note.sensitivity) == ("Dit tout bas.", "fr", A)
    assert (note.written_by, note.office, list(note.readers.all())) == (
        staff,
        colleague.office,
        [colleague],
    )


def test_writing_and_withdrawing_leave_the_engagement_untouched(staff, colleague, engagement):
    before = Engagement.objects.filter(pk=engagement.pk).values().get()

    note = write_note(
        by=staff,
        engagement=engagement,
        text=SECRET,
        text_language="en",
        sensitivity=A,
        people=[colleague],
    )
    amend_note(
        by=staff,
        note=note,
        version=1,
        text="Other words",
        text_language="en",
        sensitivity=A,
        people=[colleague],
    )
    withdraw_note(by=staff, note=note)
    bring_back_note(by=staff, note=note)

    assert Engagement.objects.filter(pk=engagement.pk).values().get() == before


def test_a_form_sent_twice_writes_one_note(client, staff, colleague, engagement):
    client.force_login(staff)
    sent = told()

    answers = [client.post(address("write_note", engagement), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert Note.objects.count() == 1


def test_a_form_typed_on_after_its_note_was_kept_is_put_beside_it(client, staff, engagement):
    make_user("colleague")
    client.force_login(staff)
    sent = told()
    client.post(address("write_note", engagement), sent)

    response = client.post(address("write_note", engagement), sent | {"text": "One thing more."})

    note = Note.objects.get()
    assertContains(response, SECRET, status_code=409)
    assertContains(response, "One thing more.", status_code=409)
    assertContains(response, f'action="{address("edit_note", note)}"', status_code=409)
    chosen = as_the_page_sends(response) | {"choice-text": "mine", "do": "merge-save"}
    assert client.post(address("edit_note", note), chosen).status_code == 302
    assert Note.objects.get().text == "One thing more."


def test_the_key_of_somebody_elses_note_gives_nothing_away(client, manager, note):
    client.force_login(manager)

    response = client.post(address("write_note", note.engagement), told(key=str(note.key)))

    assert response.status_code == 302
    assert Note.objects.count() == 2
    assert Note.objects.get(written_by=manager).key != note.key


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"text": "   "}, "text", "Write the note."),
        ({"text": "nul\x00"}, "text", "control character"),
        ({"text": "x" * 20_001}, "text", "This has 20001 characters"),
        ({"text_language": "de"}, "text_language", "Select a valid choice"),
        ({"sensitivity": ""}, "sensitivity", "Say how sensitive this note is."),
        ({"sensitivity": "2"}, "sensitivity", "as high as you are cleared"),
        ({"sensitivity": "3"}, "sensitivity", "What is above Protected B must not be written here"),
        ({"people": ["ghost"]}, "people", "Nobody here has the user name “ghost”."),
        ({"people": ["nul\x00"]}, "people", "Nobody here has the user name"),
        ({"people": ["staff"]}, "people", "Nobody here has the user name “staff”."),
        ({"people": []}, "people", "Name at least one person or an office"),
        ({"people": ["low"], "sensitivity": "1"}, "people", "as you mark this note: low."),
        ({"office": "NOWHERE"}, "office", "There is no such office."),
        ({"people": [], "office": "EMPTY"}, "office", "Nobody else at this office"),
    ],
)
def test_what_is_wrong_with_a_note_is_said_at_its_place_and_nothing_is_lost(
    client, staff, colleague, engagement, wrong, field, words
):
    make_user("low", clearance=Sensitivity.UNCLASSIFIED)
    make_office("EMPTY")
    client.force_login(staff)

    response = client.post(address("write_note", engagement), told(**wrong))

    assertContains(response, words, status_code=422)
    assert [link.target for link in response.context["form"].error_links] == [f"id_{field}"]
    assert Note.objects.count() == 0
    if field != "text":
        assertContains(response, SECRET, status_code=422)


def test_whoever_may_not_open_the_engagement_is_not_offered_and_refused_with_the_reason(
    client, manager, engagement
):
    engagement.sensitivity = B
    engagement.save()
    make_user("low", clearance=A)
    client.force_login(manager)

    assertNotContains(client.get(address("write_note", engagement)), 'value="low"')
    response = client.post(address("write_note", engagement), told(people=["low"]))

    words = "Not cleared to Protected B, as this engagement is marked: low."
    assertContains(response, words, status_code=422)


def test_the_action_refuses_by_itself_whom_and_what_the_form_refuses(staff, engagement):
    low = make_user("low", clearance=Sensitivity.UNCLASSIFIED)
    gone = make_user("gone", is_active=False)
    written = {"by": staff, "engagement": engagement, "text": SECRET, "text_language": "en"}

    for sensitivity, people, field in [
        (A, [low], "people"),
        (A, [gone], "people"),
        (A, [staff], "people"),
        (A, [], "people"),
        (B, [staff], "sensitivity"),
    ]:
        with pytest.raises(ValidationError) as refused:
            write_note(**written, sensitivity=sensitivity, people=people)
        assert field in refused.value.message_dict
    assert Note.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""},
        {"sensitivity": 3},
        {"text_language": "de"},
        {"withdrawn_at": timezone.now()},
    ],
)
def test_the_database_holds_no_note_that_makes_no_sense(engagement, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_note(engagement, **wrong)


# Amending


def test_its_author_amends_a_note_and_nobody_else(client, staff, colleague, note):
    client.force_login(colleague)
    refused = client.post(address("edit_note", note), told(text="Changed", people=["staff"]))
    client.force_login(staff)
    response = client.post(address("edit_note", note), told(text="Other words", version="1"))

    assert refused.status_code == 403
    assertRedirects(response, note.engagement.get_absolute_url() + "#notes")
    note.refresh_from_db()
    assert (note.text, note.version, note.is_amended) == ("Other words", 2, True)


def test_the_form_opens_with_what_the_note_says(client, staff, note):
    client.force_login(staff)

    response = client.get(address("edit_note", note))

    assertContains(response, SECRET)
    assertContains(response, 'value="colleague" id="id_people_0" checked')


def test_a_note_saved_elsewhere_is_not_overwritten_and_both_texts_are_shown(client, staff, note):
    saved = told(text="Saved in the other tab", version="1")
    client.force_login(staff)
    client.post(address("edit_note", note), saved)

    response = client.post(address("edit_note", note), told(text="Typed in this one", version="1"))

    assertContains(response, "Saved in the other tab", status_code=409)
    assertContains(response, "Typed in this one", status_code=409)
    note.refresh_from_db()
    assert note.text == "Saved in the other tab"
    assert Note.objects.filter(text="Saved in the other tab", version=2).exists()


@pytest.fixture
def two_texts(client, staff, note):
    """The note opened at its first version, saved elsewhere with other words; and what is typed here."""
    amend_note(
        by=staff,
        note=note,
        version=1,
        text="Saved in the other tab",
        text_language="en",
        sensitivity=A,
        people=list(note.readers.all()),
    )
    make_user("third")
    client.force_login(staff)
    return told(text="Typed in this one", version="1", people=["colleague", "third"])


@pytest.mark.parametrize(
    ("choice", "text"),
    [
        ("theirs", "Saved in the other tab"),
        ("mine", "Typed in this one"),
        ("both", "Saved in the other tab\n\nTyped in this one"),
    ],
)
def test_what_is_chosen_between_two_texts_is_saved_with_what_one_alone_changed(
    client, note, two_texts, choice, text
):
    page = client.post(address("edit_note", note), two_texts)
    sent = as_the_page_sends(page) | {"choice-text": choice, "do": "merge-save"}

    response = client.post(address("edit_note", note), sent)

    assert response.status_code == 302
    note.refresh_from_db()
    assert (note.text, note.sensitivity, note.version) == (text, A, 3)
    assert {person.username for person in note.readers.all()} == {"colleague", "third"}


def as_the_page_sends(page):
    """The fields of the page of two texts, its choices as they are proposed."""
    sent = {row.name: row.choice for row in page.context["comparison"].rows}
    for name, value in page.context["typed"]:
        sent.setdefault(name, []).append(value)
    return sent | {"version": page.context["note"].version, "opened": page.context["opened"]}


def test_what_is_chosen_can_be_edited_before_it_is_saved(client, note, two_texts):
    page = client.post(address("edit_note", note), two_texts)
    sent = as_the_page_sends(page) | {"choice-text": "both", "do": "merge-go-on"}

    form = client.post(address("edit_note", note), sent)

    assertContains(form, "Saved in the other tab\n\nTyped in this one")
    assertContains(form, '<input type="hidden" name="version" value="2">', html=True)
    note.refresh_from_db()
    assert note.version == 2


def test_a_note_saved_once_more_while_choosing_is_compared_again(client, staff, note, two_texts):
    page = client.post(address("edit_note", note), two_texts)
    sent = as_the_page_sends(page) | {"choice-text": "mine", "do": "merge-save"}
    amend_note(
        by=staff,
        note=note,
        version=2,
        text="A third text",
        text_language="en",
        sensitivity=A,
        people=list(note.readers.all()),
    )

    response = client.post(address("edit_note", note), sent)

    assertContains(response, "third", status_code=409)
    note.refresh_from_db()
    assert (note.text, note.version) == ("A third text", 3)


def test_an_amendment_sent_twice_is_saved_once_and_refused_never(client, staff, note):
    client.force_login(staff)
    sent = told(text="Other words", version="1")

    answers = [client.post(address("edit_note", note), sent) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    note.refresh_from_db()
    assert note.version == 2


def test_a_version_that_is_none_is_refused(staff, colleague, note):
    with pytest.raises(MovedOn):
        amend_note(
            by=staff,
            note=note,
            version=0,
            text="Other words",
            text_language="en",
            sensitivity=A,
            people=[colleague],
        )


def test_what_was_typed_and_not_saved_is_compared_with_the_note_and_ends_when_it_is_saved(
    client, staff, note
):
    client.force_login(staff)
    url = address("edit_note", note)
    typed = told(text="Typed, then the tab was closed", **opened(client, url))
    assert client.post(url, typed | {"turn": "1", "do": "autosave"}).status_code == 200
    amend_note(
        by=staff,
        note=note,
        version=1,
        text="Saved elsewhere",
        text_language="en",
        sensitivity=A,
        people=list(note.readers.all()),
    )

    page = client.get(url + "?unsaved=compare")

    assertContains(page, "Saved elsewhere")
    assertContains(page, "Typed, then the tab was closed")
    marks = opened(client, url + "?unsaved=compare")
    sent = as_the_page_sends(page) | marks | {"choice-text": "mine", "do": "merge-save"}
    assert client.post(url, sent).status_code == 302
    note.refresh_from_db()
    assert note.text == "Typed, then the tab was closed"
    assert not Unsaved.objects.exists()


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
