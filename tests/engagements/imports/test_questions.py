"""What the words of a file leave open is asked once, and answered once for all rows that say the same."""

import pytest
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


MIXED = [
    a_row("Visit number one", start="2004-05"),
    a_row("Visit number two", start="2010-11"),
    a_row("In a fiscal year", start="2012-13"),
    a_row("On a day", start="2010-03-04"),
]


def test_months_and_fiscal_years_in_one_column_are_asked_about_once_for_the_file(staff):
    known_world()

    (question,) = checked(a_load(staff, MIXED)).questions

    assert (question.kind, question.rows) == ("fiscal_or_month", (2, 3))
    assert question.message == (
        "The file has months as well as fiscal years. What are dates such as “2004-05”, “2010-11”?"
    )
    assert [(one.code, one.label) for one in question.proposals] == [
        ("month", "Months: “2004-05” is May 2004"),
        ("fiscal", "Fiscal years: “2004-05” is April 2004 to March 2005"),
    ]


@pytest.mark.parametrize(
    ("answer", "precisions"),
    [
        ("month", ["month", "month", "fiscal-year", "day"]),
        ("fiscal", ["fiscal-year", "fiscal-year", "fiscal-year", "day"]),
    ],
)
def test_one_answer_reads_them_all(staff, answer, precisions):
    known_world()

    plan = checked(a_load(staff, MIXED, answers={"fiscal_or_month": answer}))

    assert not plan.questions
    assert [row.precision for row in plan.rows] == precisions
