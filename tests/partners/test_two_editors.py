"""Two administrators, one partner: either is kept, or both; nothing typed is dropped."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from partners.actions import amend_partner, archive_partner, restore_partner
from partners.models import FormerName, Partner
from tests.engagements.telling import sent_by
from tests.factories import make_country, make_partner, make_user

PAGE = reverse("partners:edit", args=["PRI"])
SAVE, GO_ON = {"do": "merge-save"}, {"do": "merge-go-on"}


@pytest.fixture
def partner():
    partner = make_partner("PRI", name_en="Penal Reform", name_fr="", crs_code="1")
    FormerName.objects.create(partner=partner, name_en="Before", used_until="1999")
    return partner


@pytest.fixture
def another():
    return make_user("another", "administrator")


@pytest.fixture
def signed_in(client, administrator, partner):
    client.force_login(administrator)
    return client


def typed(**fields):
    rows = {
        "former-TOTAL_FORMS": "2",
        "former-INITIAL_FORMS": "0",
        "former-0-name_en": "Before",
        "former-0-used_until": "1999",
    }
    known = {"kind": "ngo", "name_en": "Penal Reform", "crs_code": "1", "version": "1"}
    return known | rows | fields


def test_a_save_on_a_version_that_moved_on_is_refused_with_both_texts(signed_in, partner, another):
    amend_partner(by=another, partner=partner, version=1, name_en="Theirs")

    response = signed_in.post(PAGE, typed(name_en="Mine", seat_en="London"))

    for text in ("another saved it on", "Fields changed: Name in English.", "Theirs"):
        assertContains(response, text, status_code=409)
    assertContains(response, 'name="name_en" value="Mine"', status_code=409)
    assert Partner.objects.get().name_en == "Theirs"


@pytest.mark.parametrize(("choice", "kept"), [("theirs", "Theirs"), ("mine", "Mine")])
def test_either_is_kept_and_what_one_alone_changed_goes_along(
    signed_in, partner, another, choice, kept
):
    country = make_country("NO")
    amend_partner(by=another, partner=partner, version=1, name_en="Theirs", country=country)

    refused = signed_in.post(PAGE, typed(name_en="Mine", in_courts="on", crs_code=""))
    saved = signed_in.post(PAGE, sent_by(refused) | SAVE | {"choice-name_en": choice})

    assertRedirects(saved, partner.get_absolute_url())
    partner.refresh_from_db()
    assert (partner.name_en, partner.country, partner.in_courts, partner.crs_code) == (
        kept,
        country,
        True,
        "",
    )


def test_former_names_that_either_added_are_all_kept(signed_in, partner, another):
    theirs = [{"name_en": "Before", "used_until": "1999"}, {"name_fr": "La leur"}]
    amend_partner(by=another, partner=partner, version=1, former_names=theirs)

    refused = signed_in.post(PAGE, typed(**{"former-1-name_en": "My own"}))
    signed_in.post(PAGE, sent_by(refused) | SAVE)

    names = {name.name_en or name.name_fr for name in partner.former_names.all()}
    assert names == {"Before", "La leur", "My own"}


def test_a_former_name_that_one_took_away_stays_away(signed_in, partner, another):
    theirs = [{"name_en": "Before", "used_until": "1999"}, {"name_fr": "La leur"}]
    amend_partner(by=another, partner=partner, version=1, former_names=theirs)

    refused = signed_in.post(PAGE, typed(**{"former-0-name_en": "", "former-0-used_until": ""}))
    signed_in.post(PAGE, sent_by(refused) | SAVE)

    assert [name.name_fr for name in partner.former_names.all()] == ["La leur"]


def test_a_parent_typed_by_its_name_is_the_same_as_its_code(signed_in, partner, another):
    parent = make_partner("TOP", name_en="Top Organization")
    amend_partner(by=another, partner=partner, version=1, parent=parent)

    response = signed_in.post(PAGE, typed(parent="top organization"))

    assertRedirects(response, partner.get_absolute_url())


def test_going_on_editing_opens_the_form_with_what_is_chosen(signed_in, partner, another):
    amend_partner(by=another, partner=partner, version=1, name_en="Theirs", crs_code="2")
    refused = signed_in.post(PAGE, typed(name_en="Mine", **{"former-1-name_en": "My own"}))

    response = signed_in.post(PAGE, sent_by(refused) | GO_ON)

    for value in ("Mine", "2", "Before", "My own"):
        assertContains(response, f'value="{value}"')
    assertContains(response, 'name="version" value="2"')
    assert Partner.objects.get().name_en == "Theirs"


def test_what_moves_on_once_more_brings_the_page_again(signed_in, partner, another):
    amend_partner(by=another, partner=partner, version=1, name_en="Theirs")
    refused = signed_in.post(PAGE, typed(name_en="Mine"))
    amend_partner(by=another, partner=partner, version=2, name_en="Theirs again")

    again = signed_in.post(PAGE, sent_by(refused) | SAVE | {"choice-name_en": "mine"})

    assertContains(again, "your choices are kept", status_code=409)
    signed_in.post(PAGE, sent_by(again) | SAVE)
    assert Partner.objects.get().name_en == "Mine"


def test_what_was_typed_outlives_archiving_and_bringing_back(signed_in, partner, another):
    archive_partner(by=another, partner=partner, reason="Dissolved")
    assert signed_in.post(PAGE, typed(name_en="Mine")).status_code == 409
    restore_partner(by=another, partner=partner)

    refused = signed_in.post(PAGE, typed(name_en="Mine"))
    saved = signed_in.post(PAGE, sent_by(refused) | SAVE)

    assert (saved.status_code, Partner.objects.get().name_en) == (302, "Mine")


def test_a_partner_archived_while_one_chooses_is_not_saved(signed_in, partner, another):
    amend_partner(by=another, partner=partner, version=1, name_en="Theirs")
    refused = signed_in.post(PAGE, typed(name_en="Mine"))
    archive_partner(by=another, partner=partner, reason="Dissolved")

    response = signed_in.post(PAGE, sent_by(refused) | SAVE | {"choice-name_en": "mine"})

    assertContains(response, "This partner was archived meanwhile", status_code=409)
    assertContains(response, 'value="Mine"', status_code=409)
    assert Partner.objects.get().name_en == "Theirs"
