"""Writing and amending restricted notes: nothing typed is lost, and nobody else learns of them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Role, Sensitivity, Unsaved
from engagements.models import Engagement, Note
from engagements.notes import MovedOn, amend_note, bring_back_note, withdraw_note, write_note
from tests.engagements.noting import SECRET, A, B, address, told
from tests.factories import make_engagement, make_note, make_office, make_user
from tests.open_forms import opened


@pytest.fixture
def engagement(staff):
    return make_engagement(logged_by=staff, lead_office=make_office("IR"))


@pytest.fixture
def note(engagement, staff, colleague):
    return make_note(engagement, text=SECRET, written_by=staff, people=[colleague])


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
