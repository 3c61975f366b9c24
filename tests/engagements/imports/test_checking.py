"""Every row by the rules of the form: what is ready, what is wrong and where, what is asked once."""

import datetime as dt

import pytest

from accounts.models import Role
from engagements.imports.saving import check_load
from engagements.models import Engagement
from tests.engagements.imports.loading import (
    HEADINGS,
    a_load,
    a_row,
    checked,
    known_world,
    outcomes,
)
from tests.factories import make_country, make_engagement, make_office, make_partner, make_user


@pytest.fixture(autouse=True)
def world():
    return known_world()


def problems(plan):
    return [(p.row, p.place, p.value, p.message) for p in plan.problems]


def questions(plan):
    return [(q.kind, q.value, list(q.rows)) for q in plan.questions]


def test_a_row_that_wants_nothing_is_ready(staff):
    plan = checked(a_load(staff, [a_row(), a_row("Another visit")]))

    assert outcomes(plan) == [(2, "create", ""), (3, "create", "")]
    assert plan.verdict == "accepted"
    assert (plan.sheet, plan.header_row, plan.rows_found) == ("Visits", 1, 2)
    [row, _other] = plan.rows
    assert (row.title, row.kind, row.start, row.precision) == (
        "Visit to a farm", "outgoing-visit", "2025-05-15", "day",
    )  # fmt: skip
    assert (row.countries, row.partners, row.objectives) == (("NO",), ("UNODC",), ("P1",))
    assert not Engagement.objects.exists()


def test_what_is_wrong_is_told_with_sheet_row_column_value_and_what_would_be_right(staff):
    plan = checked(a_load(staff, [a_row(), a_row(start="2025-02-31")]))

    assert outcomes(plan) == [(2, "create", ""), (3, "left_out", "problem")]
    [problem] = plan.problems
    assert (problem.sheet, problem.row, problem.letter, problem.heading, problem.field) == (
        "Visits", 3, "C", "Start", "start",
    )  # fmt: skip
    assert problem.value == "2025-02-31"
    assert "February has 28 days in 2025" in problem.message
    assert plan.verdict == "partly"


def test_the_form_judges_a_row_as_it_judges_a_page(staff):
    rows = [
        a_row(title="A" * 301),
        a_row(end=dt.date(2024, 1, 1)),
        a_row(title="Two\u202emarks"),
        a_row(pillars="P7"),
    ]
    plan = checked(a_load(staff, rows))

    told = {(p.row, p.letter): p.message for p in plan.problems}
    assert told[2, "A"] == "This has 301 characters. Shorten it to 300 or fewer."
    assert told[3, "D"] == "It ends before it starts. Give a date on or after 2025-05-15."
    assert "invisible mark" in told[4, "A"]
    assert all(row.outcome == "left_out" for row in plan.rows)


def test_what_every_row_lacks_is_asked_once_for_the_file(staff):
    headings = ["Title in English", "Start", "Partners"]
    rows = [[f"Visit {n}", dt.date(2025, 5, n), "UNODC"] for n in (1, 2, 3)]
    plan = checked(a_load(staff, rows, headings=headings))

    assert questions(plan) == [
        ("defaults", "kind", [2, 3, 4]),
        ("defaults", "objectives", [2, 3, 4]),
    ]
    assert problems(plan) == []
    kinds = plan.questions[0].proposals
    assert ("other", "Other") in [(p.code, p.label) for p in kinds]

    answered = {"defaults": {"kind": "other", "objectives": ["P1"]}}
    plan = checked(a_load(staff, rows, headings=headings, answers=answered))
    assert plan.verdict == "accepted"
    assert {row.kind for row in plan.rows} == {"other"}


def test_a_partner_that_is_not_known_is_asked_about_once_for_all_rows_that_say_the_same(staff):
    rows = [
        a_row("Visit number one", partners="Hill Society"),
        a_row("Visit number two", partners="HILL SOCIETY"),
        a_row(),
    ]
    plan = checked(a_load(staff, rows))

    assert questions(plan) == [("partners", "Hill Society", [2, 3])]
    assert outcomes(plan)[2] == (4, "create", "")


def test_a_partner_may_be_chosen_or_created_by_an_answer(staff):
    rows = [
        a_row("Visit number one", partners="Hill Society"),
        a_row("Visit number two", partners="Hill society; Lake Club"),
    ]
    answers = {"partners": {"Hill Society": "UNODC", "Lake Club": "create"}}
    plan = checked(a_load(staff, rows, answers=answers))

    assert [row.partners for row in plan.rows] == [("UNODC",), ("UNODC", "Lake Club")]
    assert plan.new_partners == ("Lake Club",)


def test_an_ambiguous_order_of_day_and_month_is_asked_once(staff):
    rows = [
        a_row("Visit number one", start="03/04/2010"),
        a_row("Visit number two", start="05/06/2010"),
    ]

    [question] = checked(a_load(staff, rows)).questions
    assert (question.kind, list(question.rows)) == ("date_order", [2, 3])

    plan = checked(a_load(staff, rows, answers={"date_order": "dmy"}))
    assert [row.start for row in plan.rows] == ["2010-04-03", "2010-06-05"]


def test_a_row_that_repeats_another_cell_by_cell_is_left_out(staff):
    plan = checked(a_load(staff, [a_row(), a_row(), a_row("Another visit")]))

    assert outcomes(plan) == [(2, "create", ""), (3, "left_out", "repeats"), (4, "create", "")]
    assert plan.rows[1].repeats == 2


def test_a_row_with_the_title_start_and_partner_of_another_is_left_out_unless_told_otherwise(staff):
    rows = [a_row(), a_row(countries="France")]
    assert outcomes(checked(a_load(staff, rows)))[1] == (3, "left_out", "like-row")

    plan = checked(a_load(staff, rows, answers={"rows": {"3": "create"}}))
    assert outcomes(plan)[1] == (3, "create", "")


def test_what_is_here_already_by_title_start_and_partner_is_skipped(staff, world):
    here = make_engagement(
        title_en="Visit to a FARM", start=dt.date(2025, 5, 15), partners=[world], logged_by=staff
    )
    plan = checked(a_load(staff, [a_row()]))

    assert outcomes(plan) == [(2, "duplicate", "like")]
    assert plan.rows[0].record == here.reference
    assert plan.verdict == "accepted"


@pytest.mark.parametrize(
    "different",
    [{"title_en": "Visit to a farms"}, {"start": dt.date(2025, 5, 16)}, {"partners": []}],
    ids=["title", "start", "partner"],
)
def test_what_differs_in_one_of_the_three_is_no_duplicate(staff, world, different):
    told = {"title_en": "Visit to a farm", "start": dt.date(2025, 5, 15), "partners": [world]}
    make_engagement(**told | different)

    assert outcomes(checked(a_load(staff, [a_row()]))) == [(2, "create", "")]


def test_a_record_the_loader_may_not_read_is_as_if_it_were_not_there(world):
    low = make_user("low", Role.STAFF, clearance=0)
    hidden = make_engagement(
        title_en="Visit to a farm", start=dt.date(2025, 5, 15), partners=[world], sensitivity=1
    )
    assert outcomes(checked(a_load(low, [a_row()]))) == [(2, "create", "")]

    headings = [*HEADINGS, "Reference"]
    seen = checked(a_load(low, [[*a_row(), hidden.reference]], headings=headings))
    absent = checked(a_load(low, [[*a_row(), "IE-2026-9999"]], headings=headings))
    assert [p.message.replace(hidden.reference, "X") for p in seen.problems] == [
        p.message.replace("IE-2026-9999", "X") for p in absent.problems
    ]


def test_staff_load_for_their_own_office_alone(staff, manager):
    make_office("PRA", name_en="Prairies", name_fr="Prairies")
    headings = [*HEADINGS, "Lead office"]
    rows = [[*a_row(), "Prairies"]]

    [problem] = checked(a_load(staff, rows, headings=headings)).problems
    assert (problem.letter, problem.value) == ("H", "Prairies")
    assert checked(a_load(manager, rows, headings=headings)).verdict == "accepted"


def test_nothing_is_marked_above_the_loaders_clearance(staff):
    headings = [*HEADINGS, "Sensitivity"]
    rows = [
        [*a_row(), "Protected B"],
        [*a_row("Another visit"), "Protégé A"],
        [*a_row("A third visit"), "Secret"],
    ]
    plan = checked(a_load(staff, rows, headings=headings))

    assert [(row.outcome.value, row.sensitivity) for row in plan.rows][1] == ("create", 1)
    assert {p.row for p in plan.problems} == {2, 4}


def test_what_looks_like_a_persons_number_is_confirmed_once_for_the_file(staff):
    headings = [*HEADINGS, "Purpose"]
    rows = [
        [*a_row("Visit number one"), "About 046 454 286"],
        [*a_row("Visit number two"), "Of 123456A"],
        [*a_row("Visit number three"), "-"],
    ]
    plan = checked(a_load(staff, rows, headings=headings))

    [question] = plan.questions
    assert (question.kind, list(question.rows)) == ("confirmed", [2, 3])
    assert outcomes(plan)[2] == (4, "create", "")
    answered = checked(
        a_load(staff, rows, headings=headings, answers={"confirmed": [question.value]})
    )
    assert answered.verdict == "accepted"
    other = [[*a_row("Visit number one"), "About 130 692 544"], *rows[1:]]
    again = checked(
        a_load(staff, other, headings=headings, answers={"confirmed": [question.value]})
    )
    assert [q.kind for q in again.questions] == ["confirmed"]


def test_a_file_in_which_no_row_can_be_loaded_is_refused(staff):
    plan = checked(a_load(staff, [a_row(title=""), a_row(title=None, start=dt.date(2024, 1, 1))]))

    assert plan.verdict == "refused"
    assert plan.reason


def test_a_row_a_person_leaves_out_stays_out(staff):
    plan = checked(
        a_load(staff, [a_row(), a_row("Another visit")], answers={"rows": {"2": "skip"}})
    )

    assert outcomes(plan) == [(2, "left_out", "skipped"), (3, "create", "")]


def test_as_many_queries_for_three_hundred_rows_as_for_three(staff, django_assert_num_queries):
    make_partner("ICPA", name_en="Prisons Association", acronym_en="ICPA")

    def a_file(number):
        return a_load(staff, [a_row(f"Visit {n}", partners="UNODC; ICPA") for n in range(number)])

    three, many = a_file(3), a_file(300)
    check_load(three)
    with django_assert_num_queries(17):
        assert check_load(three).plan.verdict == "accepted"
    with django_assert_num_queries(17):
        assert check_load(many).plan.verdict == "accepted"


def test_rows_like_another_row_are_asked_about_once(staff):
    rows = [a_row(), a_row(countries="France"), a_row(countries=None)]
    [question] = checked(a_load(staff, rows)).questions
    assert (question.kind, list(question.rows)) == ("like_rows", [3, 4])

    loads_all = checked(a_load(staff, rows, answers={"like_rows": "create"}))
    assert [row.outcome.value for row in loads_all.rows] == ["create"] * 3
    skips = checked(a_load(staff, rows, answers={"like_rows": "skip"}))
    assert outcomes(skips)[1:] == [(3, "duplicate", "like-row"), (4, "duplicate", "like-row")]
    assert skips.verdict == "accepted"


def test_na_is_namibia_among_codes_and_nothing_among_names(staff):
    for code in ("NA", "BW"):
        make_country(code)
    rows = [
        a_row(f"Visit number {n}", countries=c) for n, c in enumerate(("NO", "FR; BW", "BW", "NA"))
    ]
    coded = checked(a_load(staff, rows))
    assert coded.rows[3].countries == ("NA",)

    rows = [
        a_row("Visit number one", countries="Norway"),
        a_row("Visit number two", countries="n/a"),
    ]
    named = checked(a_load(staff, rows))
    assert (named.rows[1].countries, named.questions) == ((), ())
