"""Countries are found by what people write for them; a region is none, and asked about once."""

import unicodedata

import pytest

from engagements.imports.matching.countries import CountryMatcher
from engagements.imports.matching.results import NONE, NOTHING, Found, Proposals
from tests.engagements.imports.shipped import with_reference


@pytest.fixture(scope="module")
def countries(django_db_setup, django_db_blocker):
    """Every country and region that the portal ships with, read once."""
    with with_reference(django_db_blocker):
        return CountryMatcher.load()


@pytest.fixture
def match(countries):
    return countries.match


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Kenya", "KE"),
        ("KENYA ", "KE"),
        ("KE", "KE"),
        ("KEN", "KE"),
        ("404", "KE"),
        ("Norvège", "NO"),
        ("Norvege", "NO"),
        ("NO", "NO"),
        ("Congo, Democratic Republic", "CD"),
        ("Congo, Democratic Republic of the", "CD"),
        ("Congo, République démocratique du", "CD"),
        ("DRC", "CD"),
        ("Congo", "CG"),
        ("Macedonia, Former Yugoslav Republic", "MK"),
        ("Macedonia, Former Yugoslav Republic of", "MK"),
        ("Vietnam", "VN"),
        ("Viet Nam", "VN"),
        ("West Bank and Gaza", "PS"),
        ("Ivory Coast", "CI"),
        ("Côte d’Ivoire", "CI"),
        ("COTE D'IVOIRE", "CI"),
        ("la Côte d’Ivoire", "CI"),
        ("Le Sénégal", "SN"),
        ("L’Algérie", "DZ"),
        ("Les Bahamas", "BS"),
        ("The Gambia", "GM"),
        ("UK", "GB"),
        ("U.K.", "GB"),
        ("Royaume-Uni", "GB"),
        ("England and Wales", "GB"),
        ("USA", "US"),
        ("U.S.A.", "US"),
        ("États-Unis", "US"),
        ("Russia", "RU"),
        ("South Korea", "KR"),
        ("Korea, South", "KR"),
        ("Korea, Democratic People's Republic", "KP"),
        ("Corée du Nord", "KP"),
        ("Tanzania", "TZ"),
        ("Laos", "LA"),
        ("Burma (Myanmar)", "MM"),
        ("Burkina-Faso", "BF"),
        ("St. Lucia", "LC"),
        ("Bosnia & Herzegovina", "BA"),
        ("Trinité et Tobago", "TT"),
        ("Côte d'Ivoire / Ivory Coast", "CI"),
        ("Haiti (Port-au-Prince)", "HT"),
        ("Swaziland", "SZ"),
        ("Cape Verde", "CV"),
        ("Czech Republic", "CZ"),
        ("Hong Kong", "HK"),
        ("Micronesia", "FM"),
        ("Kosovo", "XK"),
        (unicodedata.normalize("NFD", "Bénin"), "BJ"),
    ],
)
def test_a_country_is_found_by_what_people_write_for_it(match, text, code):
    assert match(text) == Found(code)


@pytest.mark.parametrize(
    "text",
    [
        "Africa multiple countries",
        "Americas multiple countries",
        "Amériques",
        "Plusieurs pays",
        "Various countries",
        "Afrique de l’Ouest",
        "Asia",
        "Worldwide",
        "Moyen-Orient",
        "Caribbean region",
        "002",
    ],
)
def test_a_region_or_several_countries_may_leave_the_countries_empty(match, text):
    asked = match(text)

    assert [(one.code, one.label) for one in asked.proposals] == [
        (NONE, "None: leave the countries empty")
    ]
    assert asked.message.startswith("This is a region or several countries")


@pytest.mark.parametrize(
    ("text", "codes"),
    [("Korea", {"KR", "KP"}), ("Virgin Islands", {"VG", "VI"}), ("NA", {"NA", NONE})],
)
def test_what_may_be_several_is_asked_about(match, text, codes):
    asked = match(text)

    assert isinstance(asked, Proposals)
    assert {one.code for one in asked.proposals} == codes


@pytest.mark.parametrize(
    ("text", "code"),
    [("Afganistan", "AF"), ("Columbia", "CO"), ("Phillippines", "PH"), ("no", "NO")],
)
def test_a_slip_is_asked_about(match, text, code):
    asked = match(text)

    assert asked.proposals[0].code == code
    assert asked.proposals[0].score < 1


@pytest.mark.parametrize(
    "text", ["Norwegian", "sénégalais", "Wakanda", "Kenya and Uganda", "\x00", "⁉"]
)
def test_what_is_no_country_is_found_nowhere(match, text):
    assert not isinstance(match(text), Found)


@pytest.mark.parametrize("text", ["Georgia (USA)", "Ottawa (Canada)", "Kenya / Uganda"])
def test_two_places_in_one_are_not_taken_for_either(match, text):
    assert not isinstance(match(text), Found)


@pytest.mark.parametrize("text", ["", "n/a", "Non disponible", "s.o.", "None"])
def test_words_that_say_nothing_are_no_country(match, text):
    assert match(text) == NOTHING


def test_every_country_is_found_by_its_names_and_codes(countries):
    missed = [
        (name, country.iso2)
        for country in countries.by_code.values()
        for name in (country.name_en, country.name_fr, country.iso2, country.iso3, country.m49)
        if name and countries.match(name) != Found(country.iso2)
    ]

    # The two letters of these say in a list that there is nothing to say.
    assert missed == [("NA", "NA"), ("NP", "NP"), ("SO", "SO")]


def test_two_queries_read_all_that_is_compared(django_assert_num_queries):
    with django_assert_num_queries(2):
        matcher = CountryMatcher.load()
        for text in ("Kenya", "Afganistan", "Africa"):
            matcher.match(text)
