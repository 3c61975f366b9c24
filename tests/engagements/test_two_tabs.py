"""One person, one form in two tabs, or sent again: logged once, nothing typed is dropped."""

from pytest_django.asserts import assertContains

from engagements.kinds import Stage
from engagements.models import Engagement
from tests.engagements.telling import address, enough, sent_by

SAVE = {"do": "merge-save"}


def test_the_same_form_typed_on_after_it_was_logged_is_not_taken_for_sent_twice(send, client):
    told = enough()
    logged_at = send(told).url

    again = send(told | {"outcome": "Written after going back"})

    assertContains(again, "Written after going back", status_code=409)
    record = Engagement.objects.get()
    saved = client.post(address("engagements:edit", record.reference), sent_by(again) | SAVE)
    assert saved.url == logged_at
    record.refresh_from_db()
    assert (record.outcome, Engagement.objects.count()) == ("Written after going back", 1)


def test_a_form_sent_twice_is_one_save_whatever_it_leaves_to_be_put_in_order(send):
    told = enough(source_url="www.example.org", csc_participants="04", title_en=" Two  spaces ")

    first, second = send(told), send(told)

    assert (first.status_code, second.status_code, first.url) == (302, 302, second.url)


def test_a_draft_logged_in_another_tab_keeps_what_was_typed_in_this_one(send, client):
    told = enough()
    send(told | {"do": "draft"})
    draft = Engagement.objects.get()
    where = address("engagements:edit_draft", draft.pk)
    told |= {"version": draft.version}
    client.post(where, told)

    response = client.post(where, told | {"do": "draft", "lessons": "Typed in the other tab"})

    assertContains(response, "Typed in the other tab", status_code=409)
    draft.refresh_from_db()
    client.post(response.context["action"], sent_by(response) | SAVE)
    draft.refresh_from_db()
    assert (draft.lessons, draft.stage) == ("Typed in the other tab", Stage.COMPLETED)


def test_a_draft_kept_and_logged_from_the_page_before_is_logged_at_once(send):
    told = enough()
    send(told | {"do": "draft"})

    response = send(told | {"do": "log"})

    assert response.status_code == 302
    assert Engagement.objects.get().stage == Stage.COMPLETED
