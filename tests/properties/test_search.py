"""Whatever somebody types is searched for, within its bounds, and alike as a list, a page and a file."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.counting import Counter
from common.search.asking import MOST_TERMS, asked
from engagements.models import Engagement
from partners.models import Partner
from tests.engagements.search.pairs import PAIRS, make_world
from tests.factories import make_contact
from tests.properties.nasty import CORPUS, texts

# Pieces of what is typed, put together anyhow.
PIECES = [
    *"\"“”«»*-−()|&!:'’.%_\\ ",
    "prison",
    "co-",
    "été",
    "œ",
    "U.N.",
    "IE-2026-0042",
    "-un",
    "  ",
]
queries = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.text(max_size=60),
    st.sampled_from([query for query, _found in PAIRS]),
    texts.map(lambda text: text.decode("utf-8", "replace") if isinstance(text, bytes) else text),
)


@given(text=queries)
def test_what_is_typed_is_terms_of_letters_and_digits_and_no_more_than_its_bound(text):
    terms = asked(text).terms

    assert len(terms) <= MOST_TERMS
    for term in terms:
        words = {*term.tokens, *term.beginnings, *(w for p in term.phrases for w in p.words)}
        assert words
        assert all(word.replace("_", "").isalnum() and len(word) <= 62 for word in words)


@pytest.fixture
def world(send, staff):
    make_world(logged_by=staff)
    for number in range(3):
        make_contact(Partner.objects.first(), name=f"Prison warden {number}", logged_by=staff)
    send.client.force_login(staff)
    return send


@given(text=queries)
def test_the_database_answers_whatever_is_typed_with_one_question(world, text):
    every = set(Engagement.objects.values_list("pk", flat=True))

    with CaptureQueriesContext(connection) as asking:
        found = set(Engagement.objects.matching(text).values_list("pk", flat=True))

    assert found <= every
    assert len(asking) <= 2  # the names, and the question
    if not asked(text).terms:
        assert found == (set() if text.strip() else every)


@given(text=queries)
def test_the_page_and_the_list_find_as_many_as_each_other(world, text):
    page = world.get(reverse("search:results"), {"q": text})
    listed = world.get(reverse("engagements:list"), {"q": text})

    assert (page.status_code, listed.status_code) in {(200, 200), (302, 200), (400, 400)}
    if page.status_code == 200 and page.context.get("results"):
        assert page.context["results"].count == listed.context["page"].paginator.count
        assert len(page.context["results"].engagements) == page.context["results"].count


# Of each box the most questions that are asked, whatever is typed in it; and steps of SQLite’s machine.
BOXES = {
    "search:results": (20, 30_000),
    "engagements:list": (32, 60_000),
    "partners:list": (12, 20_000),
    "engagements:partner_suggestions": (10, 20_000),
}


@given(text=queries)
def test_every_box_answers_whatever_is_typed_with_a_bounded_amount_of_work(world, text):
    for box, (most_queries, most_work) in BOXES.items():
        with Counter() as counted:
            response = world.get(reverse(box), {"q": text})

        assert response.status_code in {200, 302, 400}
        assert counted.queries <= most_queries, box
        assert counted.work <= most_work, box


@given(text=queries)
def test_the_picker_suggests_those_in_use_that_the_list_of_partners_finds(world, text):
    listed = world.get(reverse("partners:list"), {"q": text})
    suggested = world.get(reverse("engagements:partner_suggestions"), {"q": text})

    if listed.status_code == 200 and text.strip():
        assert suggested.context["matches"] == listed.context["page"].paginator.count


def test_the_longest_there_is_is_cut_and_not_broken_on():
    for text in (
        *map(str, CORPUS.values()),
        "word " * 10**5,
        '"' * 10**5,
        "a-" * 10**5,
        "x" * 10**6,
    ):
        assert Engagement.objects.matching(text).count() == 0
