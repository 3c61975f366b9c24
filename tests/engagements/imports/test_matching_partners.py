"""Partners are found under every name they go by; what is only like one is asked about."""

import unicodedata

import pytest
from django.utils import timezone

from engagements.imports.matching.countries import CountryMatcher
from engagements.imports.matching.partners import PartnerMatcher
from engagements.imports.matching.results import NOTHING, Found, Proposals
from partners.models import FormerName, Partner
from tests.factories import make_country, make_partner, make_user


@pytest.fixture
def unodc():
    un = make_partner("UN", name_en="United Nations", name_fr="Nations Unies", acronym_en="UN")
    partner = make_partner(
        "UNODC",
        kind=Partner.Kind.UN,
        name_en="United Nations Office on Drugs and Crime",
        name_fr="Office des Nations Unies contre la drogue et le crime",
        acronym_en="UNODC",
        acronym_fr="ONUDC",
        name_own="Büro der Vereinten Nationen",
        seat_en="Vienna",
        seat_fr="Vienne",
        country=make_country("AT", name_en="Austria", name_fr="Autriche"),
        parent=un,
    )
    FormerName.objects.create(
        partner=partner, name_en="Office for Drug Control and Crime Prevention", acronym_en="ODCCP"
    )
    return partner


def match(text):
    return PartnerMatcher.load(CountryMatcher.load()).match(text)


@pytest.mark.parametrize(
    "text",
    [
        "United Nations Office on Drugs and Crime",
        "  united nations OFFICE on drugs & crime ",
        "Office des Nations Unies contre la drogue et le crime",
        "Büro der Vereinten Nationen",
        "BURO DER VEREINTEN NATIONEN",
        "UNODC",
        "U.N.O.D.C.",
        "ONUDC",
        "ODCCP",
        "Office for Drug Control and Crime Prevention",
        "United Nations Office on Drugs and Crime (UNODC)",
        "UNODC (United Nations Office on Drugs and Crime)",
        "UNODC – United Nations Office on Drugs and Crime",
        "UNODC - Vienna",
        "ONUDC (Vienne)",
        "UNODC, Austria",
        "UNODC / ONUDC",
        "UN - UNODC",
        "UNODC (office not named in source)",
        "United Nations Office on Drugs and Crime / Office des Nations Unies contre la drogue et le crime",
        "United Nations Office on Drugs and Crime Office des Nations Unies contre la drogue et le crime",
        "United Nations Office on Drugs and Crime (ABCD)",
        "The United Nations Office on Drugs-and-Crime",
        "United\u00a0Nations Office on Drugs and Crime",
        "\u200bUN\u200bODC\ufeff",
    ],
)
def test_a_partner_is_found_under_each_of_its_names(unodc, text):
    assert match(text) == Found("UNODC")


def test_accents_in_two_parts_and_typographic_apostrophes_are_the_same_letters():
    make_partner("EU-E", name_fr="Conseil de l’Europe – Direction générale", name_en="")

    text = unicodedata.normalize("NFD", "CONSEIL DE L'EUROPE - DIRECTION GÉNÉRALE")

    assert match(text) == Found("EU-E")


def test_a_hyphen_within_a_word_tells_no_two_names_apart():
    make_partner("OSCE", name_en="Organization for Security and Co-operation in Europe")

    assert match("Organization for Security and Cooperation in Europe") == Found("OSCE")


def test_nearly_the_same_name_is_asked_about_with_a_score(unodc):
    make_partner("UNDP", name_en="United Nations Development Programme", name_fr="")

    asked = match("United Nations Development Program")

    assert isinstance(asked, Proposals)
    assert asked.proposals[0].code == "UNDP"
    assert 0.9 < asked.proposals[0].score < 1


@pytest.mark.parametrize(
    "text",
    ["Untied Nations Office on Drugs and Crmie", "UNODC Bangkok", "Ofice of Drugs and Crime"],
)
def test_what_is_like_a_name_is_proposed_and_not_taken(unodc, text):
    asked = match(text)

    assert isinstance(asked, Proposals)
    assert "UNODC" in [proposal.code for proposal in asked.proposals]
    assert all(0 < proposal.score < 1 for proposal in asked.proposals)


def test_an_acronym_with_another_place_may_be_another_office(unodc):
    asked = match("UNODC - Bogotá")

    assert [proposal.code for proposal in asked.proposals] == ["UNODC"]


def test_what_is_like_nothing_proposes_nothing(unodc):
    assert match("Falls Brook Quarry Ltd.") == Proposals()


def test_two_partners_with_one_acronym_are_a_question():
    for iso2, code in (("NO", "NO-PS"), ("KE", "KE-PS")):
        make_partner(
            code, acronym_en="HMPS", name_en=f"Prison service {code}", country=make_country(iso2)
        )

    asked = match("HMPS")

    assert sorted((one.code, one.score) for one in asked.proposals) == [("KE-PS", 1), ("NO-PS", 1)]
    assert asked.message == "More than one partner is called “HMPS”. Say which it is."


def test_the_country_beside_it_tells_which_of_two_it_is():
    make_partner("NO-PS", name_en="Prison Service", country=make_country("NO"))
    kenya = make_country("KE", name_en="Kenya", name_fr="Kenya")
    make_partner("KE-PS", name_en="Prison Service", country=kenya)

    assert match("Prison Service, Kenya") == Found("KE-PS")


def test_the_body_of_another_country_is_not_taken_for_the_one_that_is_here():
    foreign = Partner.Kind.FOREIGN_GOVERNMENT
    make_partner("NO-MJ", kind=foreign, name_en="Ministry of Justice", country=make_country("NO"))
    make_country("TD", name_en="Chad", name_fr="Tchad")

    asked = match("Ministry of Justice, Chad")

    assert [(one.code, one.score) for one in asked.proposals] == [("NO-MJ", 0.6)]


def test_an_archived_partner_is_proposed_with_why_it_cannot_be_chosen(unodc):
    Partner.objects.filter(code="UNODC").update(
        archived_at=timezone.now(), archived_by=make_user(), archive_reason="Merged into another."
    )

    asked = match("UNODC")

    why = (
        "United Nations Office on Drugs and Crime (UNODC) is archived: Merged into another. "
        "Choose another partner, or remove it."
    )
    assert [(one.code, one.why_not) for one in asked.proposals] == [("UNODC", why)]
    assert asked.message == why


def test_an_active_partner_comes_before_an_archived_one_of_the_same_name(unodc):
    make_partner("OLD", acronym_en="UNODC", archived_at=timezone.now(), archive_reason="Twice.")

    assert match("UNODC") == Found("UNODC")


def test_a_name_of_today_comes_before_a_former_one(unodc):
    make_partner("NEW", acronym_en="ODCCP", name_en="Other department of crime")

    assert match("ODCCP") == Found("NEW")


@pytest.mark.parametrize("text", ["n/a", "Information not available", "TBD / à déterminer", "-"])
def test_words_that_say_nothing_are_no_partner(unodc, text):
    assert match(text) == NOTHING


def test_at_most_five_are_proposed_the_closest_first(unodc):
    for number in range(8):
        make_partner(f"S-{number}", name_en=f"Drugs and Crime Office {number}", name_fr="")

    proposals = match("Drugs and Crime Ofice").proposals

    assert len(proposals) == 5
    assert [one.score for one in proposals] == sorted(
        (one.score for one in proposals), reverse=True
    )


@pytest.mark.parametrize("text", ["\x00", "(((", "/", "a" * 100_000, "؟؟", "'", "&"])
def test_odd_texts_are_no_partner_and_break_nothing(unodc, text):
    assert not isinstance(match(text), Found)


@pytest.mark.parametrize("count", [1, 3])
def test_however_many_partners_two_queries_read_them(django_assert_num_queries, count):
    for _number in range(count):
        FormerName.objects.create(partner=make_partner(), name_en="Once")
    countries = CountryMatcher.load()

    with django_assert_num_queries(2):
        matcher = PartnerMatcher.load(countries)
        for text in ("Partner", "Once", "UNODC - Vienna", "Partenaire X"):
            matcher.match(text)


def test_a_page_of_text_is_no_name_whatever_stands_in_it(unodc):
    page = "United Nations Office on Drugs and Crime " + " ".join(map(str, range(1_000)))

    assert match(page) == Proposals()
    assert not PartnerMatcher.load(CountryMatcher.load()).knows("UNODC / " * 100)
