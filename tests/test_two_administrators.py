"""Two administrators, one record of reference data: nothing is overwritten, nothing typed is dropped."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains

from accounts.models import Office, Role, User
from common.opened import OPENED
from objectives.models import Framework, Objective
from partners.actions import amend_partner
from partners.models import Country, FormerName, Partner, Region
from tests.factories import (
    make_country,
    make_framework,
    make_objective,
    make_office,
    make_partner,
    make_user,
)
from tests.test_admin import as_typed, make, page

NAMES = {
    Region: "name_en",
    Country: "name_en",
    Office: "name_en",
    Framework: "title_en",
    Objective: "short_en",
    Partner: "name_en",
    User: "first_name",
}


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


@pytest.fixture
def other():
    """Another administrator's browser."""
    other = Client()
    other.force_login(make_user("another", Role.ADMINISTRATOR))
    return other


def save(browser, url, **changes):
    return browser.post(url, as_typed(browser.get(url), **changes))


@pytest.mark.parametrize("model", NAMES)
def test_a_save_is_refused_once_with_both_and_goes_through_when_they_are_seen(
    signed_in, other, model
):
    record, name = make(model), NAMES[model]
    url = page(model, "change", record.pk)
    sent = as_typed(signed_in.get(url), **{name: "Mine"})
    assert save(other, url, **{name: "Theirs"}).status_code == 302

    refused = signed_in.post(url, sent)

    for text in ("Somebody else saved this", "Changed by another", "Theirs", 'value="Mine"'):
        assertContains(refused, text, status_code=409)
    record.refresh_from_db()
    assert getattr(record, name) == "Theirs"
    assert signed_in.post(url, as_typed(refused)).status_code == 302
    record.refresh_from_db()
    assert getattr(record, name) == "Mine"


def test_what_only_the_other_changed_is_not_undone_by_the_second_save(signed_in, other):
    region = Region.objects.create(code="150", name_en="Europe", name_fr="Europe")
    country = make_country("NO")
    url = page(Country, "change", country.pk)
    sent = as_typed(signed_in.get(url), name_en="Mine")
    save(other, url, name_fr="La leur", region=region.pk)

    refused = signed_in.post(url, sent)
    signed_in.post(url, as_typed(refused))

    told = {each.label: each for each in refused.context["differences"]}
    assert set(told) == {"Name in French", "Region"}
    assert not any(each.is_kept for each in told.values())
    assert list(told["Region"].now.items) == ["Europe"]
    country.refresh_from_db()
    assert (country.name_en, country.name_fr, country.region) == ("Mine", "La leur", region)


def test_objectives_it_follows_are_told_by_their_names(signed_in, other):
    framework = make_framework(adopted=False)
    one, older = make_objective("N1", framework), make_objective("S1")
    url = page(Objective, "change", one.pk)
    sent = as_typed(signed_in.get(url), short_en="Mine")
    save(other, url, follows=[older.pk])

    refused = signed_in.post(url, sent)
    signed_in.post(url, as_typed(refused))

    assertContains(refused, str(older), status_code=409)
    one.refresh_from_db()
    assert (list(one.follows.all()), one.short_en) == ([older], "Mine")


def test_a_persons_rights_changed_meanwhile_stay_changed(signed_in, other, staff):
    url = page(User, "change", staff.pk)
    sent = as_typed(signed_in.get(url), email="staff@example.org")
    save(other, url, clearance=0, is_active="")

    refused = signed_in.post(url, sent)
    signed_in.post(url, as_typed(refused))

    assertContains(refused, "Unclassified", status_code=409)
    staff.refresh_from_db()
    assert (staff.email, staff.clearance, staff.is_active) == ("staff@example.org", 0, False)


def test_former_names_both_typed_are_all_kept(signed_in, other, settings):
    # Each row's own key is looked up by Django's formset, one by one.
    settings.ZEAL_ALLOWLIST = [{"model": "partners.FormerName", "field": None}]
    partner = make_partner("PRI")
    FormerName.objects.create(partner=partner, name_en="Before", used_until="1999")
    url = page(Partner, "change", partner.pk)
    opened = signed_in.get(url)
    mine = as_typed(opened, **{"former_names-TOTAL_FORMS": "2", "former_names-1-name_en": "Mine"})
    theirs = {"former_names-TOTAL_FORMS": "2", "former_names-1-name_en": "Theirs"}
    save(other, url, **theirs, **{"former_names-0-used_until": "2001"})

    refused = signed_in.post(url, mine)
    assertContains(refused, "Theirs", status_code=409)
    assert signed_in.post(url, as_typed(refused)).status_code == 302

    names = set(partner.former_names.values_list("name_en", "used_until"))
    assert names == {("Before", "2001"), ("Theirs", ""), ("Mine", "")}


def test_a_former_name_made_anew_on_the_partners_own_page_is_edited_in_its_place(
    signed_in, administrator
):
    partner = make_partner("PRI")
    FormerName.objects.create(partner=partner, name_en="Before", used_until="1999")
    url = page(Partner, "change", partner.pk)
    sent = as_typed(signed_in.get(url), **{"former_names-0-used_until": "2001"})
    same = [{"name_en": "Before", "used_until": "1999"}]
    amend_partner(by=administrator, partner=partner, version=1, former_names=same, crs_code="9")

    refused = signed_in.post(url, sent)
    assert refused.status_code == 409
    assert signed_in.post(url, as_typed(refused)).status_code == 302

    partner.refresh_from_db()
    names = list(partner.former_names.values_list("name_en", "used_until"))
    assert (names, partner.crs_code) == ([("Before", "2001")], "9")


def test_a_former_name_taken_away_meanwhile_is_told_and_what_was_typed_in_it_kept(
    signed_in, administrator
):
    partner = make_partner("PRI")
    FormerName.objects.create(partner=partner, name_en="Before")
    url = page(Partner, "change", partner.pk)
    sent = as_typed(signed_in.get(url), **{"former_names-0-name_en": "Before, as typed"})
    amend_partner(by=administrator, partner=partner, version=1, former_names=[])

    refused = signed_in.post(url, sent)
    signed_in.post(url, as_typed(refused))

    assertContains(refused, "Former name", status_code=409)
    assert [name.name_en for name in partner.former_names.all()] == ["Before, as typed"]


@pytest.mark.parametrize("opened", ["", "[]", "{", '{"own": 1, "rows": 2}', "[" * 5000])
def test_a_form_that_says_not_what_it_was_opened_with_overwrites_nothing(signed_in, opened):
    office = make_office("PAC")
    url = page(Office, "change", office.pk)

    response = signed_in.post(url, as_typed(signed_in.get(url), name_en="Mine") | {OPENED: opened})

    assertContains(response, 'value="Mine"', status_code=409)
    office.refresh_from_db()
    assert office.name_en != "Mine"


def test_saving_alone_is_never_refused_and_a_wrong_form_comes_back_as_ever(signed_in):
    office = make_office("PAC")
    url = page(Office, "change", office.pk)

    wrong = signed_in.post(url, as_typed(signed_in.get(url), name_en=""))
    assert (wrong.status_code, save(signed_in, url).status_code) == (200, 302)
    assert signed_in.post(url, as_typed(wrong, name_en="Mine")).status_code == 302
