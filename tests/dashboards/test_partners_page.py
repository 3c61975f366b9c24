"""The page of partners, and the block that leads to it."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Sensitivity
from common.partial_dates import FiscalYear
from dashboards.links import list_of
from engagements.kinds import Kind, Stage
from tests.dashboards.lists import Lists
from tests.factories import make_engagement, make_partner

URL = "/en/dashboard/partners/"
DASHBOARD = "/en/dashboard/"
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: dt.date(2026, 11, 22))


@pytest.fixture
def un():
    return make_partner("UN", name_en="United Nations", acronym_en="UN")


@pytest.fixture
def logged(un):
    """The United Nations through two bodies alone, one new partner, one silent."""
    unodc = make_partner("UNODC", name_en="Office on Drugs", parent=un)
    undp = make_partner("UNDP", name_en="Development Programme", parent=un)
    make_engagement(partners=[unodc, undp], kind=Kind.TRAINING_DELIVERED, start=dt.date(2025, 9, 1))
    make_engagement(partners=[unodc], kind=Kind.OUTGOING_VISIT, start=dt.date(2026, 9, 1))
    make_engagement(
        partners=[make_partner("NOR", name_en="Norway")],
        kind=Kind.INCOMING_VISIT,
        start=dt.date(2026, 5, 1),
    )
    make_engagement(
        partners=[make_partner("SAU", name_en="Saudi Arabia")],
        kind=Kind.TECHNICAL_ASSISTANCE,
        start=dt.date(2006, 10, 1),
    )


@pytest.fixture
def page(client, staff):
    client.force_login(staff)

    def page(query="", status=200, url=URL, **headers):
        response = client.get(url + query, **headers)
        assert response.status_code == status
        return response

    return page


def shown(response):
    return [(line.partner.code, line.depth) for line in response.context["table"].lines]


def test_says_how_many_took_part_themselves(page, logged):
    response = page()

    assertContains(response, "4 partners reached")
    assertContains(response, "took no part itself, 2 of its bodies did")
    assert shown(response) == [("UN", 0), ("UNODC", 1), ("UNDP", 1), ("NOR", 0), ("SAU", 0)]


def test_the_key_figure_opens_as_many_as_it_says(page, logged):
    figures = page(url=DASHBOARD).context["volume"]["figures"].partners

    for figure in figures.figures:
        response = page(
            list_of(page(url=DASHBOARD).context["volume"]["filters"], figure).replace(
                reverse("engagements:list"), ""
            )
        )
        assert response.context["reached"] == figure.value
    assert figures.now.value == 2


def test_rolled_up_bodies_are_in_the_line_of_the_highest_above_them(page, logged):
    response = page("?bodies=rolled-up")

    assert shown(response) == [("UN", 0), ("NOR", 0), ("SAU", 0)]
    assertContains(response, "3 partners reached, bodies counted with them")
    assertContains(response, "Bodies apart, 4 took part themselves.")
    assertContains(response, "1 of 3 has been silent")
    assertContains(response, "2 relationships go one way")


@pytest.mark.parametrize(
    ("view", "codes"),
    [
        ("new", [("NOR", 0)]),
        ("silent", [("SAU", 0)]),
        ("one-way", [("UN", 0), ("UNDP", 1), ("NOR", 0), ("SAU", 0)]),
    ],
)
def test_each_view_shows_as_many_as_the_sentence_and_the_tab_say(page, logged, view, codes):
    response = page(f"?view={view}")

    assert shown(response) == codes
    tab = next(tab for tab in response.context["tabs"] if tab["now"])
    assert tab["count"] == sum(line.matches for line in response.context["table"].lines)
    assert any(view in sentence.url for sentence in response.context["sentences"])


def test_a_rolled_up_view_counts_in_its_tab_what_it_shows(page, logged):
    response = page("?view=one-way&bodies=rolled-up")

    assert [(tab["view"], tab["count"]) for tab in response.context["tabs"]] == [
        ("all", 3), ("new", 1), ("silent", 1), ("one-way", 2),
    ]  # fmt: skip
    assert shown(response) == [("NOR", 0), ("SAU", 0)]


@pytest.mark.parametrize(("sort", "first"), [("number", "UN"), ("last", "UN"), ("name", "NOR")])
def test_each_order_puts_first_what_it_should(page, logged, sort, first):
    assert shown(page(f"?sort={sort}"))[0] == (first, 0)


def test_months_of_silence_can_be_chosen(page, logged):
    assert shown(page("?view=silent&silent=5")) == [("UN", 0), ("UNDP", 1), ("NOR", 0), ("SAU", 0)]
    assert shown(page("?view=silent&silent=300")) == []


def test_a_view_of_nobody_says_why(page, logged):
    assertContains(page("?view=silent&silent=300"), "something began within the last 25 years")
    assertContains(page("?fy=2005-06&view=new", 200), "Nothing to count")


def test_every_figure_of_the_page_leads_to_its_list(staff, page, logged):
    lists = Lists(staff)
    for query in ("", "?kind=outgoing-visit", "?fy=2026-27", "?partner=UNODC", "?stage=completed"):
        response = page(query)
        for figure in response.context["table"].figures:
            assert lists.measured(response.context["filters"], figure) == figure.value, (
                query,
                figure,
            )


def test_under_dates_chosen_there_is_one_column_of_engagements(page, logged):
    response = page("?fy=2025-26")

    assert shown(response) == [("UN", 0), ("UNDP", 1), ("UNODC", 1)]
    assertNotContains(response, "All years")
    assert response.context["found"].year == FiscalYear(2026)


def test_the_filter_and_what_is_shown_stay_in_every_link(page, logged):
    response = page("?kind=outgoing-visit&sort=name&bodies=rolled-up&silent=12&view=one-way")

    new = next(tab for tab in response.context["tabs"] if tab["view"] == "new")
    assert new["url"] == f"{URL}?kind=outgoing-visit&silent=12&view=new&sort=name&bodies=rolled-up"
    (_choice, without) = response.context["chips"][0]
    assert without == f"{URL}?silent=12&view=one-way&sort=name&bodies=rolled-up"
    assert response.context["csv_url"] == (
        "/en/dashboard/partners.csv?kind=outgoing-visit&silent=12"
    )


def test_many_partners_come_a_page_at_a_time(page):
    for number in range(12):
        make_engagement(partners=[make_partner(f"P{number:02d}")])

    response = page("?sort=name&per_page=10&page=2")

    assert shown(response) == [("P10", 0), ("P11", 0)]
    assertContains(response, "12 partners reached")
    page("?per_page=10&page=3", 404)


@pytest.mark.parametrize(
    "query", ["?view=old", "?sort=size", "?bodies=no", "?silent=0", "?colour=red", "?partner=NOPE"]
)
def test_what_makes_no_sense_in_the_address_shows_nothing(page, logged, query):
    response = page(query, 400)

    assertContains(response, "This filter cannot be used", status_code=400)
    assert "table" not in response.context
    page(query, 422, **HTMX)


def test_with_htmx_the_part_and_the_address_to_share_come_back(page, logged):
    response = page("?view=new&sort=number&bodies=opened&silent=24&q=&per_page=25", **HTMX)

    assertNotContains(response, "<html")
    assertContains(response, 'id="results-and-filters"')
    assert response["HX-Push-Url"] == f"{URL}?view=new&per_page=25"


def test_the_filter_opens_beside_the_partners(page, logged):
    response = page("?filter=open&sort=name")

    assertContains(response, 'id="filter-form"')
    assertContains(response, '<input type="hidden" name="sort" value="name">', 1)


def test_engagements_without_a_partner_reach_nobody(page):
    make_engagement()

    assertContains(page(), "None of these engagements names a partner.")
    assertContains(page(url=DASHBOARD), "None of these engagements names a partner.")


def test_an_empty_portal_says_what_to_do_first(page):
    assertContains(page(), "Figures appear with the first engagement that is logged.")


def test_what_may_not_be_read_leaves_no_trace(client, reader, staff, logged):
    client.force_login(reader)
    before = client.get(URL, **HTMX).content
    hidden = {"sensitivity": Sensitivity.PROTECTED_A, "kind": Kind.TRAINING_RECEIVED}
    norway = make_partner("SWE", name_en="Sweden")
    make_engagement(partners=[norway], start=dt.date(2026, 6, 1), **hidden)
    for known in ("SAU", "NOR", "UNDP"):
        partner = type(norway).objects.get(code=known)
        make_engagement(partners=[partner], start=dt.date(2026, 10, 1), **hidden)
        make_engagement(
            partners=[partner], start=dt.date(2027, 1, 1), stage=Stage.APPROVED, **hidden
        )

    assert client.get(URL, **HTMX).content == before
    client.force_login(staff)
    assertContains(client.get(URL), "5 partners reached")
    assertContains(client.get(URL), "Protected A")


def test_a_partner_told_from_something_protected_marks_the_page_though_the_filter_leaves_it_out(
    page, logged
):
    partner = make_partner("SWE")
    make_engagement(partners=[partner], kind=Kind.CONFERENCE_HOSTED)
    make_engagement(partners=[partner], sensitivity=Sensitivity.PROTECTED_A)

    for url in (URL, DASHBOARD):
        marked = page("?kind=conference-hosted", url=url)
        assert marked.context["marking"] == Sensitivity.PROTECTED_A
        assert page("?kind=technical-assistance", url=url).context["marking"] == 0


def test_the_block_shows_those_most_is_done_with_and_their_bodies(page, logged):
    response = page(url=DASHBOARD)

    block = response.context["partners"]
    assert [(line.partner.code, line.depth) for line in block["table"].lines] == [
        ("UN", 0), ("UNODC", 1), ("UNDP", 1), ("NOR", 0), ("SAU", 0),
    ]  # fmt: skip
    assert [sentence.words for sentence in block["sentences"]] == [
        "1 partner was new in 2026-27: Norway.",
        "1 of 4 has been silent for more than 24 months: Saudi Arabia, for 20 years.",
        "3 relationships go one way: only given to 3, only received from 0.",
    ]
    assertContains(response, "All 4 partners")


def test_the_block_links_on_with_filter_and_options(page, logged):
    response = page("?kind=outgoing-visit&silent=12", url=DASHBOARD)

    assertContains(response, f'href="{URL}?kind=outgoing-visit&amp;silent=12"')


def test_of_nobody_new_or_silent_the_block_says_so(page, un):
    make_engagement(partners=[un], start=dt.date(2025, 5, 1))

    words = [sentence.words for sentence in page().context["sentences"]]

    assert words == [
        "No partner was new in 2026-27.",
        "None of 1 has been silent for more than 24 months.",
        "1 relationship goes one way: only given to 0, only received from 1.",
    ]


def test_of_many_new_ones_the_first_are_named(page):
    for number in range(5):
        make_engagement(partners=[make_partner(f"P{number}")])

    (sentence, *_rest) = page().context["sentences"]

    assert sentence.words == (
        "5 partners were new in 2026-27: Partner P0, Partner P1, Partner P2 and 2 others."
    )


@pytest.mark.parametrize("times", [1, 3])
def test_query_count_does_not_grow(page, times, django_assert_num_queries):
    page()
    for _ in range(times):
        top = make_partner()
        make_engagement(partners=[make_partner(parent=top), make_partner(parent=top)])

    with django_assert_num_queries(10):
        response = page()

    assert response.context["reached"] == 2 * times


def test_the_file_has_a_line_for_each_partner(client, page, logged):
    response = page(url="/en/dashboard/partners.csv")

    lines = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    by_code = {line[0]: dict(zip(lines[0], line, strict=False)) for line in lines}
    assert lines[0][:6] == [
        "Code", "Partner", "Part of", "Took part itself", "Engagements in 2026-27, planned included",
        "Engagements, planned included",
    ]  # fmt: skip
    un = by_code["UN"]
    assert (un["Took part itself"], un["Engagements, planned included"], un["Last contact"]) == (
        "no",
        "2",
        "2026-09-01",
    )
    assert (un["Given"], un["Received"], un["Training given"], un["Visits made"]) == (
        "1",
        "1",
        "1",
        "1",
    )
    assert by_code["UNODC"]["Part of"] == "United Nations (UN)"
    assert (by_code["SAU"]["Silent, in months"], by_code["SAU"]["One way"]) == ("241", "given only")
    assert (by_code["NOR"]["New in 2026-27"], by_code["NOR"]["Planned ahead"]) == ("yes", "no")


def test_the_sentences_of_either_mode_count_what_its_tabs_count(page, logged):
    for query in ("", "?bodies=rolled-up"):
        response = page(query)

        all_of_them, *tabs = response.context["tabs"]
        said = {
            sentence.url.rpartition("view=")[2]: sentence
            for sentence in response.context["sentences"]
        }
        assert f" of {all_of_them['count']} " in said["silent"].words
        for tab in tabs:
            assert said[tab["view"]].words.startswith(f"{tab['count']} ")
            assert page(said[tab["view"]].url.removeprefix(URL)).context["tabs"] == [
                one | {"now": one["view"] == tab["view"]} for one in response.context["tabs"]
            ]


def test_the_block_shows_a_body_beneath_the_one_it_is_part_of(page):
    top = make_partner("CAN", name_en="Canada")
    ministry = make_partner("DEF", name_en="Defence", parent=top)
    unit = make_partner("ARM", name_en="Army", parent=ministry)
    for body in (unit, unit, ministry, make_partner("OTH", name_en="Other", parent=top)):
        make_engagement(partners=[body], start=dt.date(2026, 5, 1))

    response = page(url=DASHBOARD)

    lines = response.context["partners"]["table"].lines
    assert [(line.partner.code, line.depth) for line in lines] == [
        ("CAN", 0),
        ("DEF", 1),
        ("ARM", 2),
    ]
    assertContains(response, "2 of them shown here; see all")
