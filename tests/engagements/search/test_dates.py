"""A date in what somebody types."""

import datetime as dt

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from engagements.search.dates import dated
from tests.factories import make_engagement

URL = "/en/search/"
DAY = dt.date(2026, 2, 24)


@pytest.mark.parametrize(
    ("typed", "when", "words", "query"),
    [
        ("2027-02-24", "2027-02-24", "", "from=2027-02-24&to=2027-02-24"),
        ("february 2028", "2028-02", "", "from=2028-02-01&to=2028-02-29"),
        (
            "Févr. 2027 Norvège",
            "2027-02",
            "Norvège",
            "q=Norv%C3%A8ge&from=2027-02-01&to=2027-02-28",
        ),
        ("1er mai 2020", "2020-05-01", "", "from=2020-05-01&to=2020-05-01"),
        ("May 24th, 2020", "2020-05-24", "", "from=2020-05-24&to=2020-05-24"),
        ("2011-10", "2011-10", "", "from=2011-10-01&to=2011-10-31"),
        ("2011-12", "2011-12", "", "fy=2011-12"),
        (
            "prison reform 2019",
            "2019",
            "prison reform",
            "q=prison+reform&from=2019-01-01&to=2019-12-31",
        ),
    ],
)
def test_it_is_read_as_people_write_it(typed, when, words, query):
    found = dated(typed)

    assert (found.when, found.words, found.query) == (when, words, query)


def test_what_is_no_date_is_none():
    odd = ["", "IE-2027-0042", "2027-0042", "2027-13", "31 february 2027", "0000", "9999"]
    odd += ["-2020", "2020x", "٢٠٢٠ 2", "20 20", "١٢ may ٢٠٢٠"]

    assert [text for text in odd if dated(text)] == []


def test_a_search_tells_what_went_on_then(client, staff):
    make_engagement(title_en="Visit to Oslo", start=DAY)
    make_engagement(title_en="Talks", start=DAY)
    make_engagement(title_en="Hidden visit to Oslo", start=DAY, sensitivity=2)
    client.force_login(staff)

    by_day, with_words = (client.get(URL, {"q": q}) for q in ("2026-02-24", "oslo feb 2026"))
    never = client.get(URL, {"q": "2026-02-25"})

    assertContains(
        by_day,
        'By date, 2026-02-24: <a href="/en/engagements/?from=2026-02-24&amp;to=2026-02-24">2 engagements</a>',
    )
    assertContains(with_words, "By date, 2026-02, with “oslo”:")
    assertContains(with_words, ">1 engagement</a>")
    assertContains(client.get(with_words.context["results"].dated.url), "Visit to Oslo")
    assertContains(by_day, "Nothing has all these words")
    assertNotContains(never, "By date")
    assertContains(never, "Nothing was found")


def test_what_went_on_then_counts_for_the_marking_of_the_page(client, manager):
    make_engagement(start=DAY, sensitivity=2)
    client.force_login(manager)

    assert client.get(URL, {"q": "2026-02-24"}).context["marking"] == 2
