"""Whatever stands in a cell: it breaks no matcher, and what is known of it is what is found."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.imports.matching.matchers import Matchers
from engagements.imports.matching.results import AT_MOST, Found, Nothing, Proposals, Refused
from tests.engagements.imports.shipped import with_reference

SECTIONS = ("partners", "countries", "kinds", "offices", "people", "objectives_said")
# Pieces that mean something to one matcher or another, and signs between them.
pieces = st.sampled_from(
    ["UNICEF", "UNDP", "New York", "Kenya", "Congo", "Democratic Republic", "NA", "n/a", "P1", "Pilier 2",
     "Visit", "MOU", "United Nations", "Programme", "Bahamas", "Côte d’Ivoire", "Africa", "countries", "PAC",
     "Région", "the", "et", "U.N.", "I.C.R.C.", "2", "=", "\u202e", "\x00", "ß", "ﬁ", "İ", "\u0301"]
)  # fmt: skip
signs = st.sampled_from(
    [" ", " - ", "-", "/", " / ", ", ", " (", ")", "; ", "\n", "&", "’", "'", ":", ""]
)
texts = st.text(max_size=60) | st.lists(st.tuples(pieces, signs), max_size=6).map(
    lambda told: "".join(piece + sign for piece, sign in told)
)


@pytest.fixture(scope="module")
def matchers(django_db_setup, django_db_blocker):
    with with_reference(django_db_blocker):
        return Matchers.load()


def match(matchers, section, text):
    if section == "objectives_said":
        return matchers.objectives.match(text, day=dt.date(2015, 1, 1))
    return matchers.of(section).match(text)


@pytest.mark.parametrize("section", SECTIONS)
@given(text=texts)
def test_no_text_breaks_a_matcher(matchers, section, text):
    found = match(matchers, section, text)

    assert isinstance(found, Found | Nothing | Proposals | Refused)
    if isinstance(found, Found):
        assert matchers.of(section).get(found.code) is not None
    if isinstance(found, Proposals):
        assert len(found.proposals) <= AT_MOST
        assert all(0 < one.score <= 1 for one in found.proposals)
        assert all(one.label for one in found.proposals)


@pytest.mark.parametrize("section", ["partners", "countries", "kinds", "offices", "people"])
@given(text=texts)
def test_what_is_known_is_what_is_found(matchers, section, text):
    # Two letters that may be a country's or say nothing are known, and asked about.
    maybe = section == "countries" and text.strip() in {"NA", "SO", "NP"}

    assert matchers.of(section).knows(text) == (
        isinstance(match(matchers, section, text), Found) or maybe
    )


@pytest.mark.parametrize("section", SECTIONS)
@given(text=texts)
def test_blanks_around_change_nothing_of_what_is_found(matchers, section, text):
    found = match(matchers, section, text)

    assert match(matchers, section, f"  {text} \t") == found or isinstance(found, Proposals)
