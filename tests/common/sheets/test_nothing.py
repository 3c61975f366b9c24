"""Words that say nothing are no value; words that look like them are."""

import pytest

from common.sheets.values.nothing import says_nothing


@pytest.mark.parametrize(
    "text",
    [
        "", "   ", "-", "—", "?", "...", "n/a", "N/A", "N.A.", "(n/a)", "TBD", "tbd.", "Unknown",
        "Information not available", "INFORMATION  NOT AVAILABLE", "Non disponible", "s.o.", "S/O",
        "s. o.", "à déterminer", "A\u0300 DÉTERMINER", "TBD / à déterminer", "N/A - s.o.", "#N/A",
        "Not available / Non disponible", "Inconnu\u00a0/\u00a0Unknown",
    ],
)  # fmt: skip
def test_words_that_say_nothing(text):
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "No",
        "Non",
        "Norway",
        "Nauru",
        "NAFO",
        "None of the above",
        "TBD Consulting",
        "SOS",
        "Nil / 4",
    ],
)
def test_words_that_say_something(text):
    assert not says_nothing(text)
