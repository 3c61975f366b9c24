"""A draft saves itself: made by the first autosave, gone on from by the next, never over another tab."""

import uuid

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Unsaved
from engagements.models import Engagement
from tests.engagements.telling import address, enough, pillar
from tests.factories import make_engagement, make_partner
from tests.open_forms import opened


@pytest.fixture
def form(client, staff):
    """A new form that staff has open: form.save(…) is its autosave, form.send(…) a button."""
    client.force_login(staff)
    return Tab(client, address())


class Tab:
    def __init__(self, client, url: str) -> None:
        self.client, self.url = client, url
        self.marks = opened(client, url) | {"form_key": str(uuid.uuid4())}
        if "draft" in url:
            self.marks["form_key"] = str(Engagement.objects.get().form_key)

    def send(self, **told):
        self.marks["turn"] = str(int(self.marks["turn"]) + 1)
        return self.client.post(self.url, self.marks | told)

    def save(self, *, is_answered: bool = True, **told):
        """As the script does; an answer that is lost leaves the form as it was."""
        response = self.send(**told | {"do": "autosave"})
        if is_answered and response.status_code == 200:
            answer = response.json()
            self.marks |= answer["marks"]
            self.url = answer["address"]
        return response


def edit(draft) -> str:
    return address("engagements:edit_draft", draft.pk)


def test_the_first_autosave_makes_the_draft_and_says_when(form, staff):
    response = form.save(purpose="To see")

    draft = Engagement.objects.get()
    assert (draft.is_draft, draft.logged_by, draft.purpose) == (True, staff, "To see")
    assert response.json()["said"].startswith("Saved ")
    assert response.json()["marks"] == {
        "record": draft.pk,
        "version": 1,
        "form_key": form.marks["form_key"],
    }
    assert response.json()["address"] == edit(draft)
    assert response.json()["other_address"] == f"/fr/engagements/ebauches/{draft.pk}/modifier/"


def test_the_next_one_goes_on_with_the_same_draft(form):
    form.save(purpose="To see")
    response = form.save(purpose="To see more")

    draft = Engagement.objects.get()
    assert (draft.purpose, draft.version) == ("To see more", 2)
    assert response.json()["marks"]["version"] == 2


def test_what_is_half_typed_is_kept_as_it_was_typed(form, client):
    form.save(start_precision="day", start_year="0203", actual_cost="a lot", title_en="x" * 301)

    draft = Engagement.objects.get()
    assert draft.draft_input["start_year"] == ["0203"]
    assertContains(client.get(edit(draft)), 'value="a lot"')


def test_an_answer_that_was_lost_is_no_other_tab(form):
    form.save(is_answered=False, purpose="To see")
    form.save(is_answered=False, purpose="To see more")
    response = form.save(purpose="To see it all")

    assert response.status_code == 200
    draft = Engagement.objects.get()
    assert (draft.purpose, draft.version) == ("To see it all", 3)


@pytest.mark.parametrize("do", ["log", "draft"])
def test_a_button_after_an_answer_that_was_lost_is_no_other_tab(form, do):
    make_partner("UNODC")
    told = enough(partner=["UNODC"], do=do, objectives=[pillar().code])
    del told["form_key"]
    form.save(is_answered=False, **told | {"purpose": "Before"})

    response = form.send(**told)

    assert response.status_code == 302
    engagement = Engagement.objects.get()
    assert (engagement.is_draft, engagement.purpose) == (do == "draft", "")


def test_what_comes_late_never_replaces_what_is_newer(form):
    form.save(purpose="One")
    late = form.marks | {"turn": "2", "do": "autosave", "purpose": "Late"}
    form.marks["turn"] = "2"
    form.save(purpose="Newest")

    response = form.client.post(form.url, late)

    assert response.status_code == 200
    assert Engagement.objects.get().purpose == "Newest"


def test_the_same_text_again_is_no_change(form):
    form.save(purpose="To see")
    form.save(purpose="To see")

    assert Engagement.objects.get().version == 1


def test_a_stale_tab_overwrites_nothing_and_what_is_typed_in_it_is_kept_aside(form, client, staff):
    form.save(purpose="To see")
    draft = Engagement.objects.get()
    other = Tab(client, edit(draft))
    form.save(purpose="From the first tab")

    response = other.save(purpose="From the other")

    assert (response.status_code, response.json()) == (409, {"why": "elsewhere"})
    draft.refresh_from_db()
    assert draft.purpose == "From the first tab"
    aside = Unsaved.objects.get()
    assert (aside.person, aside.data["purpose"]) == (staff, ["From the other"])
    page = client.get(edit(draft))
    assertContains(page, "From the first tab")
    assertContains(page, "You typed something here on")
    assertContains(client.get(f"{edit(draft)}?unsaved=resume&typed={aside.page}"), "From the other")


def test_a_button_in_the_stale_tab_shows_both(form, client):
    form.save(purpose="To see")
    other = Tab(client, edit(Engagement.objects.get()))
    form.save(purpose="From the first tab")
    other.save(purpose="From the other")

    response = other.send(do="draft", purpose="From the other")

    assertContains(response, "You saved this draft elsewhere", status_code=409)
    assertContains(response, "From the first tab", status_code=409)
    assertContains(response, "From the other", status_code=409)


def test_going_on_with_what_was_kept_aside_leaves_nothing_aside(form, client):
    form.save(purpose="To see")
    draft = Engagement.objects.get()
    other = Tab(client, edit(draft))
    form.save(purpose="From the first tab")
    other.save(purpose="From the other")
    aside = Unsaved.objects.get()

    resumed = Tab(client, f"{edit(draft)}?unsaved=resume&typed={aside.page}")
    resumed.url = edit(draft)
    resumed.marks["version"] = "2"  # as chosen, between the two
    response = resumed.save(purpose="Of both")

    assert response.status_code == 200
    assert not Unsaved.objects.exists()


def test_another_computer_goes_on_where_one_left_off(form, client, django_user_model):
    form.save(purpose="To see", actual_cost="a lot")
    draft = Engagement.objects.get()

    page = client.get(edit(draft))
    elsewhere = Tab(client, edit(draft))
    response = elsewhere.save(purpose="To see from home")

    assertContains(page, 'value="a lot"')
    assert response.status_code == 200
    draft.refresh_from_db()
    assert draft.purpose == "To see from home"


def test_after_it_was_logged_in_another_tab_the_text_is_kept_for_editing_it(form, client):
    make_partner("UNODC")
    form.save(title_en="A visit")
    draft = Engagement.objects.get()
    other = Tab(client, edit(draft))
    told = enough(partner=["UNODC"])
    form.send(**told | {"form_key": form.marks["form_key"]})
    draft.refresh_from_db()

    response = other.save(title_en="A visit, told better")

    assert (response.status_code, response.json()) == (409, {"why": "logged"})
    page = client.get(address("engagements:edit", draft.reference) + "?unsaved=resume")
    assertContains(page, "A visit, told better")


def test_nobody_else_reaches_a_draft_by_autosaving_its_address(form, client, colleague):
    form.save(purpose="To see")
    draft = Engagement.objects.get()
    client.force_login(colleague)
    theirs = Tab(client, address())

    theirs.url = edit(draft)
    theirs.save(purpose="Mine")

    draft.refresh_from_db()
    assert (draft.purpose, draft.version) == ("To see", 1)
    assert Engagement.objects.drafts_of(colleague).get().purpose == "Mine"


def test_the_form_of_what_is_logged_keeps_its_text_aside_and_changes_nothing(client, staff):
    engagement = make_engagement(title_en="As logged", logged_by=staff)
    client.force_login(staff)
    url = address("engagements:edit", engagement.reference)
    marks = opened(client, url)

    response = client.post(url, marks | {"turn": "1", "do": "autosave", "title_en": "Half a tit"})

    assert response.json()["said"].startswith("Kept for you at ")
    engagement.refresh_from_db()
    assert (engagement.title_en, engagement.version) == ("As logged", 1)
    assertNotContains(client.get(url), "Half a tit")
    assertContains(client.get(f"{url}?unsaved=resume"), "Half a tit")


def test_resumed_on_a_record_that_moved_on_it_is_refused_as_any_conflict(client, staff, manager):
    partner = make_partner("UNODC")
    client.force_login(staff)
    client.post(address(), enough(partner=[partner.code]))
    engagement = Engagement.objects.get()
    url = address("engagements:edit", engagement.reference)
    told = enough(partner=[partner.code], do="save", title_en="Mine")
    marks = opened(client, url)
    client.post(url, told | marks | {"turn": "1", "do": "autosave"})
    client.force_login(manager)
    client.post(url, told | {"title_en": "Theirs", "version": engagement.version})

    client.force_login(staff)
    again = opened(client, f"{url}?unsaved=resume")
    response = client.post(url, told | again)

    assert again["version"] == str(engagement.version)
    assertContains(response, "Theirs", status_code=409)
    assertContains(response, "Mine", status_code=409)
    assert Unsaved.objects.exists()


@pytest.mark.parametrize("name", ["align", "complete", "cancel"])
def test_the_other_forms_of_an_engagement_keep_what_is_typed(client, staff, name):
    engagement = make_engagement(stage="approved", logged_by=staff)
    client.force_login(staff)
    url = address(f"engagements:{name}", engagement.reference)
    if name == "align":
        pillar()
    typed = {"align": "reason-P1", "complete": "outcome", "cancel": "reason"}[name]

    told = {"do": "autosave", "turn": "1", typed: "Because of rain", "objectives": "P1"}
    client.post(url, opened(client, url) | told)

    assertNotContains(client.get(url), "Because of rain")
    assertContains(client.get(url), "Resume")
    assertContains(client.get(f"{url}?unsaved=resume"), "Because of rain")


@pytest.mark.parametrize("name", ["return", "decline"])
def test_an_approvers_reason_is_kept(client, approver, name):
    engagement = make_engagement(stage="submitted")
    client.force_login(approver)
    url = address(f"engagements:{name}", engagement.reference)

    client.post(url, opened(client, url) | {"do": "autosave", "turn": "1", "reason": "Say when"})

    assertContains(client.get(f"{url}?unsaved=resume"), "Say when")
    client.post(url, opened(client, f"{url}?unsaved=resume") | {"reason": "Say when."})
    assert not Unsaved.objects.exists()
