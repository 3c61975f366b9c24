"""What the texts of a file are closest to stands in the open, and one choice takes it for many."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from engagements.forms.closest import closest_of, grades_of, likeness, sure_of, taken_from
from engagements.imports.plan import Proposal, Question
from engagements.models import Load
from tests.engagements.imports.loading import a_load, a_row, known_world
from tests.factories import make_partner


def asked(*scores, kind="partners", value="Text", rows=(2,), why_not=""):
    """Closest to A, then B, then C; `why_not` of the first."""
    proposals = [
        Proposal(code=code, label=f"Body {code}", score=score)
        for code, score in zip("ABC", scores, strict=False)
    ]
    if why_not:
        proposals[0] = Proposal(code="A", label="Body A", score=scores[0], why_not=why_not)
    return Question(kind=kind, value=value, rows=rows, proposals=tuple(proposals))


@pytest.mark.parametrize(
    ("score", "words"),
    [
        (100, "almost the same"),
        (97, "almost the same"),
        (96, "very alike"),
        (89, "alike"),
        (55, "somewhat alike"),
        (0, ""),
    ],
)
def test_a_score_is_said_in_words(score, words):
    assert likeness(score) == words


@pytest.mark.parametrize(
    ("question", "code"),
    [
        (asked(0.99), "A"),
        (asked(0.99, 0.8), "A"),
        (asked(0.99, 0.95), ""),
        (asked(0.98), ""),
        (asked(1.0, 1.0), ""),
        (asked(0.99, why_not="It closed."), ""),
        (asked(1.0, kind="kinds"), ""),
        (asked(), ""),
    ],
)
def test_only_what_is_sure_is_chosen_already(question, code):
    assert sure_of(question) == code


def test_what_was_meant_and_cannot_be_chosen_gives_its_place_to_nobody():
    assert closest_of(asked(0.95, 0.9, why_not="It closed.")) is None
    assert closest_of(asked(0.95, 0.95)) is None


def test_each_grade_says_how_many_texts_and_rows_it_would_take():
    questions = [
        asked(0.98, value="One", rows=(2, 3)),
        asked(0.91, value="Two", rows=(3, 4)),
        asked(0.5, value="Three", rows=(5,)),
    ]

    found = grades_of(taken_from(questions))

    assert [(one.least, one.texts, one.rows) for one in found] == [(97, 1, 2), (90, 2, 3)]


# The page


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    known_world()
    make_partner("ICPA", name_en="Corrections and Prisons Association")
    return client


def page(load: Load) -> str:
    return reverse("imports:questions", args=[load.key])


def two_texts(staff) -> Load:
    """The one differs by a letter of many, the other by several."""
    return a_load(
        staff,
        [
            a_row("Visit number one", partners="Corrections and Prisons Asociation"),
            a_row("Visit number two", partners="Ofice of Drugs and Crimes"),
            a_row("Visit number three", partners="Krimvard"),
        ],
    )


def test_the_closest_is_the_first_choice_and_says_how_close_it_is(signed_in, staff):
    response = signed_in.get(page(a_load(staff, [a_row(partners="Ofice of Drugs and Crimes")])))

    assertContains(response, '<input type="radio" name="answer-0" value="UNODC"> <span>Office on')
    assertContains(response, '<span class="soft small">very alike</span>', count=1)
    assertContains(response, '<input type="radio" name="answer-0" value="" checked>')


def test_one_choice_takes_the_closest_for_all_that_are_so_alike(signed_in, staff):
    load = two_texts(staff)
    shown = signed_in.get(page(load))
    assertContains(shown, "“Ofice of Drugs and Crimes” is Office on Drugs and Crime (UNODC)")

    response = signed_in.post(page(load), {"closest": "90"}, follow=True)

    load.refresh_from_db()
    assert load.answers["partners"] == {
        "Corrections and Prisons Asociation": "ICPA",
        "Ofice of Drugs and Crimes": "UNODC",
    }
    assertContains(response, "2 wordings are taken for what each is closest to")
    assertContains(response, "2 answers given so far")


def test_what_is_chosen_on_the_page_comes_first(signed_in, staff):
    load = two_texts(staff)
    text = "Ofice of Drugs and Crimes"

    signed_in.post(
        page(load),
        {"closest": "80", "kind-0": "partners", "text-0": text, "answer-0": "create"},
    )

    load.refresh_from_db()
    assert load.answers["partners"][text] == "create"


@pytest.mark.parametrize("least", ["0", "1", "x", "-5", "79"])
def test_nothing_is_taken_that_is_less_than_alike(signed_in, staff, least):
    load = a_load(staff, [a_row(partners="Drugs Krimvard Section")])

    signed_in.post(page(load), {"closest": least})

    load.refresh_from_db()
    assert "partners" not in load.answers


def test_creating_all_that_are_missing_says_how_many_that_would_be(signed_in, staff):
    load = two_texts(staff)
    assertContains(signed_in.get(page(load)), "Create every partner that is not known: 2 new ones")
    assertContains(signed_in.get(page(load)), "1 more is almost the same as a partner that is here")

    signed_in.post(page(load), {"asks-create": "1", "create_missing_partners": "1"})

    response = signed_in.get(page(load))
    assertContains(response, 'name="create_missing_partners" value="1" checked')
    assertContains(response, "Create every partner that is not known: 2 new ones")


def test_one_of_many_kinds_is_taken_from_a_list(signed_in, staff):
    load = a_load(staff, [a_row(kind="Conference")])
    response = signed_in.get(page(load))
    assertContains(response, '<input type="radio" name="answer-0" value="conference-hosted">')
    assertContains(response, '<option value="deployment-or-secondment">')
    assertNotContains(response, '<option value="conference-hosted">')

    word = {"kind-0": "kinds", "text-0": "Conference", "answer-0": "?"}
    signed_in.post(page(load), word | {"other-0": "deployment-or-secondment"})

    load.refresh_from_db()
    assert load.answers == {"kinds": {"Conference": "deployment-or-secondment"}}
    assertContains(signed_in.get(page(load)), "<small>Deployment or secondment</small>")


def test_another_one_that_is_not_named_answers_nothing(signed_in, staff):
    load = a_load(staff, [a_row(partners="Krimvard")])

    signed_in.post(page(load), {"kind-0": "partners", "text-0": "Krimvard", "answer-0": "?"})

    load.refresh_from_db()
    assert load.answers == {}


def test_rows_that_no_answer_mends_are_not_called_ready(signed_in, staff):
    load = a_load(staff, [a_row(), a_row("Second", start="2022-02-31")])

    response = signed_in.get(page(load))

    assertContains(response, "1 of 2 rows are ready.")
    assertContains(response, "1 row has something wrong that no answer mends")


def test_the_kind_other_can_be_chosen_like_any(signed_in, staff):
    load = a_load(staff, [a_row(kind="Gizmo")])

    signed_in.post(page(load), {"kind-0": "kinds", "text-0": "Gizmo", "answer-0": "other"})

    load.refresh_from_db()
    assert load.answers == {"kinds": {"Gizmo": "other"}}
