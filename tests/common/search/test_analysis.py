"""What search reads of a text, and of what somebody types."""

import pytest

from common.search.analysis import LONGEST, MOST, line_of, lines_of, runs
from common.search.asking import MOST_TERMS, Phrase, asked
from common.search.names import slips


@pytest.mark.parametrize(
    ("text", "words", "besides"),
    [
        ("Visit to Bénin", "visit to benin", ""),
        ("Two prisons", "two prisons", "e_prison"),
        ("co-operation", "cooperation", "e_cooper co operation e_oper"),
        ("Non governmental", "nongovernmental", "e_nongovernment non governmental e_government"),
        ("decision-making", "decision making", "decisionmaking e_decis e_make"),
        ("the women’s", "the women", "womens s"),
        ("U.N.O.D.C.", "unodc", ""),
        ("IE-2027-0042", "ie 2027 0042", "ie20270042 42"),
        ("so\u00adft e\u0301te\u0301", "soft ete", ""),
        ("½ done_now", "1 2 done now", ""),
        ("🕊 % * -", "", ""),
    ],
)
def test_a_text_is_its_words_and_what_else_finds_them(text, words, besides):
    expected = f" {words} " + "".join(f" {each} " for each in besides.split()) if words else ""

    assert line_of(text, ("en",)) == expected


def test_a_text_has_the_stems_of_its_own_language():
    assert line_of("visites", ("fr",)) == " visites  f_visit "
    assert line_of("visites", ("en",)) == " visites  e_visit "
    assert line_of("visites", ()) == " visites "


def test_letters_and_their_accents_apart_are_the_same_text():
    assert line_of("L’e\u0301te\u0301 de l’œuvre") == line_of("L'été de l'oeuvre")


def test_a_run_says_where_it_stands():
    text = "The women’s co operation."

    assert [text[run.start : run.end] for run in runs(text)] == ["The", "women’s", "co operation"]


def test_no_text_is_more_than_a_database_indexes():
    assert len(lines_of([line_of("\ufdfa " * 20_000)] * 3)) <= MOST
    assert line_of("x" * 20_000) == f" {'x' * LONGEST} "


def test_what_is_typed_is_looked_at_as_far_as_its_bounds():
    many = asked(" ".join(f"word{number}" for number in range(500)))

    assert (len(many.terms), many.cut) == (MOST_TERMS, True)
    assert asked("word " * 20).cut is False
    assert asked("x" * 10**6).cut is True


def test_a_quotation_mark_without_its_other_is_told_of():
    assert asked('"rule of law"').unclosed is False
    assert asked('"rule of law').unclosed is True
    assert asked('"rule of law').terms[0].phrases == (Phrase(("rule", "of", "law"), open=True),)


def test_only_what_may_go_on_finds_what_begins_so():
    def beginnings(text):
        return [sorted(term.beginnings) for term in asked(text).terms]

    assert beginnings("visit pris") == [["visitpris"], ["pris", "visitpris"]]
    assert beginnings("pris ") == beginnings("pris,") == [[]]
    assert beginnings("pris* visit ") == [["pris"], []]
    assert beginnings("-pris") == beginnings("p") == [[]]
    assert beginnings("-pris*") == [["pris"]]


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [
        ("united", "united", 0),
        ("uniited", "united", 1),
        ("untied", "united", 1),
        ("un", "united", 3),
    ],
)
def test_slips_are_counted(one, other, number):
    assert slips(one, other, 2) == number == slips(other, one, 2)
