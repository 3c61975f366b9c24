"""Putting a partner back as it was."""

import re
import uuid

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from common.history.models import Revision
from partners.actions import add_partner, amend_partner, archive_partner
from partners.models import Partner
from tests.factories import make_country, make_partner

OLD_NAME = {
    "name_en": "Drug programme", "acronym_en": "", "name_fr": "", "acronym_fr": "",
    "used_from": "1991", "used_until": "1997",
}  # fmt: skip


def add(by, **told):
    fields = {"kind": "un", "name_en": "Office on Drugs", "name_fr": "Office contre la drogue"}
    return add_partner(by=by, code="UNODC", **fields | told)


def amend(partner, *, by, **changed):
    partner = Partner.objects.get(pk=partner.pk)
    return amend_partner(by=by, partner=partner, version=partner.version, **changed)


def revisions(partner):
    return list(Revision.objects.of("partner", [partner.pk]).order_by("number"))


def address(partner, **query):
    return reverse("partners:put_back", args=[partner.code], query=query)


def offered(response):
    boxes = re.findall(r'<input type="checkbox" name="field"[^>]*>', response.content.decode())
    return [re.search('value="([^"]*)"', box)[1] for box in boxes]


def put_back(client, url, partner, *fields):
    partner.refresh_from_db()
    return client.post(url, {"field": fields, "version": partner.version})


@pytest.fixture
def signed_in(client, administrator):
    client.force_login(administrator)
    return client


def test_names_and_all_else_go_back_to_what_they_were(signed_in, administrator):
    partner = add(
        administrator,
        acronym_en="UNODC",
        parent=make_partner("UN"),
        country=make_country("NO"),
        in_courts=True,
        website="https://example.org/",
        existed_from="1997",
        former_names=[OLD_NAME],
    )
    before = revisions(partner)[0].state
    amend(
        partner,
        by=administrator,
        name_en="Renamed",
        acronym_en="",
        parent=None,
        country=make_country("FR"),
        in_courts=False,
        in_police=True,
        website="",
        existed_from="",
        former_names=[OLD_NAME | {"name_en": "Another"}],
    )
    url = address(partner, change=revisions(partner)[0].key)
    fields = offered(signed_in.get(url))

    response = put_back(signed_in, url, partner, *fields)

    assert (response.status_code, response.url) == (302, partner.get_absolute_url())
    last = revisions(partner)[-1]
    assert (last.act, last.by, last.state) == ("restored", administrator, before)


def test_one_change_is_undone_and_what_came_after_stays(signed_in, administrator):
    partner = add(administrator)
    amend(partner, by=administrator, name_en="Wrong", seat_en="Vienna")
    amend(partner, by=administrator, seat_en="Geneva")
    url = address(partner, undo=revisions(partner)[1].key)
    assert offered(signed_in.get(url)) == ["name_en", "seat_en"]

    put_back(signed_in, url, partner, "name_en")

    partner.refresh_from_db()
    assert (partner.name_en, partner.seat_en) == ("Office on Drugs", "Geneva")


def test_what_makes_no_whole_partner_opens_the_form_with_what_is_wrong(signed_in, administrator):
    partner = add(administrator, name_fr="")
    amend(partner, by=administrator, name_en="", name_fr="Office")
    url = address(partner, change=revisions(partner)[0].key)

    response = put_back(signed_in, url, partner, "name_fr")

    assertContains(response, "Give the partner a name", status_code=422)
    edit = reverse("partners:edit", args=[partner.code])
    assertContains(response, f'action="{edit}"', status_code=422)


def test_who_comes_second_is_shown_the_partner_as_it_is_by_now(signed_in, administrator, manager):
    partner = add(administrator)
    amend(partner, by=administrator, name_en="Wrong")
    partner.refresh_from_db()
    seen = partner.version
    amend(partner, by=manager, name_en="Theirs")
    url = address(partner, change=revisions(partner)[0].key)

    response = signed_in.post(url, {"field": ["name_en"], "version": seen})

    assertContains(response, "manager saved it on", status_code=409)
    assertContains(response, "Theirs", status_code=409)
    partner.refresh_from_db()
    assert partner.name_en == "Theirs"


def test_choosing_nothing_is_told_so(signed_in, administrator):
    partner = add(administrator)
    amend(partner, by=administrator, name_en="Wrong")
    url = address(partner, change=revisions(partner)[0].key)

    assertContains(put_back(signed_in, url, partner), "Choose at least one", status_code=422)


def test_what_names_no_act_of_it_is_not_there(signed_in, administrator):
    partner = add(administrator)
    first = revisions(partner)[0].key

    for query in ({}, {"change": "x"}, {"change": str(uuid.uuid4())}, {"undo": first}):
        assert signed_in.get(address(partner, **query)).status_code == 404


def test_an_archived_partner_is_brought_back_first(signed_in, administrator):
    partner = add(administrator)
    archive_partner(by=administrator, partner=partner, reason="Wound up.")

    response = signed_in.get(address(partner, change=revisions(partner)[0].key), follow=True)

    assertContains(response, "An archived partner is not edited.")


def test_the_history_leads_administrators_there_and_nobody_else(client, administrator, manager):
    partner = add(administrator)
    amend(partner, by=administrator, name_en="Wrong")
    for url in (reverse("partners:history", args=[partner.code]), partner.get_absolute_url()):
        partner.refresh_from_db()
        client.force_login(administrator)
        page = client.get(url)
        assertContains(page, f'href="{address(partner, change=revisions(partner)[0].key)}"')
        assertContains(page, f'href="{address(partner, undo=revisions(partner)[1].key)}"')
        client.force_login(manager)
        assertNotContains(client.get(url), "put-back")
