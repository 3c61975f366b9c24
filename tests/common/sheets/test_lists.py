"""Several values in one cell, taken apart without tearing a name."""

import time

import pytest

from common.sheets.values.lists import split
from common.text import fold

COUNTRIES = [
    "Congo", "Congo, Democratic Republic", "Macedonia", "Macedonia, Former Yugoslav Republic",
    "Bosnia and Herzegovina", "Trinidad and Tobago", "Trinité-et-Tobago", "Antigua and Barbuda",
    "Haiti", "Jamaica", "Norway", "Norvège", "Ukraine", "Kazakhstan", "France",
]  # fmt: skip
PARTNERS = [
    "UNODC", "CIDA", "Ministry of Justice", "Ministry of Justice and Public Security",
    "Foreign Affairs, Trade and Development",
]  # fmt: skip


def one_of(names):
    known = {fold(name) for name in names}
    return lambda text: fold(text) in known


def countries(text):
    return split(text, one_of(COUNTRIES))


def partners(text):
    return split(text, one_of(PARTNERS), apart=False, qualifies=one_of(COUNTRIES))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Haiti", ["Haiti"]),
        ("Haiti, Jamaica", ["Haiti", "Jamaica"]),
        ("Haiti; Jamaica | Norway", ["Haiti", "Jamaica", "Norway"]),
        ("Haiti\nJamaica\r\nNorway", ["Haiti", "Jamaica", "Norway"]),
        ("- Haiti\n- Jamaica", ["Haiti", "Jamaica"]),
        ("1. Haiti\n2. Jamaica", ["Haiti", "Jamaica"]),
        ("Haiti/Jamaica", ["Haiti", "Jamaica"]),
        ("Haiti and Jamaica", ["Haiti", "Jamaica"]),
        ("Haïti et France", ["Haïti", "France"]),
        ("Haiti & Jamaica", ["Haiti", "Jamaica"]),
        ("BB;LC", ["BB", "LC"]),
        ("Haiti, haiti ,Haïti", ["Haiti"]),
        ("Congo, Democratic Republic", ["Congo, Democratic Republic"]),
        ("Bosnia and Herzegovina", ["Bosnia and Herzegovina"]),
        ("Trinidad and Tobago and Haiti", ["Trinidad and Tobago", "Haiti"]),
        ("Antigua and Barbuda, Haiti, and Jamaica", ["Antigua and Barbuda", "Haiti", "Jamaica"]),
        (
            "Ukraine, Macedonia, Former Yugoslav Republic, Kazakhstan, Bosnia and Herzegovina, Norway",
            [
                "Ukraine", "Macedonia, Former Yugoslav Republic", "Kazakhstan", "Bosnia and Herzegovina",
                "Norway",
            ],
        ),
        ("Congo, Congo, Democratic Republic", ["Congo", "Congo, Democratic Republic"]),
        ("Atlantis, Lemuria", ["Atlantis", "Lemuria"]),
        ("Haiti and the region", ["Haiti and the region"]),
        ("Atlantis (north, south), Haiti", ["Atlantis (north, south)", "Haiti"]),
        ("Atlantis (north, south; Haiti", ["Atlantis (north", "south", "Haiti"]),
        (" , ; ", []),
        ("", []),
    ],
)  # fmt: skip
def test_countries_are_told_apart(text, parts):
    assert countries(text) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("UNODC, CIDA", ["UNODC", "CIDA"]),
        ("UNODC and CIDA", ["UNODC", "CIDA"]),
        ("Ministry of Justice and Public Security", ["Ministry of Justice and Public Security"]),
        (
            "Foreign Affairs, Trade and Development; UNODC",
            ["Foreign Affairs, Trade and Development", "UNODC"],
        ),
        ("Ministry of Justice, Norway", ["Ministry of Justice, Norway"]),
        ("Prison Service, Norway", ["Prison Service, Norway"]),
        ("Prison Service, Norway, UNODC", ["Prison Service, Norway", "UNODC"]),
        ("UNODC, Another Body, CIDA", ["UNODC", "Another Body", "CIDA"]),
        ("Another Body, UNODC", ["Another Body", "UNODC"]),
        ("UNODC, Inc.", ["UNODC, Inc."]),
        ("Children of the World/ Enfants du monde", ["Children of the World/ Enfants du monde"]),
        ("United Nations (DPKO, DFS)", ["United Nations (DPKO, DFS)"]),
        ("Department of This, That and More", ["Department of This, That and More"]),
    ],
)  # fmt: skip
def test_partners_are_parted_only_where_one_of_them_is_known(text, parts):
    assert partners(text) == parts


@pytest.mark.parametrize("piece", ["a, ", "(", " and ", "\u00a0"])
def test_the_longest_cell_takes_no_time(piece):
    begun = time.perf_counter()

    split(piece * (100_000 // len(piece)), bool, apart=False)

    assert time.perf_counter() - begun < 10
