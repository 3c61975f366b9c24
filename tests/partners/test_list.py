"""The list of partners: found, in order, counted."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Sensitivity
from common.partial_dates import PartialDate, a_year_before
from engagements.kinds import Stage
from partners.models import FormerName, Partner
from tests.factories import make_country, make_engagement, make_partner, make_region

URL = reverse("partners:list")


def names(response):
    return [tally.partner.name for tally, _depth in response.context["rows"]]


def row(response, name):
    return next(tally for tally, _depth in response.context["rows"] if tally.partner.name == name)


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


def test_bodies_stand_under_their_parents_by_name(signed_in):
    un = make_partner("UN", name_en="United Nations")
    make_partner("UNODC", name_en="Office on Drugs", parent=un)
    make_partner("DPO", name_en="Department of Peace", parent=un)
    make_partner("AU", name_en="african Union")

    rows = signed_in.get(URL).context["rows"]

    assert [(tally.partner.code, depth) for tally, depth in rows] == [
        ("AU", 0),
        ("UN", 0),
        ("DPO", 1),
        ("UNODC", 1),
    ]


def test_names_are_sorted_in_the_readers_language_accents_aside(signed_in):
    make_partner(name_en="Zulu", name_fr="Église")
    make_partner(name_en="Alpha", name_fr="Zèbre")
    make_partner(name_en="Beta", name_fr="Fort")

    with override("fr"):
        response = signed_in.get(reverse("partners:list"))
        assert names(response) == ["Église", "Fort", "Zèbre"]
    assert names(signed_in.get(URL)) == ["Alpha", "Beta", "Zulu"]


@pytest.mark.parametrize(
    "words", ["OEUVRE penitentiaire", "onudc", "drug control", "pénitentiaire œuvre"]
)
def test_words_are_found_in_both_languages_acronyms_and_former_names(signed_in, words):
    known = make_partner(
        name_en="Known", name_fr="Œuvre pénitentiaire", acronym_en="X", acronym_fr="ONUDC"
    )
    FormerName.objects.create(partner=known, name_en="Drug Control Programme")
    make_partner(name_en="Other")

    assert names(signed_in.get(URL, {"q": words})) == ["Known"]


def test_searching_shows_no_hierarchy_but_says_what_each_is_part_of(signed_in):
    un = make_partner("UN", name_en="United Nations")
    make_partner("UNODC", name_en="United Office", parent=un)

    response = signed_in.get(URL, {"q": "united"})

    assert [depth for _tally, depth in response.context["rows"]] == [0, 0]
    assertContains(response, "part of United Nations")


def test_kinds_countries_and_regions_narrow_the_list(signed_in):
    europe = make_region("150")
    north = make_region("154", parent=europe)
    norway = make_country("NO", region=north)
    make_partner(name_en="Norway's", kind=Partner.Kind.FOREIGN_GOVERNMENT, country=norway)
    make_partner(name_en="Ours", kind=Partner.Kind.CANADIAN_GOVERNMENT)
    make_partner(name_en="Nobody's", kind=Partner.Kind.NGO)

    def found(**query):
        return names(signed_in.get(URL, query))

    assert found(kind="foreign-government") == ["Norway's"]
    assert found(kind=["foreign-government", "ngo"]) == ["Nobody's", "Norway's"]
    assert found(country="NO") == ["Norway's"]
    assert found(region="150") == ["Norway's"]


def test_the_count_beside_a_kind_leaves_the_kind_chosen_aside(signed_in):
    make_partner(kind=Partner.Kind.NGO)
    make_partner(kind=Partner.Kind.UN)

    options = signed_in.get(URL, {"kind": "ngo"}).context["filters"].kind_options

    assert {value: count for value, _label, count, _chosen in options if count} == {
        "ngo": 1,
        "un": 1,
    }


def test_archived_partners_are_listed_where_asked_for(signed_in):
    make_partner(name_en="Active")
    make_partner(name_en="Gone", archived_at="2026-01-01T12:00Z", archive_reason="Dissolved")

    assert names(signed_in.get(URL)) == ["Active"]
    assert names(signed_in.get(URL, {"state": "archived"})) == ["Gone"]
    assert names(signed_in.get(URL, {"state": "all"})) == ["Active", "Gone"]


def test_a_partner_counts_what_was_done_with_its_bodies_once(signed_in):
    un = make_partner("UN", name_en="United Nations")
    body = make_partner("UNODC", name_en="Office", parent=un)
    make_engagement(partners=[un, body], start=dt.date(2020, 1, 1))
    make_engagement(partners=[body], start=dt.date(2021, 1, 1))

    response = signed_in.get(URL)

    assert (row(response, "United Nations").count, row(response, "Office").count) == (2, 2)
    assert row(response, "United Nations").last.start_earliest == dt.date(2021, 1, 1)
    assertContains(response, "with its bodies")


def test_a_count_leads_to_exactly_the_engagements_it_counts(signed_in):
    un = make_partner("UN", name_en="United Nations")
    body = make_partner("UNODC", name_en="Office", parent=un)
    make_engagement(partners=[un])
    make_engagement(partners=[body], stage=Stage.SUBMITTED)
    make_engagement(partners=[un], stage=Stage.CANCELLED, stage_reason="Travel stopped")
    make_engagement()

    tally = row(signed_in.get(URL), "United Nations")

    assert tally.count == 2
    assert signed_in.get(tally.url).context["page"].paginator.count == 2


def test_what_one_may_not_see_is_neither_counted_nor_last(client, reader, staff):
    partner = make_partner(name_en="Partner")
    make_engagement(partners=[partner], start=dt.date(2020, 1, 1))
    make_engagement(
        partners=[partner], start=dt.date(2021, 1, 1), sensitivity=Sensitivity.PROTECTED_A
    )
    make_engagement(partners=[partner], stage=Stage.DRAFT, logged_by=reader)
    client.force_login(reader)

    tally = row(client.get(URL), "Partner")

    assert (tally.count, tally.last.start_earliest) == (1, dt.date(2020, 1, 1))


def test_the_last_engagement_has_begun_and_has_a_date(signed_in):
    partner = make_partner(name_en="Partner")
    make_engagement(partners=[partner], start=dt.date(2099, 1, 1), stage=Stage.APPROVED)
    make_engagement(partners=[partner], start=PartialDate.unknown())

    tally = row(signed_in.get(URL), "Partner")

    assert (tally.count, tally.last) == (2, None)


def test_fifty_partners_a_page(signed_in):
    for number in range(51):
        make_partner(name_en=f"Partner {number:02}")

    assert len(signed_in.get(URL).context["rows"]) == 50
    assert names(signed_in.get(URL, {"page": 2})) == ["Partner 50"]
    assert len(signed_in.get(URL, {"per_page": 10}).context["rows"]) == 10


def test_a_page_beyond_the_last_says_so(signed_in):
    make_partner()

    assertContains(signed_in.get(URL, {"page": 9}), "There is no such page", status_code=404)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"colour": "red"}, "“colour” is not a filter"),
        ({"kind": "enemy"}, "There is no kind “enemy”"),
        ({"country": "ZZ"}, "There is no country with the code “ZZ”"),
        ({"region": "999"}, "There is no region with the M49 code “999”"),
        ({"state": "asleep"}, "“state” takes active, archived or all"),
        ({"q": "a\x00b"}, "control character"),
        ({"country": "N\x00"}, "There is no country"),
    ],
)
def test_what_makes_no_sense_shows_nothing_and_says_why(signed_in, query, message):
    make_partner(name_en="Should not show")

    response = signed_in.get(URL, query)

    assertContains(response, message, status_code=400)
    assertNotContains(response, "Should not show", status_code=400)


def test_htmx_gets_the_part_and_an_address_to_share(signed_in):
    make_partner(name_en="Penal Reform")

    response = signed_in.get(URL, {"q": "penal", "country": ""}, HTTP_HX_REQUEST="true")

    assert response["HX-Push-Url"] == f"{URL}?q=penal"
    assertNotContains(response, "<html")
    assertContains(response, "Penal Reform")


def test_a_chip_takes_one_choice_away(signed_in):
    make_partner(kind=Partner.Kind.UN)

    response = signed_in.get(URL, {"q": "partner", "kind": ["un", "ngo"]})

    assert response.context["filters"].chips == [
        ("partner", "kind=un&kind=ngo"),
        ("UN system", "q=partner&kind=ngo"),
        ("NGO or professional body", "q=partner&kind=un"),
    ]


def test_an_empty_list_says_what_to_do_next(signed_in):
    assertContains(signed_in.get(URL), "There are no partners yet")
    assertContains(signed_in.get(URL, {"q": "nobody"}), "Look among the archived ones too")


def test_only_administrators_are_offered_to_add(client, signed_in, administrator):
    assertNotContains(signed_in.get(URL), reverse("partners:create"))
    client.force_login(administrator)
    assertContains(client.get(URL), reverse("partners:create"))


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(signed_in, count, django_assert_num_queries):
    top = make_partner()
    for _ in range(count):
        make_engagement(partners=[make_partner(parent=top, country=make_country())])

    with django_assert_num_queries(9):
        response = signed_in.get(URL)

    assert response.context["page"].paginator.count == count + 1


def test_partners_that_nobody_verified_for_a_year_or_ever_are_found_to_be_verified(signed_in):
    today = timezone.localdate()
    make_partner(name_en="Never")
    make_partner(name_en="Long ago", verified_on=a_year_before(today))
    make_partner(name_en="Lately", verified_on=a_year_before(today) + dt.timedelta(days=1))

    def asked(query):
        return names(signed_in.get(URL + query))

    assert asked("?verified=never") == ["Never"]
    assert asked("?verified=stale") == ["Long ago"]
    assert asked("?verified=stale&verified=never") == ["Long ago", "Never"]
    assertContains(signed_in.get(URL + "?verified=soon"), "takes stale or never", status_code=400)
