"""Partners in the form: suggested while one types, added, taken away, created without leaving it."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Role, Sensitivity
from engagements.kinds import Stage
from partners.models import FormerName, Partner
from tests.engagements.telling import address, enough
from tests.factories import make_country, make_engagement, make_partner, make_user

HTMX = {"HX-Request": "true"}


@pytest.fixture
def unodc():
    un = make_partner("UN", name_en="United Nations", acronym_en="UN", kind="un")
    return make_partner(
        "UNODC",
        name_en="Office on Drugs and Crime",
        name_fr="Office contre la drogue et le crime",
        acronym_en="UNODC",
        acronym_fr="ONUDC",
        parent=un,
    )


@pytest.fixture
def suggest(client, staff):
    client.force_login(staff)

    def suggest(typed):
        return client.get(address("engagements:partner_suggestions"), {"q": typed})

    return suggest


def codes(response) -> list[str]:
    return [suggestion.partner.code for suggestion in response.context["suggestions"]]


def rows(response) -> list[tuple[str, str]]:
    return [(row.code, row.role) for row in response.context["form"].rows]


# Suggestions


@pytest.mark.parametrize("typed", ["unodc", "ONUDC", "drug", "Drogué", "crime office", "  drugs "])
def test_a_partner_is_found_by_name_or_acronym_in_either_language(suggest, unodc, typed):
    response = suggest(typed)

    assert codes(response) == ["UNODC"]
    assertContains(response, "Office on Drugs and Crime (UNODC)")
    assertContains(response, "1 partner matches")


def test_a_partner_is_found_by_a_former_name(suggest, unodc):
    FormerName.objects.create(partner=unodc, name_en="Narcotics Programme")

    assert codes(suggest("narcotics")) == ["UNODC"]


def test_whoever_is_called_so_comes_first_however_many_hold_the_letters(suggest, staff, unodc):
    for number in range(12):
        other = make_partner(f"A{number}", name_en=f"Fund for unity {number}")
        make_engagement(partners=[other], logged_by=staff)

    response = suggest("un")

    assert codes(response)[:2] == ["UN", "UNODC"]
    assert len(codes(response)) == 8
    assertContains(response, "14 partners match")


def test_whose_whole_name_it_is_comes_first_even_after_a_slip(suggest, staff, unodc):
    other = make_partner("AAA", name_en="Agency of the United Nations")
    make_engagement(partners=[other], logged_by=staff)

    assert codes(suggest("natoins unted")) == ["UN", "AAA"]


def test_an_archived_partner_is_not_suggested(suggest, unodc):
    Partner.objects.update(archived_at=timezone.now(), archive_reason="Closed")

    assert codes(suggest("unodc")) == []


def test_only_engagements_one_may_see_are_counted(suggest, staff, colleague, unodc):
    make_engagement(partners=[unodc], start=dt.date(2026, 5, 15), logged_by=staff)
    hidden = {"partners": [unodc], "start": dt.date(2026, 9, 9)}
    make_engagement(sensitivity=Sensitivity.PROTECTED_B, **hidden)
    make_engagement(stage=Stage.DRAFT, logged_by=colleague, **hidden)
    make_engagement(stage=Stage.DRAFT, logged_by=staff, **hidden)

    response = suggest("unodc")

    assertContains(response, "1 engagement, last")
    assertContains(response, "2026-05-15")
    assertNotContains(response, "2026-09-09")


@pytest.mark.parametrize(
    "typed", ["", " ", "\x00", "´", "%", "_", "x" * 5000, "<b>", "'", "\u202e"]
)
def test_whatever_is_typed_is_answered(suggest, unodc, typed):
    response = suggest(typed)

    assert response.status_code == 200
    assert codes(response) == []
    assertNotContains(response, "<b>")


def test_what_is_missing_can_be_created(suggest):
    assertContains(suggest("Nobody"), "Create “Nobody” as a new partner")


@pytest.mark.parametrize("role", [Role.READER, Role.APPROVER])
def test_suggestions_are_for_those_who_log(client, role):
    client.force_login(make_user("someone", role))

    assert client.get(address("engagements:partner_suggestions"), {"q": "un"}).status_code == 403


@pytest.mark.parametrize("partners", [1, 3])
def test_one_suggestion_takes_as_many_queries_as_three(
    suggest, staff, partners, django_assert_num_queries
):
    for number in range(partners):
        make_engagement(partners=[make_partner(f"B{number}", name_en="Body")], logged_by=staff)

    with django_assert_num_queries(8):
        assert len(codes(suggest("body"))) == partners


# Adding and taking away, with and without a script


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("typed", ["UNODC", "onudc", "office on drugs and CRIME"])
def test_a_partner_is_added_by_name_and_all_that_is_typed_stays(
    client, staff, unodc, headers, typed
):
    client.force_login(staff)
    told = enough(
        do="add-partner",
        add_partner=typed,
        purpose="To see",
        start_day="31x",
        partner=["UN"],
        role=["funder"],
    )

    response = client.post(address(), told, headers=headers)

    assert response.status_code == 200
    assert rows(response) == [("UN", "funder"), ("UNODC", "participant")]
    assertNotContains(response, 'aria-invalid="true"')
    if not headers:
        assertContains(response, "To see")
        assertContains(response, 'value="31x"')


def test_a_name_that_nobody_has_stays_typed_and_is_told(client, staff):
    client.force_login(staff)
    told = enough(do="add-partner", add_partner="Nobody at all")

    response = client.post(address(), told)

    assertContains(response, 'value="Nobody at all"', status_code=422)
    assert "Nobody at all" in " ".join(response.context["form"].errors["add_partner"])
    assert list(response.context["form"].errors) == ["add_partner"]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_partner_is_taken_away(client, staff, unodc, headers):
    client.force_login(staff)
    told = enough(do="remove-partner:0", partner=["UN", "UNODC"], role=["funder", "host"])

    assert rows(client.post(address(), told, headers=headers)) == [("UNODC", "host")]


@pytest.mark.parametrize("place", ["", "7", "-1", "x", "9" * 5000])
def test_taking_away_what_is_not_there_changes_nothing(client, staff, unodc, place):
    client.force_login(staff)
    told = enough(do=f"remove-partner:{place}", partner=["UN", "UNODC"])

    assert len(rows(client.post(address(), told))) == 2


def test_a_country_is_added_and_taken_away(client, staff):
    make_country("NO")
    make_country("FR")
    client.force_login(staff)
    told = enough(country=["FR"])

    added = client.post(address(), told | {"do": "add-country", "add_country": "norvege"})
    left = client.post(address(), told | {"do": "remove-country:FR"})

    assert [country.iso2 for country in added.context["form"].countries] == ["FR", "NO"]
    assert left.context["form"].countries == []


def test_recent_partners_are_one_click_away(client, staff, unodc):
    make_engagement(partners=[unodc], logged_by=staff)
    make_engagement(partners=[make_partner("THEIRS", name_en="Theirs")])
    client.force_login(staff)

    opened = client.get(address())
    assertContains(opened, "use-partner:UNODC")
    assertNotContains(opened, "use-partner:THEIRS")
    used = client.post(address(), enough(do="use-partner:UNODC", partner=["UN"]))

    assert [code for code, _role in rows(used)] == ["UN", "UNODC"]


@pytest.mark.parametrize("code", ["", "NOBODY", "\x00", "x" * 5000])
def test_using_a_partner_that_is_not_there_breaks_nothing(client, staff, code):
    client.force_login(staff)

    assert client.post(address(), enough(do=f"use-partner:{code}")).status_code in {200, 422}


# A missing partner

NEW = {
    "do": "create-partner",
    "new_partner-name_en": "Prison Farm Society",
    "new_partner-acronym_en": "PFS",
    "new_partner-kind": "ngo",
    "new_partner-country": "NO",
    "new_partner-parent": "UN",
}


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_missing_partner_is_created_and_nothing_typed_is_lost(client, staff, unodc, headers):
    make_country("NO")
    client.force_login(staff)

    response = client.post(
        address(), enough(partner=["UNODC"], purpose="To see", **NEW), headers=headers
    )

    made = Partner.objects.get(name_en="Prison Farm Society")
    assert (made.kind, made.country.iso2, made.parent.code) == ("ngo", "NO", "UN")
    assert made.created_by == staff
    assert rows(response) == [("UNODC", "host"), (made.code, "participant")]
    assertNotContains(response, "Prison Farm Society</option>")
    assertNotContains(response, 'name="new_partner-name_en" value=')
    if not headers:
        assertContains(response, "To see")


def test_one_that_may_be_here_already_is_pointed_out_first(client, staff, unodc):
    client.force_login(staff)
    told = enough(partner=["UN"], **NEW | {
        "new_partner-name_en": "Office on Drug and Crime", "new_partner-acronym_en": "",
        "new_partner-country": "",
    })  # fmt: skip

    warned = client.post(address(), told)

    assertContains(warned, "use-partner:UNODC", status_code=422)
    assertContains(warned, 'value="Office on Drug and Crime"', status_code=422)
    assert Partner.objects.count() == 2
    created = client.post(address(), told | {"similar_seen": ["UNODC"]})
    assert created.status_code == 200
    assert Partner.objects.count() == 3


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"new_partner-name_en": ""}, "name_en"),
        ({"new_partner-name_en": "A\x00B"}, "name_en"),
        ({"new_partner-name_en": "x" * 301}, "name_en"),
        ({"new_partner-acronym_en": "x" * 41}, "acronym_en"),
        ({"new_partner-kind": ""}, "kind"),
        ({"new_partner-kind": "club"}, "kind"),
        ({"new_partner-country": "QQ"}, "country"),
        ({"new_partner-parent": "Nobody"}, "parent"),
        ({"new_partner-parent": "N\x00"}, "parent"),
    ],
)
def test_a_new_partner_that_lacks_something_is_told_and_stays_typed(
    client, staff, unodc, wrong, field
):
    make_country("NO")
    client.force_login(staff)

    response = client.post(address(), enough(partner=["UN"], purpose="To see", **NEW | wrong))

    assertContains(response, "To see", status_code=422)
    assert list(response.context["new_partner"].errors) == [field]
    assertContains(response, f'href="#id_new_partner-{field}"', status_code=422)
    assert Partner.objects.count() == 2


def test_a_new_partner_half_typed_stays_when_the_form_is_sent(client, staff, unodc):
    client.force_login(staff)

    response = client.post(address(), enough(title_en="", partner=["UN"], **NEW | {"do": "log"}))

    assertContains(response, 'value="Prison Farm Society"', status_code=422)


def test_a_partner_created_twice_by_a_double_click_is_one(client, staff, unodc):
    make_country("NO")
    client.force_login(staff)
    told = enough(partner=["UN"], **NEW)

    client.post(address(), told)
    client.post(address(), told)

    assert Partner.objects.filter(name_en="Prison Farm Society").count() == 1
