import pytest
from django.core.exceptions import ValidationError

from common.templatetags.liaison import unbroken
from common.text import PlainTextField, fold, words_of


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Bénin", "benin"),
        ("ŒUVRE des Sœurs", "oeuvre des soeurs"),
        ("L’été", "l'ete"),
        ("  two   spaces ", "two spaces"),
        ("Kriminalvården, Østfold", "kriminalvarden, ostfold"),
        ("STRASSE straße", "strasse strasse"),
    ],
)
def test_folding_leaves_what_search_compares(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize("bad", ["a\x00b", "a\x07b", "a\u202eb", "a\u2066b"])
def test_what_cannot_be_shown_is_refused(bad):
    with pytest.raises(ValidationError):
        PlainTextField().clean(bad)


def test_emoji_and_arabic_pass():
    assert PlainTextField().clean("مصلحة السجون 🙂") == "مصلحة السجون 🙂"


def test_a_long_text_is_told_its_length():
    with pytest.raises(ValidationError, match=r"10000 characters\. Shorten it to 300"):
        PlainTextField(max_length=300).clean("x" * 10_000)


def test_equal_texts_are_kept_alike():
    decomposed = "e\u0301te\u0301"

    assert PlainTextField().clean(decomposed) == "été"
    assert PlainTextField(lines=True).clean("one\r\ntwo") == "one\ntwo"


def test_signs_that_fold_to_a_phrase_ask_for_each_of_its_words_once():
    assert len(words_of("\ufdfa" * 200)) == 5


def test_a_line_keeps_its_no_break_spaces_and_one_space_between_words():
    assert PlainTextField().clean("  Visite\u00a0:  «\u202fOslo\u00a0»\t et\nBergen ") == (
        "Visite\u00a0: «\u202fOslo\u00a0» et Bergen"
    )


def test_dates_and_fiscal_years_in_a_sentence_never_break_and_nothing_in_it_runs():
    said = unbroken("Nothing since 2025-26 <b>, last on 2026-11-22.")

    assert said == (
        'Nothing since <span class="nowrap">2025-26</span> &lt;b&gt;, '
        'last on <span class="nowrap">2026-11-22</span>.'
    )
