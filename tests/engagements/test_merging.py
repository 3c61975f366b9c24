"""What is compared of two versions: every field of the form, and texts by their sentences."""

import pytest
from django.http import QueryDict

from common.differences import marked, merged_texts
from common.side_by_side import BOTH, MINE, THEIRS, LongText, compare
from engagements.forms import EngagementForm
from engagements.merging import aspects
from partners.forms import PartnerForm
from partners.merging import aspects as partner_aspects
from tests.factories import make_engagement


def data(**told):
    made = QueryDict(mutable=True)
    for name, value in told.items():
        made.setlist(name, value if isinstance(value, list) else [value])
    return made


def test_every_field_of_the_engagements_form_is_compared():
    compared = {name for each in aspects(make_engagement(), []) for name in each.names}

    assert compared - {"partner", "role", "country"} == set(EngagementForm.base_fields)


def test_every_field_of_the_partners_form_is_compared():
    compared = {each.name for each in partner_aspects([])}

    assert compared == {*PartnerForm.base_fields, "former"}


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "merged"),
    [
        ("One. Two.", "One! Two.", "One. Two. Three.", "One! Two. Three."),
        ("One.\nTwo.", "Zero.\nOne.\nTwo.", "One.\nTwo, too.", "Zero.\nOne.\nTwo, too."),
        ("One. Two.", "One.", "One. Two. Three.", "One. Two. Three."),
        ("One. Two.", "One. Three.", "One. Three.", "One. Three."),
        ("One.", "One. Theirs.", "One. Mine.", "One. Theirs.\n\nOne. Mine."),
        ("", "Theirs", "Mine", "Theirs\n\nMine"),
        (None, "Theirs and mine", "Theirs", "Theirs and mine"),
        (None, "Theirs", "Mine", "Theirs\n\nMine"),
    ],
)
def test_two_texts_become_one_that_loses_nothing(base, theirs, mine, merged):
    assert merged_texts(theirs, mine, base) == merged


@pytest.mark.parametrize(
    ("now", "mine", "base", "settled", "choice"),
    [
        ("Theirs", "Began", "Began", THEIRS, THEIRS),
        ("Began", "Mine", "Began", MINE, MINE),
        ("Theirs", "Mine", "Began", "", BOTH),
        ("", "Mine", "Began", "", MINE),
        ("Theirs", "Mine", None, "", BOTH),
    ],
)
def test_what_is_proposed_loses_nothing(now, mine, base, settled, choice):
    told = {"now": data(purpose=now), "mine": data(purpose=mine)}
    base = None if base is None else data(purpose=base)

    (row,) = compare([LongText(name="purpose", label="Purpose")], base=base, **told).rows

    assert (row.changed_by, row.choice) == (settled, choice)


def test_words_that_the_other_text_lacks_are_marked_and_nothing_typed_is_markup():
    shown = marked("We met <b>two</b> ministers in Oslo.", "We met ministers in Oslo.")

    assert "&lt;" in shown
    assert "<b>" not in shown
    assert shown.count("<mark>") == 1


@pytest.mark.parametrize("text", ["a " * 10_000, "\n" * 20_000, "!" * 20_000, "Ab. " * 5_000])
def test_long_and_odd_texts_are_compared_in_no_time(text):
    assert "mine" in merged_texts(text, text + "mine", text[:-2])
    assert str(marked(text, text + "mine"))
