"""Two people, one engagement: nothing is overwritten, nothing typed is dropped, whatever is chosen."""

import pytest
from django.http import Http404
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from engagements import stages
from engagements.actions import amend_engagement
from engagements.forms import EngagementForm, opening
from engagements.kinds import Stage
from engagements.models import Engagement
from engagements.views import merge
from tests.engagements.telling import address, pillar, sent_by
from tests.factories import make_country, make_engagement, make_partner, make_user

SAVE, GO_ON = {"do": "merge-save"}, {"do": "merge-go-on"}


@pytest.fixture
def engagement(staff):
    return make_engagement(
        logged_by=staff,
        title_en="Visit to a prison farm",
        purpose="To see. To learn.",
        place="Oslo",
        partners=[make_partner("UNODC"), make_partner("ICPA")],
        objectives=[pillar(), pillar("P2")],
        countries=[make_country("NO")],
    )


@pytest.fixture
def page(engagement):
    return address("engagements:edit", engagement.reference)


@pytest.fixture
def opened(client, staff, page):
    """What staff's browser would send of the form as it was opened."""
    client.force_login(staff)
    data = client.get(page).context["form"].data
    return {name: data.getlist(name) for name in data} | {"do": "save"}


def saved_by(person, engagement, **changes):
    """Somebody else saves, by the same form, while it is open."""
    engagement.refresh_from_db()
    data = opening.of(engagement)
    for name, value in changes.items():
        data.setlist(name, value if isinstance(value, list) else [value])
    asked = EngagementForm(data, user=person, engagement=engagement)
    asked.is_valid()
    data["confirmed"] = asked.confirmation.value
    form = EngagementForm(data, user=person, engagement=engagement)
    assert form.is_valid(), form.errors
    version = engagement.version
    amend_engagement(by=person, engagement=engagement, version=version, **form.values())
    engagement.refresh_from_db()  # what hung on it was read to open the form


def row(response, name):
    return next(row for row in response.context["comparison"].rows if row.aspect.name == name)


def test_a_save_on_a_version_that_moved_on_is_refused_with_both_texts(
    client, opened, page, engagement, manager
):
    saved_by(manager, engagement, title_en="Theirs")

    response = client.post(page, opened | {"title_en": "Mine", "outcome": "What I typed"})

    for text in ("manager saved it on", "Fields changed: Title in English.", "Theirs", "Mine"):
        assertContains(response, text, status_code=409)
    assertContains(response, 'name="outcome" value="What I typed"', status_code=409)
    engagement.refresh_from_db()
    assert (engagement.title_en, engagement.outcome) == ("Theirs", "")


@pytest.mark.parametrize(("choice", "kept"), [("theirs", "Theirs"), ("mine", "Mine")])
def test_either_is_kept_where_both_changed_a_field(
    client, opened, page, engagement, manager, choice, kept
):
    saved_by(manager, engagement, title_en="Theirs")
    refused = client.post(page, opened | {"title_en": "Mine"})

    response = client.post(page, sent_by(refused) | SAVE | {"choice-title_en": choice})

    assertRedirects(response, engagement.get_absolute_url())
    engagement.refresh_from_db()
    assert engagement.title_en == kept


def test_what_one_alone_changed_is_settled_and_all_of_it_is_saved(
    client, opened, page, engagement, manager
):
    saved_by(manager, engagement, place="Bergen", country=["NO", make_country("FR").iso2])

    refused = client.post(page, opened | {"outcome": "Agreed", "title_fr": "Visite"})
    response = client.post(page, sent_by(refused) | SAVE)

    assert refused.context["comparison"].to_choose == []
    assertContains(refused, "4 fields changed by one of you alone", status_code=409)
    assert response.status_code == 302
    engagement.refresh_from_db()
    assert (engagement.place, engagement.outcome, engagement.title_fr) == (
        "Bergen",
        "Agreed",
        "Visite",
    )
    assert {country.iso2 for country in engagement.countries.all()} == {"NO", "FR"}


def test_changes_to_two_sentences_of_one_text_go_together(
    client, opened, page, engagement, manager
):
    saved_by(manager, engagement, purpose="To see the farm. To learn.")

    refused = client.post(page, opened | {"purpose": "To see. To learn how."})
    client.post(page, sent_by(refused) | SAVE)

    assert row(refused, "purpose").choice == "both"
    engagement.refresh_from_db()
    assert engagement.purpose == "To see the farm. To learn how."


def test_two_texts_in_one_place_are_kept_one_under_the_other(
    client, opened, page, engagement, manager
):
    saved_by(manager, engagement, outcome="They agreed.")

    refused = client.post(page, opened | {"outcome": "We agreed."})
    client.post(page, sent_by(refused) | SAVE)

    engagement.refresh_from_db()
    assert engagement.outcome == "They agreed.\n\nWe agreed."


def test_of_two_lists_all_that_either_added_stays_and_what_one_took_away_is_away(
    client, opened, page, engagement, manager
):
    for code in ("THEIRS", "MINE"):
        make_partner(code)
    saved_by(manager, engagement, partner=["UNODC", "ICPA", "THEIRS"], role=["host"] * 3)

    mine = {"partner": ["UNODC", "MINE"], "role": ["participant"] * 2}
    refused = client.post(page, opened | mine)
    client.post(page, sent_by(refused) | SAVE)

    assert row(refused, "partners").choice == "both"
    parts = [(part.partner.code, part.role) for part in engagement.participations.all()]
    # They made UNODC a host; I took ICPA away, which they had made a host too: that one is to see.
    assert parts == [
        ("UNODC", "host"),
        ("ICPA", "host"),
        ("THEIRS", "host"),
        ("MINE", "participant"),
    ]


def test_objectives_of_both_are_kept_and_their_reasons_stay(
    client, opened, page, engagement, manager
):
    pillar("P3")
    engagement.alignments.filter(objective__code="P1").update(reason="It was so.")
    saved_by(manager, engagement, objectives=["P1", "P2", "P3"])

    refused = client.post(page, opened | {"objectives": ["P1"]})
    client.post(page, sent_by(refused) | SAVE)

    alignments = {each.objective.code: each.reason for each in engagement.alignments.all()}
    assert alignments == {"P1": "It was so.", "P3": ""}


def test_going_on_editing_opens_the_form_with_what_is_chosen_and_saves_nothing(
    client, opened, page, engagement, manager
):
    saved_by(manager, engagement, title_en="Theirs", place="Bergen")
    refused = client.post(page, opened | {"title_en": "Mine", "outcome": "Agreed"})

    response = client.post(page, sent_by(refused) | GO_ON | {"choice-title_en": "theirs"})

    data = response.context["form"].data
    assert response.status_code == 200
    assert (data["title_en"], data["place"], data["outcome"]) == ("Theirs", "Bergen", "Agreed")
    engagement.refresh_from_db()
    assert (engagement.outcome, engagement.version) == ("", int(response.context["version"]))


def test_what_moves_on_once_more_brings_the_page_again_with_the_choices_kept(
    client, opened, page, engagement, manager
):
    saved_by(manager, engagement, title_en="Theirs")
    refused = client.post(page, opened | {"title_en": "Mine", "outcome": "Typed"})
    chosen = sent_by(refused) | SAVE | {"choice-title_en": "theirs"}
    saved_by(manager, engagement, title_en="Theirs again")

    again = client.post(page, chosen)

    assertContains(again, "your choices are kept", status_code=409)
    assert row(again, "title_en").choice == "theirs"
    assertContains(again, 'name="title_en" value="Mine"', status_code=409)
    assert client.post(page, sent_by(again) | SAVE).status_code == 302
    engagement.refresh_from_db()
    assert (engagement.title_en, engagement.outcome) == ("Theirs again", "Typed")


def test_what_is_chosen_is_judged_as_any_form_and_comes_back_as_the_form(
    client, opened, page, engagement, manager
):
    saved_by(manager, engagement, start_day="20")
    mine = {"end_precision": "day", "end_year": "2026", "end_month": "5", "end_day": "16"}
    refused = client.post(page, opened | mine)

    response = client.post(page, sent_by(refused) | SAVE)

    assertContains(response, "It ends before it starts.", status_code=422)
    assert response.context["form"].data["end_day"] == "16"


def test_two_who_typed_the_same_have_nothing_to_choose(client, opened, page, engagement, manager):
    saved_by(manager, engagement, title_en="The same")

    assertRedirects(
        client.post(page, opened | {"title_en": "The same"}), engagement.get_absolute_url()
    )


def test_a_decision_taken_meanwhile_is_told(client, staff, approver):
    record = make_engagement(
        logged_by=staff, stage=Stage.SUBMITTED, partners=[make_partner()], objectives=[pillar()]
    )
    client.force_login(staff)
    where = address("engagements:edit", record.reference)
    data = client.get(where).context["form"].data
    opened = {name: data.getlist(name) for name in data} | {"do": "save"}
    stages.approve(by=approver, engagement=record)

    refused = client.post(where, opened | {"place": "Bergen"})

    assertContains(refused, "Fields changed: Stage.", status_code=409)
    assertContains(refused, "Approved", status_code=409)
    assert client.post(where, sent_by(refused) | SAVE).status_code == 302
    record.refresh_from_db()
    assert (record.stage, record.place) == (Stage.APPROVED, "Bergen")


def test_where_nobody_knows_what_they_began_from_all_that_differs_is_to_choose(
    client, opened, page, engagement, manager
):
    saved_by(manager, engagement, place="Bergen")

    refused = client.post(page, opened | {"version": "0", "title_en": "Mine"})

    assert [each.aspect.name for each in refused.context["comparison"].to_choose] == [
        "title_en",
        "place",
    ]


def test_a_base_above_ones_clearance_tells_nothing(client, opened, page, engagement, manager):
    saved_by(manager, engagement, outcome="A secret", sensitivity="2")
    engagement.refresh_from_db()
    higher = engagement.version
    saved_by(manager, engagement, outcome="In the open", sensitivity="0")

    # The version of a moment at which it was marked higher, which no form of theirs has held.
    refused = client.post(page, opened | {"version": higher, "outcome": "A secret"})

    assert refused.context["comparison"].base is None
    assert refused.context["saves"] == []


def test_what_was_lowered_before_one_opened_it_is_known_to_have_been_so(
    client, staff, page, engagement, manager
):
    saved_by(manager, engagement, outcome="A secret", sensitivity="2")
    saved_by(manager, engagement, outcome="In the open", sensitivity="0")
    client.force_login(staff)
    data = client.get(page).context["form"].data
    opened = {name: data.getlist(name) for name in data} | {"do": "save"}
    saved_by(manager, engagement, place="Bergen")

    refused = client.post(page, opened | {"title_en": "Mine"})

    assert refused.context["comparison"].to_choose == []
    assertNotContains(refused, "A secret", status_code=409)


def test_what_was_marked_above_ones_clearance_meanwhile_is_not_there(
    client, opened, page, engagement, manager
):
    saved_by(manager, engagement, title_en="A secret", sensitivity="2")

    response = client.post(page, opened | {"title_en": "Mine"})

    assertNotContains(response, "A secret", status_code=404)


def test_values_are_told_in_the_readers_words(client, opened, page, engagement, manager):
    saved_by(
        manager,
        engagement,
        kind="agreement-signed",
        planned_cost="2150.50",
        start_precision="season",
        start_season="spring",
        start_month="",
        start_day="",
    )
    with override("fr"):
        response = client.post(address("engagements:edit", engagement.reference), opened)

    for text in ("Accord signé", "2\xa0150,50\xa0$", "printemps 2026", "Visite à l’étranger"):
        assertContains(response, text, status_code=409)


@pytest.mark.parametrize(
    "answer",
    [{"version": "x"}, {"opened": "\x00"}, {"choice-title_en": "?"}, {"then": "merge-save"}],
)
def test_an_answer_that_no_page_sends_is_refused_or_read_as_proposed(
    client, opened, page, engagement, manager, answer
):
    saved_by(manager, engagement, title_en="Theirs")
    refused = client.post(page, opened | {"title_en": "Mine"})

    assert client.post(page, sent_by(refused) | SAVE | answer).status_code in {302, 409}


def test_another_office_that_may_not_edit_gets_no_page_of_it(client, engagement):
    client.force_login(make_user("another", "staff", office=None))

    response = client.post(address("engagements:edit", engagement.reference), SAVE)

    assert response.status_code == 403


def test_everybody_who_saved_meanwhile_is_told_the_last_first(
    client, opened, page, engagement, manager
):
    for number in range(5):
        saved_by(manager, engagement, place=f"Place {number}", lead_officer="manager")
    saved_by(make_user("latest", "manager"), engagement, lessons="Learned")

    refused = client.post(page, opened | {"title_en": "Mine"})

    saves = [(save.by.username, save.fields) for save in refused.context["saves"]]
    assert saves == [
        ("latest", ["Lessons"]),
        *[("manager", ["Place"])] * 4,
        ("manager", ["Place", "Lead officer"]),
    ]


def test_where_nobody_knows_who_raised_the_marking_the_higher_one_is_proposed(
    client, opened, page, engagement, manager
):
    saved_by(manager, engagement, sensitivity="1")

    refused = client.post(page, opened | {"version": "0"})

    assert row(refused, "sensitivity").choice == "theirs"


def test_a_marking_raised_meanwhile_stays_and_is_not_asked_about(
    client, opened, page, engagement, manager
):
    saved_by(manager, engagement, sensitivity="1")

    refused = client.post(page, opened | {"title_en": "Mine"})
    assert client.post(page, sent_by(refused) | SAVE).status_code == 302

    engagement.refresh_from_db()
    assert (engagement.sensitivity, engagement.title_en) == (1, "Mine")


def test_what_is_typed_wrong_is_put_beside_as_typed_and_corrected_after_choosing(
    client, opened, page, engagement, manager
):
    saved_by(manager, engagement, start_day="20")

    refused = client.post(page, opened | {"start_day": "32"})
    assertContains(refused, "32", status_code=409)
    response = client.post(page, sent_by(refused) | SAVE)

    assertContains(response, "There is no day “32”", status_code=422)


def test_saves_while_it_was_marked_above_ones_clearance_are_not_told(
    client, opened, page, engagement, manager
):
    saved_by(manager, engagement, lessons="A secret", sensitivity="2")
    saved_by(manager, engagement, lessons="", sensitivity="0", place="Bergen")

    refused = client.post(page, opened | {"title_en": "Mine"})

    assert refused.context["saves"] == []
    assertNotContains(refused, "Lessons", status_code=409)


def test_what_is_marked_higher_between_the_look_and_the_save_is_not_shown(rf, staff, engagement):
    request = rf.post("/")
    request.user = staff
    form = EngagementForm(opening.of(engagement), user=staff, engagement=engagement)
    Engagement.objects.update(sensitivity=2, version=2)

    with pytest.raises(Http404):
        merge.refused(request, form, engagement)
