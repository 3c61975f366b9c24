"""Which partners a new one may be."""

import time

import pytest

from partners.duplicates import similar_partners
from partners.models import FormerName, Partner
from tests.factories import make_partner


@pytest.fixture
def unodc():
    return make_partner(
        "UNODC",
        name_en="United Nations Office on Drugs and Crime",
        name_fr="Office des Nations Unies contre la drogue et le crime",
        acronym_en="UNODC",
        acronym_fr="ONUDC",
    )


@pytest.mark.parametrize(
    "name",
    [
        "United Nations Office on Drugs and Crime",
        "UNITED NATIONS OFFICE ON DRUGS AND CRIME",
        "Office des Nations unies contre la drogue et le crime",
        "United Nations Office on Drug and Crime",
        "Untied Nations Office on Drugs and Crime",
        "United Nations Office on Drugs and Crime, Panama",
        "UNODC Panama",
    ],
)
def test_a_similar_name_in_either_language_is_found(unodc, name):
    make_partner("OTHER", name_en="Penal Reform International", name_fr="Réforme pénale")

    assert similar_partners([name]) == [unodc]


@pytest.mark.parametrize("acronym", ["UNODC", "onudc"])
def test_the_same_acronym_in_either_language_is_found(unodc, acronym):
    assert similar_partners([""], acronyms=[acronym]) == [unodc]


def test_a_former_name_is_found():
    ministry = make_partner("CA-GAC", name_en="Global Affairs Canada", name_fr="Affaires mondiales")
    FormerName.objects.create(
        partner=ministry,
        name_en="Foreign Affairs, Trade and Development Canada",
        name_fr="Affaires étrangères, Commerce et Développement Canada",
        acronym_en="DFATD",
    )

    assert similar_partners(["Affaires etrangeres, Commerce et Developpement"]) == [ministry]
    assert similar_partners([], acronyms=["dfatd"]) == [ministry]


def test_accents_and_ligatures_are_put_aside():
    partner = make_partner("OE", name_en="", name_fr="Œuvre pénitentiaire d’Orléans")

    assert similar_partners(["Oeuvre penitentiaire d'Orleans"]) == [partner]


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ("Korea Correctional Service", "Kenya Correctional Service"),
        ("Ministry of Justice of Norway", "Ministry of Justice of Benin"),
        ("Uganda Prisons Service", "Rwanda Prisons Service"),
        ("Correctional Service", "Namibian Correctional Service"),
        ("United Nations", "United Nations Children’s Fund"),
    ],
)
def test_names_that_share_only_what_many_share_are_left_alone(known, name):
    make_partner("KNOWN", name_en=known, name_fr="")

    assert similar_partners([name]) == []


def test_the_partner_being_edited_is_not_its_own_duplicate(unodc):
    assert similar_partners([unodc.name_en], exclude=unodc) == []


def test_an_archived_partner_is_found_too(unodc):
    Partner.objects.update(archived_at="2026-01-01T00:00Z", archive_reason="Merged")

    assert similar_partners([unodc.name_en]) == [unodc]


def test_nothing_is_similar_to_nothing(unodc):
    assert similar_partners(["", "  "], acronyms=[""]) == []


def test_the_same_name_comes_before_a_longer_one(unodc):
    panama = make_partner("PANAMA", name_en="UNODC Panama", name_fr="")

    assert similar_partners(["UNODC Panama"]) == [panama, unodc]


def test_two_thousand_partners_are_searched_quickly():
    partners = [
        Partner(
            code=f"P{number}",
            kind="ngo",
            name_en=f"International Office on Prison Reform and Crime, Chapter {number}",
            name_fr=f"Bureau international de la réforme pénale, section {number}",
        )
        for number in range(2_000)
    ]
    for partner in partners:
        partner.fold_names()
    Partner.objects.bulk_create(partners)

    began = time.perf_counter()
    found = similar_partners(["International Office on Prison Reform and Crime, Chapter 77"])
    seconds = time.perf_counter() - began

    assert found[0].code == "P77"
    assert seconds < 2
