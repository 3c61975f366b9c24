"""Opening the form: who may, what it offers, what the address fills in, and what another takes along."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Role
from partners.models import Partner
from tests.engagements.telling import address, enough, pillar
from tests.factories import (
    make_country,
    make_engagement,
    make_partner,
    make_user,
)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.READER, 403),
        (Role.STAFF, 200),
        (Role.MANAGER, 200),
        (Role.ADMINISTRATOR, 200),
        (Role.APPROVER, 403),
    ],
)
def test_contributors_open_it(client, role, status):
    client.force_login(make_user("someone", role))

    assert client.get(address()).status_code == status
    assert client.post(address(), {}).status_code == (422 if status == 200 else 403)


def test_a_new_form_says_nothing_against_anyone(client, staff):
    client.force_login(staff)

    response = client.get(address())

    assertNotContains(response, "error-summary")
    assertNotContains(response, 'aria-invalid="true"')
    assertContains(response, f'<option value="{staff.office.code}" selected>')


def test_sensitivity_goes_as_high_as_the_clearance(client, staff, manager):
    client.force_login(staff)
    assertNotContains(client.get(address()), "Protected B</")

    client.force_login(manager)
    assertContains(client.get(address()), "Protected B")


def test_the_address_fills_in_partner_country_and_kind(client, staff):
    make_partner("UNODC")
    make_country("NO")
    client.force_login(staff)

    response = client.get(address(), {"partner": "UNODC", "country": "NO", "kind": "other"})

    form = response.context["form"]
    assert [row.code for row in form.rows] == ["UNODC"]
    assert [country.iso2 for country in form.countries] == ["NO"]
    assertContains(response, '<option value="other" selected>')


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Tanzanie", ["TZ"]),
        ("tanzan", ["TZ"]),
        ("United Kingdom", ["GB"]),
        ("uk", ["GB"]),
        ("USA", ["US"]),
        ("Guinea", ["GN"]),
        ("Korea", []),
        ("Uni", []),
    ],
)
def test_a_country_is_known_by_enough_of_its_name(client, staff, typed, meant):
    make_country("TZ", name_en="United Republic of Tanzania", name_fr="République-Unie de Tanzanie")
    make_country("GB", name_en="United Kingdom of Great Britain", name_fr="Royaume-Uni")
    make_country("US", name_en="United States of America", name_fr="États-Unis", iso3="USA")
    make_country("GN", name_en="Guinea", name_fr="Guinée")
    make_country("GW", name_en="Guinea-Bissau", name_fr="Guinée-Bissau")
    make_country("KR", name_en="Republic of Korea", name_fr="République de Corée")
    make_country("KP", name_en="North Korea", name_fr="Corée du Nord")
    client.force_login(staff)

    form = client.post(address(), {"add_country": typed, "do": "add-country"}).context["form"]

    assert [country.iso2 for country in form.countries] == meant


@pytest.mark.parametrize("asked", ["partner", "country", "kind", "objectives", "after"])
@pytest.mark.parametrize("value", ["XX", "\x00", "x" * 3000, "<b>"])
def test_what_the_address_names_in_vain_is_left_out_and_said(client, staff, asked, value):
    client.force_login(staff)

    response = client.get(address(), {asked: value})

    assert response.status_code == 200
    assert response.context["form"].rows == []
    assertContains(response, "is not known here and was left out.")


def test_saving_and_logging_another_keeps_partners_place_countries_and_objectives(client, send):
    make_country("NO")
    told = enough(country=["NO"], place="Oslo", purpose="To see", do="another")

    opened = client.get(send(told).url)

    form = opened.context["form"]
    assert [(row.code, row.role) for row in form.rows] == [("UNODC", "host")]
    assert [country.iso2 for country in form.countries] == ["NO"]
    assert form.objective_codes == ["P1"]
    assert form["place"].value() == "Oslo"
    assert not form["title_en"].value()
    assert not form["purpose"].value()
    assert form.data["form_key"] not in {"", told["form_key"]}
    assertContains(opened, "IE-2027-0001")


def test_what_another_takes_along_does_not_stand_in_the_address(send):
    response = send(enough(place="A secret place", do="another"))

    assert "secret" not in response.url


@pytest.mark.parametrize("partners", [1, 3])
def test_the_form_takes_as_many_queries_for_one_partner_as_for_three(
    client, staff, partners, django_assert_num_queries
):
    pillar()
    codes = [make_partner().code for _number in range(partners)]
    make_engagement(logged_by=staff, partners=Partner.objects.all())
    client.force_login(staff)
    client.get(address())

    with django_assert_num_queries(11):
        client.get(address(), {"partner": codes[:1]})
    with django_assert_num_queries(10):
        client.post(address(), {"partner": codes, "do": "add-partner"})
