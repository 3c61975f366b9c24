"""Whom a word means by a name."""

from common.search.asking import asked
from common.search.names import names_of, one_of

ROWS = (
    (("partner", 1), "Office on Drugs and Crime"),
    (("partner", 2), "Prison Service of Norway\nServices pénitentiaires"),
    (("partner", 3), "Ministry of Justice\nAffaires nationales"),
)


def meant(text, *, by_stem):
    names = names_of(ROWS, by_stem=by_stem)
    (term,) = asked(f"{text} ").terms
    return {key for _of, key in names.meant(term)}


def test_by_stem_all_forms_of_a_word_find_each_other():
    assert meant("officers", by_stem=True) == {1}


def test_otherwise_one_and_several_do_and_no_other_form():
    assert meant("officers", by_stem=False) == set()
    assert meant("offices", by_stem=False) == {1}
    assert meant("service", by_stem=False) == {2}
    assert meant("prisons", by_stem=False) == {2}
    assert meant("ministries", by_stem=False) == {3}


def test_what_makes_several_of_a_word_is_taken_off_in_both_languages():
    several = ["prisons", "ministries", "nationaux", "churches", "justice", "press", "jeux", "bus"]
    one = ["prison", "ministry", "national", "church", "justice", "press", "jeu", "bus"]

    assert [one_of(word) for word in several] == one


def test_a_slip_is_forgiven_though_what_is_left_of_it_is_another_word():
    """In French, "unied" without its ending is the "uni" of Royaume-Uni."""
    rows = ((("country", 1), "Royaume-Uni"), (("partner", 2), "United Nations"))
    names = names_of(rows, by_stem=False)
    unied, united, kingdom = (asked(f"{text} ").terms[0] for text in ("unied", "unis", "uni"))

    assert names.meant(unied) == {("partner", 2)}
    assert names.meant(united) == names.meant(kingdom) == {("country", 1)}


def test_a_short_word_is_offered_with_the_letter_that_it_lacks_and_finds_nothing_by_itself():
    names = names_of((*ROWS, (("country", 4), "Haiti"), (("country", 5), "Coast")), by_stem=False)

    assert names.meant(asked("hait x").terms[0]) == set()
    assert names.longer_by_one("haii") == ["haiti"]
    assert names.longer_by_one("cost") == ["coast"]
    assert names.longer_by_one("hat") == names.longer_by_one("haiti") == []
