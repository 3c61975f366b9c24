"""What the words of a file leave open is asked once, and answered once for all rows that say the same."""

from django.utils import timezone

from engagements.models import Engagement
from partners.models import Partner
from tests.engagements.imports.loading import a_load, a_row, checked, known_world, loaded, outcomes
from tests.factories import make_partner, make_region


def asked(plan):
    return [
        (one.kind, one.value, one.rows, [p.code for p in one.proposals]) for one in plan.questions
    ]


def test_what_is_like_a_partner_is_asked_once_for_all_that_write_it_so(staff):
    known_world()
    rows = [
        a_row("Visit number one", partners="Office on Drugs and Crmie"),
        a_row("Visit number two", partners="OFFICE  on drugs and crmie"),
        a_row("Visit number three"),
    ]

    plan = checked(a_load(staff, rows))

    assert asked(plan) == [("partners", "Office on Drugs and Crmie", (2, 3), ["UNODC"])]
    assert outcomes(plan) == [
        (2, "left_out", "question"),
        (3, "left_out", "question"),
        (4, "create", ""),
    ]


def test_one_answer_is_enough_for_all_of_them(staff):
    known_world()
    rows = [
        a_row("Visit number one", partners="Office on Drugs and Crmie"),
        a_row("Visit number two", partners="OFFICE  on drugs and crmie"),
    ]

    plan = checked(
        a_load(staff, rows, answers={"partners": {"office on drugs and CRMIE": "UNODC"}})
    )

    assert [row.partners for row in plan.rows] == [("UNODC",), ("UNODC",)]
    assert not plan.questions


def test_two_spellings_of_a_missing_partner_make_one(staff):
    known_world()
    rows = [
        a_row("Visit number one", partners="Hill & Lake Society"),
        a_row("Visit number two", partners="HILL AND LAKE SOCIETY"),
    ]

    loaded(a_load(staff, rows, answers={"create_missing_partners": True}))

    (made,) = Partner.objects.exclude(code="UNODC")
    assert made.name_en == "Hill & Lake Society"
    assert [e.partners.get() for e in Engagement.objects.all()] == [made, made]


def test_a_region_is_asked_about_once_and_may_leave_the_countries_empty(staff):
    known_world()
    make_region("002", name_en="Africa", name_fr="Afrique")
    rows = [
        a_row("Visit number one", countries="Africa"),
        a_row("Visit number two", countries="AFRICA"),
    ]

    assert asked(checked(a_load(staff, rows))) == [("countries", "Africa", (2, 3), [""])]

    loaded(a_load(staff, rows, answers={"countries": {"Africa": "none"}}))
    assert [list(e.countries.all()) for e in Engagement.objects.all()] == [[], []]


def test_an_archived_partner_is_asked_about_and_says_why_it_cannot_be_chosen(staff):
    known_world()
    make_partner(
        "OLD", name_en="Old office", archived_at=timezone.now(), archive_reason="It closed."
    )

    plan = checked(a_load(staff, [a_row(partners="Old office")]))

    (question,) = plan.questions
    assert question.message == (
        "Old office is archived: It closed. Choose another partner, or remove it."
    )


def test_a_kind_that_may_be_two_is_asked_about_for_all_rows_that_say_it(staff):
    known_world()
    rows = [
        a_row("Visit number one", kind="Conference"),
        a_row("Visit number two", kind="conference"),
    ]

    plan = checked(a_load(staff, rows))
    assert asked(plan) == [
        ("kinds", "Conference", (2, 3), ["conference-attended", "conference-hosted"])
    ]

    plan = checked(a_load(staff, rows, answers={"kinds": {"CONFERENCE": "conference-hosted"}}))
    assert [row.kind for row in plan.rows] == ["conference-hosted", "conference-hosted"]


def test_words_that_say_nothing_are_no_partner_and_no_country(staff):
    known_world()

    plan = checked(a_load(staff, [a_row(partners="Information not available", countries="n/a")]))

    assert [(one.kind, one.value) for one in plan.questions] == [("defaults", "partners")]
