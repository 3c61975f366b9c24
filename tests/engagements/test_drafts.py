"""Drafts: kept as typed, opened as typed, their author's alone, thrown away when one says so."""

import pytest
from django.db import IntegrityError
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from common.partial_dates import PartialDate
from engagements.actions import discard_draft, log_engagement, save_draft
from engagements.kinds import Stage
from engagements.models import Engagement
from tests.engagements.telling import address, enough, pillar, sent_by
from tests.factories import make_country, make_engagement, make_partner

HALF = {
    "do": "draft",
    "title_en": "Half a visit",
    "purpose": "To see",
    "start_precision": "day",
    "start_year": "0203",
    "start_month": "2",
    "start_day": "31",
    "end_precision": "unknown",
    "actual_cost": "a lot",
    "planned_cost": "2 150 $",
    "partner": ["UNODC", "NOBODY"],
    "role": ["funder", "host"],
    "add_partner": "Some body",
    "country": ["NO"],
    "objectives": ["P1", "X9"],
    "lead_office": "IR",
    "new_partner-name_en": "Half a partner",
    "form_key": "6d0b3c3e-0c7e-4a4e-9d5e-000000000001",
}


@pytest.fixture
def world():
    make_partner("UNODC")
    make_country("NO")
    pillar()


@pytest.fixture
def draft(client, staff, world):
    client.force_login(staff)
    client.post(address(), HALF)
    return Engagement.objects.get()


def edit(draft):
    return address("engagements:edit_draft", draft.pk)


def discard(draft):
    return address("engagements:discard_draft", draft.pk)


def sent_again(client, draft) -> dict:
    response = client.get(edit(draft))
    data = response.context["form"].data
    return {name: data.getlist(name) for name in data} | {"version": response.context["version"]}


def test_a_title_is_enough(client, staff):
    client.force_login(staff)

    response = client.post(address(), {"do": "draft", "title_en": "A title"})

    draft = Engagement.objects.get()
    assert response.url == edit(draft)
    assert (draft.stage, draft.reference, draft.logged_by) == (Stage.DRAFT, None, staff)


@pytest.mark.parametrize("title", ["", " ", "x" * 301, "A\x00B", "A\u202eB"])
def test_without_a_title_that_can_be_one_it_is_kept_as_it_was_typed(client, staff, world, title):
    client.force_login(staff)

    response = client.post(address(), HALF | {"title_en": title}, follow=True)

    draft = Engagement.objects.get()
    assert draft.draft_input["title_en"] == [title.replace("\x00", "")]
    assert draft.title == "Draft without a title"
    assertContains(response, 'value="a lot"')


def test_a_draft_without_a_title_says_so_wherever_it_is_named(client, staff):
    client.force_login(staff)
    client.post(address(), {"do": "draft", "purpose": "To see"})
    draft = Engagement.objects.get()

    for page in ("/en/", "/en/engagements/?stage=draft", discard(draft)):
        assertContains(client.get(page), "Draft without a title")
    response = client.post(discard(draft), follow=True)
    assertContains(response, "The draft “Draft without a title” is thrown away.")


def test_without_a_title_nothing_is_logged(staff):
    with pytest.raises(IntegrityError):
        make_engagement(title_en="", logged_by=staff)


def test_what_is_right_of_it_is_kept_in_the_record(draft):
    assert (draft.title_en, draft.purpose) == ("Half a visit", "To see")
    assert draft.planned_cost == 2150
    assert draft.actual_cost is None
    assert draft.start_precision == ""
    assert [p.partner.code for p in draft.participations.all()] == ["UNODC"]
    assert [c.iso2 for c in draft.countries.all()] == ["NO"]
    assert [a.objective.code for a in draft.alignments.all()] == ["P1"]


def test_it_opens_exactly_as_it_was_typed_and_says_nothing_against_it(client, draft):
    response = client.get(edit(draft))

    data = response.context["form"].data
    opened = {name: data.getlist(name) for name in data}
    typed = {
        name: value if isinstance(value, list) else [value]
        for name, value in HALF.items()
        if name != "do"
    }
    assert opened == typed
    assertNotContains(response, "error-summary")
    assertNotContains(response, 'aria-invalid="true"')
    for kept in ("0203", "a lot", "2 150 $", "NOBODY", "Some body", "Half a partner"):
        assertContains(response, kept)


def test_one_tries_to_log_it_and_is_told_what_is_wrong(client, draft):
    response = client.post(edit(draft), sent_again(client, draft) | {"do": "log"})

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {
        "kind", "start_year", "end_precision", "add_partner", "objectives", "actual_cost",
    }  # fmt: skip


def test_it_becomes_the_engagement_once_it_is_whole(client, draft):
    told = enough(partner=["UNODC"]) | {"version": draft.version, "form_key": draft.form_key}

    response = client.post(edit(draft), told)

    logged = Engagement.objects.get()
    assert logged.pk == draft.pk
    assert response.url == logged.get_absolute_url()
    assert logged.draft_input is None


def test_a_draft_logged_twice_is_one_engagement(client, draft):
    told = enough(partner=["UNODC"]) | {"version": draft.version, "form_key": draft.form_key}

    first, second = client.post(edit(draft), told), client.post(edit(draft), told)

    assert first.url == second.url
    assert Engagement.objects.count() == 1


def test_the_same_form_kept_twice_is_one_draft(client, draft):
    client.post(address(), HALF)

    assert Engagement.objects.count() == 1


def test_another_tab_never_overwrites_a_draft_silently(client, draft):
    one = sent_again(client, draft) | {"do": "draft", "title_en": "From one tab"}
    other = one | {"title_en": "From the other"}

    assert client.post(edit(draft), one).status_code == 302
    refused = client.post(edit(draft), other)

    assertContains(refused, "From the other", status_code=409)
    assertContains(refused, "You saved this draft elsewhere", status_code=409)
    draft.refresh_from_db()
    assert draft.title_en == "From one tab"

    chosen = sent_by(refused) | {"do": "merge-save", "choice-title_en": "mine"}
    assert client.post(edit(draft), chosen).status_code == 302
    draft.refresh_from_db()
    assert draft.title_en == "From the other"


def test_going_back_to_the_first_form_never_overwrites_the_draft_silently(client, draft):
    response = client.post(address(), HALF | {"title_en": "Typed after going back"})

    assertContains(response, "Typed after going back", status_code=409)
    draft.refresh_from_db()
    assert draft.title_en == "Half a visit"


def test_a_draft_thrown_away_in_another_tab_is_kept_anew(client, draft):
    sent = sent_again(client, draft) | {"do": "draft"}
    client.post(discard(draft))

    response = client.post(edit(draft), sent)

    assert response.status_code == 302
    assert Engagement.objects.get().title_en == "Half a visit"


def test_another_persons_form_key_is_no_key_of_ones_own(client, draft, colleague):
    client.force_login(colleague)

    client.post(address(), HALF | {"title_en": "Mine"})

    assert Engagement.objects.drafts_of(colleague).get().title_en == "Mine"
    draft.refresh_from_db()
    assert draft.title_en == "Half a visit"


@pytest.mark.parametrize(("page", "method"), [(edit, "get"), (discard, "get"), (discard, "post")])
def test_it_is_not_there_for_anybody_else(client, draft, colleague, administrator, page, method):
    for person in (colleague, administrator):
        client.force_login(person)
        assert getattr(client, method)(page(draft)).status_code == 404

    assert Engagement.objects.get().title_en == "Half a visit"


def test_sent_by_anybody_else_it_is_answered_like_one_that_never_was(client, draft, colleague):
    client.force_login(colleague)
    mine = HALF | {"title_en": "Mine", "version": draft.version}

    theirs = client.post(edit(draft), mine)
    none = client.post(address("engagements:edit_draft", draft.pk + 1000), mine)

    assert theirs.status_code == none.status_code == 302
    kept = Engagement.objects.drafts_of(colleague)
    assert {theirs.url, none.url} == {one.get_absolute_url() for one in kept}
    draft.refresh_from_db()
    assert (draft.title_en, draft.version) == ("Half a visit", 1)


def test_what_is_no_field_of_the_form_is_not_kept_with_it(client, staff):
    client.force_login(staff)

    client.post(address(), HALF | {"other": "x" * 50, "na\x00me": "y"})

    assert set(Engagement.objects.get().draft_input) == set(HALF) - {"do"}


@pytest.mark.parametrize("act", [save_draft, log_engagement])
def test_a_draft_thrown_away_a_moment_ago_is_made_anew(staff, draft, act):
    told = {"kind": "other", "title_en": "Again", "start": PartialDate.year(2020)}
    told["lead_office"] = staff.office
    gone = Engagement.objects.get()
    discard_draft(by=staff, draft=draft)

    act(by=staff, draft=gone, version=gone.version, parts=[], tags=[], **told)

    assert Engagement.objects.get().title_en == "Again"


def test_a_draft_without_what_was_typed_opens_from_its_columns(client, staff):
    draft = save_draft(by=staff, title_en="Kept by another way", place="Oslo")
    client.force_login(staff)

    assertContains(client.get(edit(draft)), 'value="Kept by another way"')
    assertContains(client.get(edit(draft)), 'value="Oslo"')


def test_it_is_discarded_after_a_question(client, draft):
    assertContains(client.get(discard(draft)), "Half a visit")
    assert Engagement.objects.exists()

    client.post(discard(draft))

    assert not Engagement.objects.exists()


def test_what_is_logged_cannot_be_discarded(client, staff):
    engagement = make_engagement(logged_by=staff)
    client.force_login(staff)

    assert client.post(discard(engagement)).status_code == 404
    assert Engagement.objects.exists()


def test_a_draft_is_in_no_list(client, draft):
    assertNotContains(client.get(reverse("engagements:list")), "Half a visit")


def test_an_objective_left_behind_by_the_date_is_not_logged_with_the_draft(client, draft):
    told = enough(partner=["UNODC"], objectives=["P1", "X9"])
    told |= {"version": draft.version, "form_key": draft.form_key}

    assert client.post(edit(draft), told).status_code == 422
