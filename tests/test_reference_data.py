"""The reference data that ships: the wording, the partners, the places."""

import datetime as dt

import pytest
from django.core.management import call_command

from accounts.models import Office
from objectives.models import Framework, Objective
from partners.models import Country, FormerName, Partner, Region

WORDING = {
    "P1": (
        "To strengthen effective correctional practices through international relationships and "
        "information exchange.",
        "Renforcer les pratiques correctionnelles efficaces au moyen des relations internationales "
        "et de l'échange d'information.",
    ),
    "P2": (
        "To support Canadian foreign policy objectives which promote the rule of law, respect for "
        "human rights and international development.",
        "Appuyer les objectifs de la politique étrangère canadienne qui favorisent la primauté du "
        "droit, le respect des droits de la personne et le développement international.",
    ),
    "S1": (
        "Safe transition of offenders to the community",
        "La transition en toute sécurité des délinquants dans la collectivité",
    ),
    "S2": (
        "Safety and security for staff and offenders in institutions",
        "La sécurité accrue du personnel et des délinquants dans nos établissements",
    ),
    "S3": (
        "Enhanced capacities to provide effective interventions for First Nations, Métis, and "
        "Inuit offenders",
        "La capacité accrue d'intervenir efficacement auprès des délinquants issus des Premières "
        "Nations et des délinquants métis et inuits",
    ),
    "S4": (
        "Improved capacities to address the mental health needs of offenders",
        "La capacité accrue de répondre aux besoins en santé mentale des délinquants",
    ),
    "S5": (
        "Strengthening management practices",
        "Le renforcement de nos pratiques de gestion",
    ),
    "C1": (
        "Safe management of eligible offenders during their transition from the institution to "
        "the community, and while on supervision",
        "La gestion en toute sécurité des délinquants admissibles durant leur transition de "
        "l'établissement à la collectivité et pendant qu'ils sont sous surveillance",
    ),
    "C2": (
        "Safety and security of the public, victims, staff and offenders in institutions and in "
        "the community",
        "La sécurité des membres du public, des victimes, du personnel et des délinquants dans "
        "ses établissements et dans la collectivité",
    ),
    "C3": (
        "Effective, culturally appropriate interventions and reintegration support for First "
        "Nations, Métis and Inuit offenders",
        "La prestation d'interventions efficaces et adaptées à la culture des délinquants issus "
        "des Premières Nations et des délinquants métis et inuits pour faciliter leur réinsertion "
        "sociale",
    ),
    "C4": (
        "Effective and timely interventions in addressing mental health needs of offenders",
        "La prestation d'interventions efficaces et en temps opportun pour répondre aux besoins "
        "en santé mentale des délinquants",
    ),
    "C5": (
        "Efficient and effective management practices that reflect values-based leadership in a "
        "changing environment",
        "Les pratiques de gestion efficaces et efficientes qui reflètent un leadership axé sur "
        "les valeurs dans un environnement en évolution",
    ),
    "C6": (
        "Productive relationships with diverse partners, stakeholders, victims' organizations, "
        "and others involved in support of public safety",
        "Des relations productives avec une diversité de partenaires, d'intervenants, de groupes "
        "de victimes et d'autres parties intéressées contribuant à la sécurité publique",
    ),
    "M1": (
        "ensuring that Canada's foreign policy reflects true Canadian values and advances "
        "Canada's national interests",
        "veiller à ce que la politique étrangère du Canada reflète les véritables valeurs "
        "canadiennes et serve les intérêts nationaux du Canada",
    ),
    "M2": (
        "strengthening rules-based trading arrangements and expanding free and fair market access "
        "at bilateral, regional and global levels",
        "renforcer les accords commerciaux fondés sur des règles et élargir l'accès libre et "
        "équitable aux marchés aux niveaux bilatéral, régional et mondial",
    ),
    "M3": (
        "working with a range of partners inside and outside government to achieve increased "
        "economic opportunity and enhanced security for Canada and for Canadians at home and "
        "abroad",
        "collaborer avec divers partenaires au sein et à l'extérieur du gouvernement afin "
        "d'accroître les possibilités économiques et la sécurité du Canada et des Canadiens, au "
        "pays et à l'étranger",
    ),
    "M4": (
        "managing Canada's support and resources effectively and accountably to achieve "
        "meaningful, sustainable international development and humanitarian results",
        "gérer de façon efficace et responsable l'aide et les ressources du Canada afin d'obtenir "
        "des résultats concrets et durables en matière de développement international et d'aide "
        "humanitaire",
    ),
    "M5": (
        "engaging in policy development in Canada and internationally, enabling Canada's effort "
        "to realize its international development and humanitarian objectives",
        "participer à l'élaboration de politiques au Canada et à l'étranger pour permettre au "
        "Canada d'atteindre ses objectifs de développement international et d'aide humanitaire",
    ),
    "T1": ("good governance", "bonne gouvernance"),
    "T2": ("rule of law", "primauté du droit"),
    "T3": ("respect for human rights", "respect des droits de la personne"),
    "T4": ("democratic development", "développement démocratique"),
    "J1": ("police", "police"),
    "J2": ("courts", "tribunaux"),
    "J3": ("corrections", "services correctionnels"),
}


@pytest.fixture(autouse=True)
def _reference(_database):
    call_command("load_reference", verbosity=0)


def test_objectives_have_their_exact_wording_in_both_languages():
    found = {o.code: (o.wording_en, o.wording_fr) for o in Objective.objects.all()}
    assert found == WORDING


def test_the_five_priorities_are_in_force_and_the_six_wait():
    in_force = Framework.objects.in_force_on(dt.date(2026, 11, 22))
    assert [framework.code for framework in in_force] == [
        "CSC-PILLARS",
        "CSC-PRIORITIES-5",
        "DFATD-MANDATE",
        "POLICY-THEMES",
        "JUSTICE-SECTORS",
    ]
    assert [framework.code for framework in Framework.objects.filter(adopted=False)] == [
        "CSC-PRIORITIES-6"
    ]


def test_frameworks_carry_their_dates_and_which_wording_is_official():
    rows = Framework.objects.in_order().values_list(
        "code", "in_force_from", "official_en", "official_fr"
    )
    assert list(rows) == [
        ("CSC-PILLARS", None, True, False),
        ("CSC-PRIORITIES-6", None, True, True),
        ("CSC-PRIORITIES-5", dt.date(2006, 4, 1), True, True),
        ("DFATD-MANDATE", dt.date(2013, 6, 26), True, False),
        ("POLICY-THEMES", None, True, False),
        ("JUSTICE-SECTORS", None, True, False),
    ]


def test_five_of_the_six_priorities_follow_one_of_the_five_and_the_sixth_is_new():
    six = Objective.objects.filter(framework__code="CSC-PRIORITIES-6")
    assert {o.code: [old.code for old in o.follows.all()] for o in six} == {
        "C1": ["S1"],
        "C2": ["S2"],
        "C3": ["S3"],
        "C4": ["S4"],
        "C5": ["S5"],
        "C6": [],
    }


def test_there_are_more_than_eighty_partners_each_named_once_in_both_languages():
    rows = list(Partner.objects.all())
    assert len(rows) >= 110
    assert [row.code for row in rows if not (row.name_en and row.name_fr)] == []
    for sort in ("sort_en", "sort_fr"):
        assert len({getattr(row, sort) for row in rows}) == len(rows)


def test_every_former_name_is_in_both_languages():
    assert FormerName.objects.exists()
    assert not FormerName.objects.filter(name_en="").exists()
    assert not FormerName.objects.filter(name_fr="").exists()


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("MINUSTAH", ["UN-DPO", "UN"]),
        ("UNODC", ["UN"]),
        ("CICAD", ["OAS"]),
        ("COE-PC-CP", ["COE-CDPC", "COE"]),
        ("ISAF", ["NATO"]),
        ("CA-GPSF", ["CA-PSOPS", "CA-GAC"]),
    ],
)
def test_partners_stand_beneath_what_they_are_part_of(code, above):
    found, partner = [], Partner.objects.get(code=code)
    while partner.parent:
        partner = partner.parent
        found.append(partner.code)
    assert found == above


@pytest.mark.parametrize(
    ("code", "channel"),
    [("UNODC", "41128"), ("UN", "41305"), ("OAS", "47079"), ("COE", "47138"), ("ICRC", "21016")],
)
def test_partners_carry_their_crs_channel_code(code, channel):
    assert Partner.objects.get(code=code).crs_code == channel


def test_the_foreign_ministry_goes_by_its_name_of_the_day():
    ministry = Partner.objects.get(code="CA-GAC")
    days = [dt.date(2010, 5, 1), dt.date(2014, 5, 1), dt.date(2016, 5, 1)]
    assert [ministry.name_on(day).acronym_en for day in days] == ["DFAIT", "DFATD", "GAC"]


def test_partners_are_found_by_words_in_either_language_and_by_former_names():
    assert [p.code for p in Partner.objects.matching("onudc")] == ["UNODC"]
    assert [p.code for p in Partner.objects.matching("dpko")] == ["UN-DPO"]


def test_countries_have_the_names_of_the_government_of_canada_and_a_region():
    assert Country.objects.count() == 250
    rows = Country.objects.filter(iso2__in=["NO", "XK", "AQ", "HT"]).order_by("iso2")
    assert list(rows.values_list("iso2", "name_en", "name_fr", "m49", "region__name_fr")) == [
        ("AQ", "Antarctica", "Antarctique", "010", None),
        ("HT", "Haiti", "Haïti", "332", "Caraïbes"),
        ("NO", "Norway", "Norvège", "578", "Europe septentrionale"),
        ("XK", "Kosovo", "Kosovo", "", "Europe méridionale"),
    ]


def test_regions_nest_as_in_m49():
    caribbean = Region.objects.get(code="029")
    assert [caribbean.parent.name_en, caribbean.parent.parent.name_en] == [
        "Latin America and the Caribbean",
        "Americas",
    ]


def test_offices_are_headquarters_with_its_parts_and_the_five_regions():
    assert list(Office.objects.values_list("code", "parent__code")) == [
        ("NHQ", None),
        ("CO", "NHQ"),
        ("IR", "NHQ"),
        ("ATL", None),
        ("QUE", None),
        ("ONT", None),
        ("PRA", None),
        ("PAC", None),
    ]
