"""Kinds, objectives, offices, people and short words as lists write them."""

import datetime as dt

import pytest

from accounts.models import Role, Sensitivity
from engagements.imports.matching.kinds import KindMatcher
from engagements.imports.matching.objectives import ObjectiveMatcher
from engagements.imports.matching.offices import OfficeMatcher
from engagements.imports.matching.people import PeopleMatcher
from engagements.imports.matching.results import NOTHING, Found, Proposals, Refused
from engagements.imports.matching.words import (
    approval_of,
    language_of,
    role_of,
    sensitivity_of,
    stage_of,
    yes_or_no,
)
from engagements.kinds import Kind
from objectives.models import Framework, FrameworkKind
from tests.engagements.imports.shipped import with_reference
from tests.factories import make_framework, make_objective, make_office, make_user

# --- kinds ---


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Study visit / delegation to CSC", Kind.INCOMING_VISIT),
        ("Visite reçue", Kind.INCOMING_VISIT),
        ("VISITE RECUE", Kind.INCOMING_VISIT),
        ("Visite à l’étranger", Kind.OUTGOING_VISIT),
        ("outgoing-visit", Kind.OUTGOING_VISIT),
        ("MOU", Kind.AGREEMENT_SIGNED),
        ("Agreement / MOU", Kind.AGREEMENT_SIGNED),
        ("Needs assessment mission", Kind.NEEDS_ASSESSMENT),
        ("Peacekeeping deployment", Kind.PEACE_OPERATION),
        ("Deployment / secondment", Kind.DEPLOYMENT),
        ("Training delivered (workshop)", Kind.TRAINING_DELIVERED),
        ("Formation donnée / Training delivered", Kind.TRAINING_DELIVERED),
        ("Publication ou norme", Kind.PUBLICATION),
        ("Autre", Kind.OTHER),
    ],
)
def test_certain_words_are_a_kind(text, kind):
    assert KindMatcher().match(text) == Found(kind.value)


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_is_found_by_its_slug_and_its_name(kind):
    assert KindMatcher().match(kind.value) == Found(kind.value)
    assert KindMatcher().match(str(kind.label)) == Found(kind.value)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Conference", [Kind.CONFERENCE_ATTENDED, Kind.CONFERENCE_HOSTED]),
        ("Training", [Kind.TRAINING_DELIVERED, Kind.TRAINING_RECEIVED]),
        ("Visite", [Kind.INCOMING_VISIT, Kind.OUTGOING_VISIT]),
        ("Incomming visits", [Kind.INCOMING_VISIT, Kind.OUTGOING_VISIT]),
    ],
)
def test_other_words_are_asked_about_with_the_kinds_they_may_be(text, kinds):
    proposals = KindMatcher().match(text).proposals

    assert [one.code for one in proposals] == [kind.value for kind in kinds]


def test_a_cell_with_two_kinds_is_asked_about():
    asked = KindMatcher().match("Agreement / visit")

    assert isinstance(asked, Proposals)


# --- objectives ---


@pytest.fixture(scope="module")
def as_shipped(django_db_setup, django_db_blocker):
    """The objectives that the portal ships with, read once."""
    with with_reference(django_db_blocker):
        return ObjectiveMatcher.load()


@pytest.fixture(scope="module")
def with_six(django_db_setup, django_db_blocker):
    """The same, once the six priorities are in force from 2026-04-01."""
    with with_reference(django_db_blocker):
        Framework.objects.filter(code="CSC-PRIORITIES-6").update(
            adopted=True, in_force_from=dt.date(2026, 4, 1)
        )
        return ObjectiveMatcher.load()


def on(matcher, year, text, kind=""):
    return matcher.match(text, day=dt.date(year, 6, 1), kind=kind)


@pytest.mark.parametrize(
    ("text", "kind", "code"),
    [
        ("P1", "", "P1"),
        ("p2", "", "P2"),
        ("P1 - Effective corrections", "", "P1"),
        ("P1: whatever they wrote", "", "P1"),
        ("Pillar 2", "", "P2"),
        ("Pilier 1 : Pratiques correctionnelles efficaces", "", "P1"),
        ("3", "priority", "S3"),
        ("Strategic priority 4", "", "S4"),
        ("Mental health", "", "S4"),
        ("Santé mentale", "priority", "S4"),
        ("STRENGTHENING MANAGEMENT PRACTICES", "", "S5"),
        ("Primauté du droit", "theme", "T2"),
        ("police", "sector", "J1"),
        ("M3", "", "M3"),
    ],
)
def test_an_objective_is_found_by_code_number_or_wording(as_shipped, text, kind, code):
    assert on(as_shipped, 2015, text, kind) == Found(code)


@pytest.mark.parametrize("text", ["S1, S5", "S1 / S5", "S1 S5", "S1: transition, S5: management"])
def test_several_codes_in_a_cell_are_several_objectives(as_shipped, text):
    assert not as_shipped.knows(text)


def test_the_earliest_framework_serves_what_is_older_than_itself(as_shipped):
    assert on(as_shipped, 1999, "S1") == Found("S1")


def test_of_a_framework_not_in_force_that_day_its_counterpart_is_proposed(with_six):
    assert on(with_six, 2026, "C1") == Found("C1")
    asked = on(with_six, 2026, "S1")
    assert [one.code for one in asked.proposals] == ["C1"]
    assert "not in force on 2026-06-01" in asked.message
    assert on(with_six, 2015, "Mental health") == Found("S4")
    assert on(with_six, 2026, "Mental health") == Found("C4")


def test_a_number_alone_is_no_objective_where_the_column_names_no_framework(as_shipped):
    assert on(as_shipped, 2015, "2") == Proposals()


def test_nearly_the_wording_is_asked_about(as_shipped):
    asked = on(as_shipped, 2015, "Address mental health needs of offendrs")

    assert asked.proposals[0].code == "S4"


def test_words_that_two_objectives_share_are_a_question():
    framework = make_framework(kind=FrameworkKind.THEME)
    for code in ("X1", "X2"):
        make_objective(code, framework, short_en="Exchange")

    assert [one.code for one in on(ObjectiveMatcher.load(), 2015, "exchange").proposals] == [
        "X1",
        "X2",
    ]


def test_the_column_tells_which_of_two_objectives_of_one_name_it_is():
    for code, kind in (("X1", FrameworkKind.THEME), ("X2", FrameworkKind.SECTOR)):
        make_objective(code, make_framework(kind=kind), short_en="Exchange")

    assert on(ObjectiveMatcher.load(), 2015, "exchange", FrameworkKind.SECTOR) == Found("X2")


def test_three_queries_read_the_objectives(django_assert_num_queries):
    make_objective()

    with django_assert_num_queries(3):
        matcher = ObjectiveMatcher.load()
        for text in ("P1", "S1", "nothing like it", "C1"):
            matcher.match(text, day=dt.date(2015, 1, 1))


# --- offices and people ---


@pytest.mark.parametrize(
    "text", ["PAC", "pac", "Pacific Region", "Région du Pacifique", "Pacific", "Pacifique"]
)
def test_an_office_is_found_by_code_or_name(text):
    make_office("PAC", name_en="Pacific Region", name_fr="Région du Pacifique")
    make_office("ATL", name_en="Atlantic Region", name_fr="Région de l’Atlantique")

    assert OfficeMatcher.load().match(text) == Found("PAC")


def test_an_office_that_leads_no_longer_is_proposed_with_why_not():
    make_office("OLD", name_en="Old office", retired_on=dt.date(2020, 1, 1))

    (proposal,) = OfficeMatcher.load().match("OLD").proposals

    assert proposal.why_not == "This office leads no longer. Choose another."


def test_a_lead_officer_is_found_by_username_or_full_name():
    make_user("lead", Role.STAFF, first_name="Test", last_name="Officer")
    people = PeopleMatcher.load()

    for text in ("lead", "Test Officer", "OFFICER, Test"):
        assert people.match(text) == Found("lead")


def test_whoever_has_no_active_account_is_to_be_left_out():
    make_user("gone", first_name="Test", last_name="Gone", is_active=False)

    asked = PeopleMatcher.load().match("Test Gone")

    assert asked.proposals == ()
    assert asked.message == (
        "Nobody who has an account is called “Test Gone”. Leave the lead officer empty, or name somebody "
        "who has one."
    )


def test_two_people_of_one_name_are_told_apart_by_username():
    for username in ("one", "two"):
        make_user(username, first_name="Test", last_name="Officer")

    asked = PeopleMatcher.load().match("Test Officer")

    assert [one.label for one in asked.proposals] == ["Test Officer (one)", "Test Officer (two)"]


# --- short words ---


@pytest.mark.parametrize(
    ("judge", "text", "code"),
    [
        (role_of, "Hôte", "host"),
        (role_of, "HOTE", "host"),
        (role_of, "Bailleur de fonds", "funder"),
        (role_of, "requester", "requester"),
        (stage_of, "Terminé", "completed"),
        (stage_of, "OPERATIONAL", "completed"),
        (stage_of, "Planned", "submitted"),
        (language_of, "Français", "fr"),
        (language_of, "EN", "en"),
        (approval_of, "Approved", "given"),
        (approval_of, "Not known", "unknown"),
        (approval_of, "Non", "unknown"),
        (yes_or_no, "Oui", "yes"),
        (yes_or_no, "x", "yes"),
        (yes_or_no, "✓", "yes"),
        (yes_or_no, "N", "no"),
    ],
)
def test_short_words_are_understood_in_both_languages(judge, text, code):
    assert judge(text) == Found(code)


@pytest.mark.parametrize("judge", [role_of, stage_of, language_of, approval_of, yes_or_no])
def test_other_words_are_refused_with_what_would_be_right(judge):
    assert judge("n/a") in (NOTHING, Found("unknown"))
    assert isinstance(judge("Gibberish"), Refused)
    assert judge("Gibberish").message.startswith("“Gibberish” is not known here. ")


def test_a_stage_that_only_an_act_gives_is_refused():
    assert stage_of("Annulé").message.startswith("“Annulé” is said on the page of the engagement")


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Unclassified", "unclassified"),
        ("Non classifié", "unclassified"),
        ("PROTÉGÉ A", "protected-a"),
        ("PB", "protected-b"),
    ],
)
def test_a_marking_is_understood_as_high_as_the_person_is_cleared(text, slug):
    assert sensitivity_of(text, Sensitivity.PROTECTED_B) == Found(slug)


def test_a_marking_above_the_persons_clearance_is_refused():
    assert sensitivity_of("Protected B", Sensitivity.PROTECTED_A) == Refused(
        "You are cleared to Protected A, and can mark it no higher."
    )


@pytest.mark.parametrize("text", ["Secret", "Protected C", "Très secret", "CONFIDENTIEL"])
def test_above_protected_b_there_is_no_place_here(text):
    assert sensitivity_of(text, Sensitivity.PROTECTED_B).message.startswith(
        "Above Protected B has no place"
    )
