"""A number of a person, or a marking that is lowered, is asked about once more before it is saved."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Sensitivity
from engagements.kinds import Stage
from engagements.models import Engagement, Note
from tests.engagements.telling import address, enough, pillar
from tests.factories import make_engagement, make_office, make_partner, make_user

SIN, ANOTHER = "130 692 544", "236 454 286"
ASKED = "Save all the same"


def confirmed(response):
    """What ticking the box of the page adds to what is sent."""
    context = response.context
    asked = context["form"].confirmation
    return {"confirmed": [asked.before, asked.value]}


@pytest.fixture
def record(staff):
    return make_engagement(
        logged_by=staff,
        partners=[make_partner("UNODC")],
        objectives=[pillar()],
        lead_office=make_office("IR"),
    )


def edited(engagement, **told):
    sent = enough(partner=["UNODC"], do="save", version=str(engagement.version))
    return sent | {"title_en": engagement.title_en} | told


@pytest.mark.parametrize(
    "field",
    ["title_en", "title_fr", "purpose", "outcome", "lessons", "place", "csc_posts", "paid_by", "approved_by"],
)  # fmt: skip
def test_a_number_of_a_person_is_asked_about_in_every_text_of_the_form(send, field):
    told = enough(approval="given") | {field: f"Number {SIN}"}

    response = send(told)

    assertContains(response, "looks like a Social Insurance Number", status_code=422)
    assertContains(response, f'href="#id_{field}"', status_code=422)
    assertContains(response, ASKED, status_code=422)
    assertNotContains(response, f"one that ends in {SIN}", status_code=422)
    assert not Engagement.objects.exists()
    assert send(told | confirmed(response)).status_code == 302
    assert SIN in getattr(Engagement.objects.get(), field)


def test_what_is_confirmed_is_exactly_what_was_found(send):
    told = enough(purpose=f"{SIN}")
    first = send(told)
    more = told | {"purpose": f"{SIN}, {ANOTHER}"} | confirmed(first)

    second = send(more)

    assertContains(second, "ends in 86", status_code=422)
    assertNotContains(second, "ends in 44", status_code=422)
    assert send(more | confirmed(second)).status_code == 302


@pytest.mark.parametrize("forged", ["yes", "0" * 24, "\x00", "x" * 5000])
def test_nothing_else_confirms_it(send, forged):
    assert send(enough(purpose=SIN, confirmed=forged)).status_code == 422
    assert not Engagement.objects.exists()


def test_a_draft_kept_by_its_button_asks_and_keeps_the_rest_half_told(send):
    told = enough(purpose="FPS 123456A", do="draft", kind="", partner=[])

    response = send(told)

    assertContains(response, "offender’s FPS number", status_code=422)
    assertNotContains(response, "Choose a kind.", status_code=422)
    assert send(told | confirmed(response)).status_code == 302
    assert Engagement.objects.get().purpose == "FPS 123456A"


def test_a_draft_that_saves_itself_keeps_the_text_and_says_what_will_be_asked(send):
    response = send(enough(purpose=SIN, do="autosave"))

    said = response.json()["said"]
    assert response.json()["caution"] is True
    assert "seems to be a number of a person in: Purpose." in said
    assert "544" not in said
    assert Engagement.objects.get().purpose == SIN


def test_a_draft_that_saved_itself_is_asked_about_when_it_is_logged(send, client):
    told = enough(purpose=SIN)
    send(told | {"do": "autosave"})
    draft = Engagement.objects.get()
    log = told | {"version": str(draft.version)}

    response = client.post(address("engagements:edit_draft", draft.pk), log)

    assertContains(response, ASKED, status_code=422)


def test_what_the_record_holds_already_is_not_asked_about_again(client, staff, record):
    Engagement.objects.filter(pk=record.pk).update(purpose=SIN)
    client.force_login(staff)
    url = address("engagements:edit", record.reference)

    assert client.post(url, edited(record, purpose=f"{SIN}.", outcome="Told.")).status_code == 302
    record.refresh_from_db()
    asked = client.post(url, edited(record, purpose=SIN, outcome=SIN))
    assert asked.status_code == 422


def test_a_new_partners_name_is_asked_about(send):
    told = enough(do="create-partner") | {"new_partner-name_en": f"Firm {SIN}"}

    response = send(told | {"new_partner-kind": "ngo"})

    assertContains(response, "looks like a Social Insurance Number", status_code=422)
    assertContains(response, ASKED, status_code=422)


def test_a_reason_of_an_alignment_is_asked_about_and_confirmed(client, staff, record):
    client.force_login(staff)
    url = address("engagements:align", record.reference)
    told = {"version": record.version, "objectives": ["P1"], "reason-P1": f"See {SIN}"}

    response = client.post(url, told)

    assertContains(response, 'href="#reason-P1"', status_code=422)
    assertContains(response, ASKED, status_code=422)
    assert client.post(url, told | confirmed(response)).status_code == 302
    assert record.alignments.get().reason == f"See {SIN}"


@pytest.mark.parametrize(("verb", "field"), [("cancel", "reason"), ("complete", "outcome")])
def test_what_is_written_with_a_stage_is_asked_about(client, staff, verb, field):
    engagement = make_engagement(
        stage=Stage.APPROVED, logged_by=staff, lead_office=make_office("IR")
    )
    client.force_login(staff)
    url = address(f"engagements:{verb}", engagement.reference)
    told = {"version": engagement.version, field: f"Ask {SIN}"}

    response = client.post(url, told)

    assertContains(response, ASKED, status_code=422)
    assert client.post(url, told | confirmed(response)).status_code == 302


def test_a_restricted_note_is_asked_about(client, staff, record):
    make_user("reads-it", office=staff.office)
    client.force_login(staff)
    url = reverse("engagements:write_note", args=[record.reference])
    told = {"text": f"His is {SIN}", "text_language": "en", "sensitivity": "1", "office": "IR"}

    response = client.post(url, told)

    assertContains(response, "ends in 44", status_code=422)
    assertContains(response, ASKED, status_code=422)
    assert client.post(url, told | confirmed(response)).status_code == 302
    assert Note.objects.get().text == f"His is {SIN}"


# Lowering a marking


def test_lowering_a_marking_is_asked_about_once(client, staff, record):
    Engagement.objects.filter(pk=record.pk).update(sensitivity=Sensitivity.PROTECTED_A)
    client.force_login(staff)
    url = address("engagements:edit", record.reference)
    told = edited(record, sensitivity="0")

    response = client.post(url, told)

    assertContains(response, "from Protected A to Unclassified", status_code=422)
    assertContains(response, 'id="page-marking" data-level="1"', status_code=422)
    record.refresh_from_db()
    assert record.sensitivity == Sensitivity.PROTECTED_A
    assert client.post(url, told | confirmed(response)).status_code == 302
    record.refresh_from_db()
    assert record.sensitivity == Sensitivity.UNCLASSIFIED


@pytest.mark.parametrize("sent", [{"sensitivity": ""}, {}])
def test_a_marking_is_never_lowered_by_saying_nothing(client, staff, record, sent):
    Engagement.objects.filter(pk=record.pk).update(sensitivity=Sensitivity.PROTECTED_A)
    client.force_login(staff)
    told = edited(record)
    del told["sensitivity"]

    response = client.post(address("engagements:edit", record.reference), told | sent)

    record.refresh_from_db()
    assert (response.status_code, record.sensitivity) == (422, Sensitivity.PROTECTED_A)


def test_raising_a_marking_asks_nothing(client, staff, record):
    client.force_login(staff)

    url = address("engagements:edit", record.reference)
    assert client.post(url, edited(record, sensitivity="1")).status_code == 302


@pytest.mark.parametrize("level", ["3", "-1", "99999999999999999999", "B", "1.5", "²"])
def test_above_protected_b_is_refused_with_the_reason(send, level):
    response = send(enough(sensitivity=level))

    assertContains(response, "Above Protected B has no place here", status_code=422)
    assertContains(response, 'href="#id_sensitivity"', status_code=422)
    assert not Engagement.objects.exists()


def test_above_ones_own_clearance_is_refused_with_that_reason(send):
    response = send(enough(sensitivity="2"))

    assertContains(response, "You are cleared to Protected A", status_code=422)
    assert not Engagement.objects.exists()
