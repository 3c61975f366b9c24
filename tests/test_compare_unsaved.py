"""What was typed and never saved, beside the record as it is: chosen, gone on with, or left."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from accounts.models import Unsaved
from engagements.models import Engagement
from partners.models import Partner
from tests.engagements.telling import pillar, sent_by
from tests.factories import make_engagement, make_partner
from tests.open_forms import opened

SAVE = {"do": "merge-save"}


def form_data(response):
    data = response.context["form"].data
    return {name: data.getlist(name) for name in data}


def marks_of(page):
    """What the page sends besides, so that the unsaved text goes once it is saved."""
    row = Unsaved.objects.get()
    return {"continues": f"{row.page}:{row.turn}", "page": "", "turn": "0"}


@pytest.fixture
def engagement(staff):
    return make_engagement(
        logged_by=staff, place="Oslo", partners=[make_partner("UNODC")], objectives=[pillar()]
    )


@pytest.fixture
def url(engagement):
    return reverse("engagements:edit", args=[engagement.reference])


@pytest.fixture
def unsaved(client, staff, url):
    """Staff typed a place and an outcome, and left."""
    client.force_login(staff)
    told = form_data(client.get(url)) | opened(client, url)
    told |= {"do": "autosave", "turn": "1", "place": "Bergen", "outcome": "Agreed"}
    assert client.post(url, told).status_code == 200
    return Unsaved.objects.get()


def test_it_stands_beside_the_record_as_it_is_by_now(client, staff, url, engagement, unsaved):
    Engagement.objects.update(lessons="Written since", version=2)

    page = client.get(url, {"unsaved": "compare"})

    for text in ("What you typed, beside the record as it is", "Bergen", "Oslo", "Written since"):
        assertContains(page, text)
    assert {row.aspect.name for row in page.context["comparison"].rows} == {
        "place",
        "outcome",
        "lessons",
    }


def test_what_is_chosen_is_saved_and_the_unsaved_text_is_gone(client, url, engagement, unsaved):
    page = client.get(url, {"unsaved": "compare"})
    assertContains(page, f'name="continues" value="{unsaved.page}:{unsaved.turn}"')

    sent = sent_by(page) | marks_of(page) | SAVE | {"choice-place": "theirs"}
    assert client.post(url, sent).status_code == 302

    engagement.refresh_from_db()
    assert (engagement.place, engagement.outcome) == ("Oslo", "Agreed")
    assert not Unsaved.objects.exists()


def test_what_is_refused_by_another_save_is_kept_for_its_author(
    client, staff, url, engagement, unsaved
):
    told = form_data(client.get(url)) | opened(client, url) | {"do": "save", "place": "Bergen"}
    Engagement.objects.update(place="Trondheim", version=5)

    assert client.post(url, told).status_code == 409

    assert {row.data["place"][0] for row in Unsaved.objects.all()} == {"Bergen"}


def test_what_is_refused_and_then_chosen_is_kept_no_longer(client, staff, url, engagement):
    client.force_login(staff)
    told = form_data(client.get(url)) | opened(client, url) | {"do": "save", "place": "Bergen"}
    Engagement.objects.update(place="Trondheim", version=5)
    refused = client.post(url, told)
    assert Unsaved.objects.count() == 1

    assert client.post(url, sent_by(refused) | SAVE).status_code == 302

    assert not Unsaved.objects.exists()


def test_tags_and_a_partner_are_compared_the_same_way(client, administrator, engagement):
    client.force_login(administrator)
    pillar("P2")
    tags = reverse("engagements:align", args=[engagement.reference])
    partner = reverse("partners:edit", args=["UNODC"])
    kept = {"do": "autosave", "turn": "1", "version": "1"}
    client.post(tags, opened(client, tags) | kept | {"objectives": ["P1", "P2"]})
    rows = {"former-TOTAL_FORMS": "0", "former-INITIAL_FORMS": "0", "kind": "ngo"}
    client.post(partner, opened(client, partner) | kept | rows | {"name_en": "Typed"})

    assertContains(client.get(tags, {"unsaved": "compare"}), "P2 Short P2")
    page = client.get(partner, {"unsaved": "compare"})
    assertContains(page, "Typed")
    client.post(partner, sent_by(page) | SAVE)
    assert Partner.objects.get(code="UNODC").name_en == "Typed"
