"""A spreadsheet from its table to what came of it, page by page, as a person goes."""

from urllib.parse import urlencode

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from engagements.imports.keeping import begin
from engagements.models import Load
from tests.engagements.imports.loading import HEADINGS, a_load, a_row, known_world, loaded
from tests.factories import make_partner


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    known_world()
    return client


def page(load: Load, name: str) -> str:
    return reverse(f"imports:{name}", args=[load.key])


def text_file(staff, content: bytes) -> Load:
    return begin(by=staff, content=content, name="list.csv")


# The table


def test_the_first_rows_are_shown_as_the_spreadsheet_shows_them(signed_in, staff):
    load = a_load(staff, [a_row("Visit to a farm")])

    response = signed_in.get(page(load, "table"))

    assertContains(response, '<span class="visually-hidden">Column </span>A')
    assertContains(response, '<tr class="sheet-head">', count=1)
    assertContains(response, "1 row of records beneath the headings in row 1.")
    assertContains(response, "Visit to a farm")


def test_another_row_of_headings_can_be_chosen_and_is_shown(signed_in, staff):
    load = a_load(staff, [HEADINGS, a_row("Visit to a farm"), a_row("Another")])

    signed_in.post(page(load, "table"), {"header_row": "2", "do": "look"})

    load.refresh_from_db()
    assert load.answers == {"header_row": 2}
    assertContains(signed_in.get(page(load, "table")), "headings in row 2")


@pytest.mark.parametrize("row", ["", "0", "x", "99", "-1", "9" * 30])
def test_a_row_that_is_none_is_refused_at_its_field(signed_in, staff, row):
    load = a_load(staff, [a_row()])

    response = signed_in.post(page(load, "table"), {"header_row": row, "do": "next"})

    assertContains(response, '<a href="#id_header_row">', status_code=422)


def test_a_text_in_the_wrong_letters_is_read_again_in_the_right_ones(signed_in, staff):
    load = text_file(staff, "Titre;Début\nVisite à Québec;2019\nMission;2020\n".encode("cp1252"))

    written = {"encoding": "windows-1252", "delimiter": ",", "header_row": "1", "do": "look"}
    signed_in.post(page(load, "table"), written)
    assertContains(signed_in.get(page(load, "table")), "Visite à Québec;2019")
    signed_in.post(page(load, "table"), written | {"delimiter": ";"})

    assertContains(signed_in.get(page(load, "table")), '<span class="sheet-cell">Visite à Québec</')


# The columns


def test_what_was_guessed_is_chosen_and_what_every_row_needs_is_named(signed_in, staff):
    load = a_load(staff, [a_row()])

    response = signed_in.get(page(load, "columns"))

    assertContains(response, '<option value="title_en" selected>')
    assertContains(response, "Start: C, Start")


def test_a_column_goes_where_it_is_told_and_is_remembered(signed_in, staff):
    load = a_load(staff, [a_row()[:3]], headings=["Title", "Start", "Gizmo"])
    chosen = {"column-A": "title", "column-B": "start", "column-C": "outcome"}

    response = signed_in.post(page(load, "columns"), chosen)

    assertRedirects(response, page(load, "questions"))
    again = a_load(staff, [a_row("Other")[:3]], headings=["Title", "Start", "Gizmo"])
    shown = signed_in.get(page(again, "columns"))
    assertContains(shown, '<option value="outcome" selected>')
    assertContains(shown, "they go where they went then")


def test_two_columns_of_one_field_are_refused_at_the_second(signed_in, staff):
    load = a_load(staff, [a_row()])
    chosen = {f"column-{letter}": "ignore" for letter in "ABCDEFG"}

    response = signed_in.post(
        page(load, "columns"), chosen | {"column-A": "kind", "column-C": "kind"}
    )

    assertContains(response, "Column A goes there already", status_code=422)
    assertContains(response, '<a href="#id_column-C">', status_code=422)


# The questions


def asking(staff, *rows) -> Load:
    """Rows that lack a pillar, and name partners nobody knows."""
    rows = rows or [a_row(partners="Krimvard"), a_row("Second", partners="Krimvard")]
    return a_load(staff, [row[:-1] for row in rows], headings=HEADINGS[:-1])


def test_each_question_is_asked_once_with_its_rows(signed_in, staff):
    load = asking(staff)

    response = signed_in.get(page(load, "questions"))

    assertContains(response, '<span class="row-title">Krimvard</span>', count=1)
    assertContains(response, "2 rows: 2, 3")
    assertContains(response, 'name="default-objectives"')


def word(number=0, text="Krimvard", kind="partners", **told) -> dict:
    return {f"kind-{number}": kind, f"text-{number}": text} | {
        f"{name}-{number}": value for name, value in told.items()
    }


PILLAR = {"asks-default": "objectives", "default-objectives": "P1"}


def test_what_is_answered_makes_the_rows_ready(signed_in, staff):
    load = asking(staff)

    signed_in.post(page(load, "questions"), PILLAR | word(answer="create") | {"do": "next"})

    assertContains(signed_in.get(page(load, "preview")), "Load 2 rows")


def test_an_answer_is_kept_as_soon_as_it_is_given(signed_in, staff):
    load = asking(staff)

    response = signed_in.post(
        page(load, "questions"),
        word(answer="create") | {"do": "keep"},
        headers={"HX-Request": "true"},
    )

    assertContains(response, "Your answers were kept at")
    load.refresh_from_db()
    assert load.answers == {"partners": {"Krimvard": "create"}}


def test_a_partner_can_be_typed(signed_in, staff):
    load = asking(staff)
    make_partner("NO-KRIM", name_en="Kriminalomsorgen")

    signed_in.post(page(load, "questions"), word(typed="kriminalomsorgen"))

    load.refresh_from_db()
    assert load.answers["partners"] == {"Krimvard": "NO-KRIM"}


def test_one_that_nobody_knows_is_refused_and_stays_as_typed(signed_in, staff):
    load = asking(staff)

    response = signed_in.post(page(load, "questions"), word(typed="No Such Body"))

    assertContains(response, "No Such Body", status_code=422)
    assertContains(response, '<a href="#id_answer-0">', status_code=422)


def test_every_partner_that_is_unknown_is_created_by_one_choice(signed_in, staff):
    load = asking(staff, a_row(partners="Krimvard"), a_row("Second", partners="Gefängnisamt"))

    signed_in.post(
        page(load, "questions"), PILLAR | {"asks-create": "1", "create_missing_partners": "1"}
    )

    assertContains(signed_in.get(page(load, "preview")), "Load 2 rows")


def test_an_answer_can_be_taken_back(signed_in, staff):
    load = asking(staff)
    signed_in.post(page(load, "questions"), word(answer="create"))
    assertContains(signed_in.get(page(load, "questions")), 'value="partners:Krimvard"')

    signed_in.post(page(load, "questions"), {"again": "partners:Krimvard"})

    load.refresh_from_db()
    assert load.answers == {}


def test_what_another_tab_answered_meanwhile_stays(signed_in, staff):
    load = asking(staff)
    signed_in.post(page(load, "questions"), PILLAR)

    signed_in.post(page(load, "questions"), word(answer="create"))

    load.refresh_from_db()
    assert load.answers == {
        "defaults": {"objectives": ["P1"]},
        "partners": {"Krimvard": "create"},
    }


@pytest.mark.parametrize(
    "sent",
    [
        word(answer="\x00"),
        word(answer="NO-SUCH-CODE"),
        word(kind="kinds", answer="no-kind"),
        word(kind="countries", answer="ZZ"),
    ],
)
def test_what_the_page_does_not_offer_is_refused(signed_in, staff, sent):
    load = asking(staff)

    response = signed_in.post(page(load, "questions"), sent)

    assert response.status_code == 422 or not Load.objects.get().answers
    load.refresh_from_db()
    assert load.answers == {}


def test_hundreds_of_questions_come_in_pages(signed_in, staff):
    rows = [a_row(f"Visit {n}", partners=f"Body number {n} of {n * 7919}") for n in range(30)]
    load = a_load(staff, rows)

    assertContains(signed_in.get(page(load, "questions")), "1 to 25 of 30")
    second = signed_in.get(page(load, "questions") + "?" + urlencode({"page": 2}))
    assertContains(second, "26 to 30 of 30")


# What may not be reached


def test_what_is_loaded_leads_to_what_came_of_it(signed_in, staff):
    load = loaded(a_load(staff, [a_row()]))

    for name in ("table", "columns", "questions", "preview"):
        assertRedirects(signed_in.get(page(load, name)), page(load, "load"))
        assertRedirects(signed_in.post(page(load, name)), page(load, "load"))


def test_where_no_table_is_the_later_steps_lead_to_it(signed_in, staff):
    load = a_load(staff, [], headings=["Title", "Start"])

    for name in ("columns", "questions", "preview"):
        assertRedirects(signed_in.get(page(load, name)), page(load, "table"))
    assertContains(signed_in.get(page(load, "table")), "no rows below")


def test_whom_rows_name_that_name_no_partner_is_looked_for_as_elsewhere(signed_in, staff):
    load = a_load(staff, [a_row(partners=None)])

    response = signed_in.get(page(load, "questions"))

    assertContains(response, "Rows that name no partner: who took part?")
    # Of those that are known alone: nobody is created for a whole file.
    assertContains(response, '<div class="combobox" data-combobox="known">', count=1)
    assertContains(response, f'hx-get="{reverse("engagements:partner_suggestions")}"', count=1)
