import datetime as dt
import re

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Sensitivity
from common.partial_dates import FiscalYear, PartialDate
from dashboards import blocks
from dashboards.exports.places import places_lines
from dashboards.links import list_of
from dashboards.metrics.places import places
from engagements.filters import EngagementFilter
from engagements.kinds import Stage
from engagements.models import Engagement
from tests.factories import make_country, make_engagement, make_partner, make_region

URL = "/en/dashboard/places/"
TODAY = dt.date(2026, 11, 22)
YEAR = FiscalYear(2027)
NAMES = {
    "FR": ("France", "France"), "MT": ("Malta", "Malte"), "NO": ("Norway", "Norvège"),
    "JM": ("Jamaica", "Jamaïque"), "AQ": ("Antarctica", "Antarctique"), "SU": ("Old Land", "Ancien"),
}  # fmt: skip


@pytest.fixture(autouse=True)
def atlas():
    """Three regions, one of them with parts; a country in none; one that was retired."""
    europe = make_region("150", name_en="Europe")
    northern = make_region("154", name_en="Northern Europe", parent=europe)
    southern = make_region("039", name_en="Southern Europe", parent=europe)
    americas = make_region("019", name_en="Americas")
    make_region("009", name_en="Oceania")
    of = {"NO": northern, "MT": southern, "FR": europe, "JM": americas, "AQ": None, "SU": americas}
    return {
        iso2: make_country(
            iso2,
            region=region,
            name_en=NAMES[iso2][0],
            name_fr=NAMES[iso2][1],
            retired_on=dt.date(2020, 1, 1) if iso2 == "SU" else None,
        )
        for iso2, region in of.items()
    }


@pytest.fixture
def done(atlas):
    """Nine engagements, counted by hand below."""

    def log(*codes, year=2026, partners=(), **kwargs):
        return make_engagement(
            countries=[atlas[code] for code in codes],
            start=dt.date(year, 5, 15),
            partners=partners,
            **kwargs,
        )

    un, icpa = make_partner("UN"), make_partner("ICPA")
    return [
        log("NO", partners=[un]),
        log("NO", "MT", "FR", partners=[un, icpa]),
        log("NO", year=2019),
        log("NO", "JM", year=2022, partners=[icpa]),
        log("JM", year=2027, stage=Stage.APPROVED),
        log("SU", year=2001),
        log("AQ"),
        log(),
        log("MT", stage=Stage.CANCELLED, stage_reason="The host withdrew."),
    ]


def counted(**kwargs):
    return places(Engagement.objects.counted(), YEAR, **kwargs)


def told(found):
    """{name: (this fiscal year, all, last year, partners)} of every line of the table."""
    return {
        (row.country if hasattr(row, "country") else row.region).name_en: (
            row.this_year.value,
            row.engagements.value,
            str(row.last_year or ""),
            None if row.partners is None else row.partners.value,
        )
        for row in found.rows
    }


def scope_for(user, query=""):
    readable = Engagement.objects.visible_to(user)
    filters = EngagementFilter(QueryDict(query), readable, user=user, also_allowed=["sort"])
    return blocks.scope_of(filters, TODAY)


@pytest.fixture
def open_page(client, staff):
    client.force_login(staff)

    def open_page(query="", **kwargs):
        return client.get(URL + query, **kwargs)

    return open_page


# The metric


def test_counts_an_engagement_in_each_of_its_countries_and_once_in_a_region(done):
    assert told(counted()) == {
        "Americas": (0, 3, "2022-23", None),
        "Jamaica": (0, 2, "2022-23", None),
        "Old Land": (0, 1, "2001-02", None),
        "Europe": (2, 4, "2026-27", None),
        "France": (1, 1, "2026-27", None),
        "Malta": (1, 1, "2026-27", None),
        "Norway": (2, 4, "2026-27", None),
        "Oceania": (0, 0, "", None),
        "Antarctica": (1, 1, "2026-27", None),
    }


def test_in_full_has_the_regions_beneath_regions_and_the_partners_met_there(done):
    found = counted(in_full=True)

    assert told(found) == {
        "Americas": (0, 3, "2022-23", 1),
        "Jamaica": (0, 2, "2022-23", 1),
        "Old Land": (0, 1, "2001-02", 0),
        "Europe": (2, 4, "2026-27", 2),
        "Northern Europe": (2, 4, "2026-27", 2),
        "Norway": (2, 4, "2026-27", 2),
        "Southern Europe": (1, 1, "2026-27", 2),
        "Malta": (1, 1, "2026-27", 2),
        "France": (1, 1, "2026-27", 2),
        "Oceania": (0, 0, "", 0),
        "Antarctica": (1, 1, "2026-27", 0),
    }
    assert [row.depth for row in found.rows] == [0, 1, 1, 0, 1, 2, 1, 2, 1, 0, 0]


def test_counts_countries_and_what_names_none(done):
    found = counted()

    assert (found.reached.value, found.without.value) == (6, 1)


def test_shades_by_quarters_of_the_countries_reached(atlas):
    for iso2, times in {"NO": 4, "FR": 3, "MT": 2, "JM": 1}.items():
        for _ in range(times):
            make_engagement(countries=[atlas[iso2]])

    found = counted()

    assert {one.country.iso2: one.step for one in found.countries} == {
        "NO": 4, "FR": 3, "MT": 2, "JM": 1,
    }  # fmt: skip
    assert [(shade.step, shade.lowest, shade.highest) for shade in found.shades] == [
        (1, 1, 1), (2, 2, 2), (3, 3, 3), (4, 4, 4),
    ]  # fmt: skip


def test_a_country_is_new_that_nothing_before_this_fiscal_year_reached(done):
    assert [one.country.iso2 for one in counted().new] == ["FR", "MT", "AQ"]


def test_a_country_is_not_new_where_something_began_nobody_knows_when(atlas):
    make_engagement(countries=[atlas["FR"]])
    make_engagement(countries=[atlas["FR"]], start=PartialDate.unknown())

    assert counted().new == []


def test_a_retired_region_is_left_out_unless_something_was_done_there(atlas):
    make_region("999", name_en="Yugoslavia", retired_on=dt.date(2003, 1, 1))
    oceania = make_region("009")
    oceania.retired_on = dt.date(2003, 1, 1)
    oceania.save()
    make_engagement(countries=[make_country("NZ", region=oceania)])

    assert [one.region.code for one in counted().regions] == ["019", "150", "009"]


@pytest.mark.parametrize(
    "query", ["", "country=NO", "region=150", "fy=2026-27", "stage=completed", "gap=partner"]
)
def test_every_figure_is_the_number_on_its_list(done, manager, query):
    scope = scope_for(manager, query)

    for figure in blocks.places(scope, in_full=True)["counted"].figures:
        listed = scope_for(manager, list_of(scope.filters, figure).partition("?")[2]).filters.qs
        if figure.measure == "count":
            assert listed.count() == figure.value
        else:
            assert listed.exclude(**{figure.measure: None}).values(
                figure.measure
            ).distinct().count() == figure.value  # fmt: skip


def test_counts_nothing_the_reader_may_not_open(done, atlas, reader):
    hidden = make_country("AU", region=make_region("009"))
    make_engagement(countries=[hidden, atlas["NO"]], sensitivity=Sensitivity.PROTECTED_A)

    found = blocks.places(scope_for(reader), in_full=True)["counted"]

    assert told(found)["Norway"] == (2, 4, "2026-27", 2)
    assert "Country AU" not in told(found)
    assert told(found)["Oceania"] == (0, 0, "", 0)


@pytest.mark.parametrize(("in_full", "queries"), [(False, 4), (True, 5)])
def test_takes_as_many_queries_however_much_there_is(
    done, atlas, django_assert_num_queries, in_full, queries
):
    with django_assert_num_queries(queries):
        counted(in_full=in_full)
    make_engagement(countries=list(atlas.values()), partners=[make_partner()])
    make_engagement(countries=[make_country("AU", region=make_region("009"))])
    with django_assert_num_queries(queries):
        counted(in_full=in_full)


# What it says


def said(scope):
    return " ".join(f"{one.lead}{one.rest}" for one in blocks.places(scope)["findings"])


def test_says_how_far_it_reaches_what_is_silent_and_what_is_new(done, manager):
    assert said(scope_for(manager)) == (
        "6 countries, in 2 of the 3 regions of the world. Nothing in Americas since 2022-23. "
        "Nothing yet in Oceania. For the first time in 2026-27: France, Malta and Antarctica."
    )


def test_says_nothing_of_what_lies_outside_the_dates_chosen(done, manager):
    assert said(scope_for(manager, "fy=2022-23")) == (
        "2 countries, in 2 of the 3 regions of the world."
    )


def test_where_everything_is_new_nothing_is_called_new(atlas, manager):
    make_engagement(countries=[atlas["NO"]])

    assert "For the first time" not in said(scope_for(manager))


def test_names_eight_countries_at_most(manager):
    make_engagement(countries=[make_country("ZZ")], start=dt.date(2020, 5, 1))
    make_engagement(countries=[make_country(f"A{letter}") for letter in "ABCDEFGHIJ"])

    assert said(scope_for(manager)).endswith("Country AG and 3 other countries.")


# The map


def drawn(scope):
    return blocks.places(scope)["map"]


def test_every_country_reached_is_marked_on_the_map_or_named_beside_it(done, manager):
    world = drawn(scope_for(manager))

    marked = [mark.of.country.iso2 for group in world.groups for mark in group.marks]
    assert sorted(marked) == ["FR", "JM", "MT", "NO"]
    assert [one.country.iso2 for one in world.missing] == ["SU", "AQ"]


def test_a_small_state_is_a_dot_and_comes_after_the_larger_of_its_region(done, manager):
    (europe,) = [g for g in drawn(scope_for(manager)).groups if g.region.region.code == "150"]

    assert [(mark.of.country.iso2, mark.small) for mark in europe.marks] == [
        ("FR", False), ("NO", False), ("MT", True),
    ]  # fmt: skip


def test_no_number_covers_another(manager):
    crowd = "BE NL LU DE FR CH AT CZ SK HU DK SI HR BA RS ME XK MK AL GB IE"
    for code in crowd.split():
        make_engagement(countries=[make_country(code)])

    spots = [(float(n.x), float(n.y)) for n in drawn(scope_for(manager)).numbers]

    assert len(spots) > 4
    for x, y in spots:
        near = [p for p in spots if abs(p[0] - x) < 7 and abs(p[1] - y) < 12]
        assert near == [(x, y)]


def test_where_the_map_was_not_drawn_the_page_says_so_and_keeps_its_table(
    done, open_page, settings, tmp_path
):
    settings.BASE_DIR = tmp_path

    page = open_page().content.decode()

    assert "The map has not been drawn on this server." in page
    assert "Norway" in page
    assert "<use" not in page


# The page


def test_each_country_on_the_map_is_a_link_that_says_what_it_opens(done, open_page, client):
    page = open_page().content.decode()

    (url,) = re.findall(
        r'<a class="map-4" href="([^"]+)" aria-label="Norway: 4 engagements">', page
    )
    listed = client.get(url.replace("&amp;", "&")).context["page"]
    assert {engagement.pk for engagement in listed} == {one.pk for one in done[:4]}


def test_the_countries_that_a_key_figure_counts_are_those_of_its_page(done, client, manager):
    client.force_login(manager)
    overview = client.get("/en/dashboard/")
    volume = overview.context["volume"]

    url = reverse("dashboards:places") + "?"
    for figure in volume["figures"].countries.figures:
        query = list_of(volume["filters"], figure).partition("?")[2]
        page = client.get(url + query)
        assert page.context["places"]["counted"].reached.value == figure.value
        assert f"{url}{query}".replace("&", "&amp;") in overview.content.decode()


def test_the_filter_narrows_map_and_table(done, open_page):
    response = open_page("?fy=2022-23")

    assert told(response.context["places"]["counted"])["Norway"][1] == 1
    assert "France" not in response.content.decode()


@pytest.mark.parametrize(
    ("order", "first"), [("number", ["NO", "JM", "FR"]), ("last", ["NO", "FR", "MT"])]
)
def test_sorts_countries_by_number_or_by_the_last_year(done, open_page, order, first):
    rows = open_page(f"?sort={order}").context["rows"]

    assert [row.country.iso2 for row in rows][:3] == first
    assert len(rows) == 6


def test_sorted_otherwise_it_stays_so_when_a_filter_is_taken_away(done, open_page):
    page = open_page("?kind=outgoing-visit&sort=last").content.decode()

    assert f'<a class="chip" href="{URL}?sort=last"' in page


def test_an_order_that_makes_no_sense_is_refused(done, open_page):
    response = open_page("?sort=nonsense")

    assert response.status_code == 400
    assert "Choose region, number or last." in response.content.decode()
    assert "Norway" not in response.content.decode()


@pytest.mark.parametrize("query", ["?country=ZZ", "?rows=NOPE", "?nonsense=1"])
def test_a_filter_that_makes_no_sense_counts_nothing(done, open_page, query):
    response = open_page(query)

    assert response.status_code == 400
    assert "Norway" not in response.content.decode()


def test_an_empty_portal_says_what_to_do_first(open_page):
    assert "Figures appear with the first engagement" in open_page().content.decode()


def test_where_nothing_names_a_country_it_says_so_and_opens_the_list(open_page):
    make_engagement()

    page = open_page().content.decode()

    assert "None of these engagements names a country." in page
    assert re.search(r'<a href="[^"]*gap=country[^"]*">1 engagement names no country\.</a>', page)


def test_a_part_of_the_page_is_sent_to_htmx_with_the_address_to_share(done, open_page):
    part = open_page("?country=NO&sort=number", headers={"HX-Request": "true"})

    assert part["HX-Push-Url"] == f"{URL}?country=NO&sort=number"
    assert "<h1" not in part.content.decode()
    assert "Norway" in part.content.decode()


def test_leads_back_to_the_dashboard_under_the_same_filter(done, open_page):
    assert 'href="/en/dashboard/?country=NO&amp;by=cost"' in (
        open_page("?country=NO&by=cost").content.decode()
    )


def test_the_dashboard_has_the_map_its_table_and_the_way_to_all_places(done, client, manager):
    client.force_login(manager)

    page = client.get("/en/dashboard/?country=NO").content.decode()

    assert 'aria-label="Norway: 4 engagements"' in page
    assert f'href="{URL}?country=NO"' in page
    assert "Engagements by region and country as a table" in page


def test_takes_as_many_queries_for_three_as_for_one(open_page, atlas, django_assert_num_queries):
    make_engagement(countries=[atlas["NO"]])
    open_page()
    with django_assert_num_queries(11):
        open_page()
    make_engagement(countries=[atlas["FR"], atlas["JM"]], partners=[make_partner()])
    make_engagement(countries=[atlas["SU"], atlas["AQ"], atlas["MT"]])
    with django_assert_num_queries(11):
        open_page()


def test_speaks_french(done, client, staff):
    client.force_login(staff)
    with override("fr"):
        url = reverse("dashboards:places")

    page = client.get(url).content.decode()

    assert url.startswith("/fr/")
    assert "Norvège" in page
    assert "viewBox" in page
    assert not re.search(r'(viewBox|cx|cy|x|y)="[^"]*,', page)


# The file


def test_its_lines_are_regions_with_their_countries_and_what_names_none(done, manager):
    block = blocks.places(scope_for(manager), in_full=True)

    lines = [[getattr(cell, "value", cell) for cell in line] for line in places_lines(block)]

    assert lines[0] == [
        "Code", "Region or country", "What it is", "Part of", "2026-27",
        "All fiscal years in the filter", "Last fiscal year", "Partners met there",
    ]  # fmt: skip
    assert lines[4:8] == [
        ["150", "Europe", "Region", "", 2, 4, "2026-27", 2],
        ["154", "Northern Europe", "Region", "Europe", 2, 4, "2026-27", 2],
        ["NO", "Norway", "Country", "Northern Europe", 2, 4, "2026-27", 2],
        ["039", "Southern Europe", "Region", "Europe", 1, 1, "2026-27", 2],
    ]
    assert lines[-2:] == [
        ["AQ", "Antarctica", "Country", "", 1, 1, "2026-27", 0],
        ["", "No country named", "", "", "", 1, "", ""],
    ]


def test_as_the_dashboard_counts_it_a_line_has_no_partners(done, manager):
    lines = list(places_lines(blocks.places(scope_for(manager))))

    assert {len(line) for line in lines} == {7}
    assert len(lines) == 11


@pytest.mark.parametrize("query", ["region=150", "country=FR", "also=country:FR"])
def test_where_places_are_chosen_nothing_is_said_of_other_regions(done, manager, query):
    assert "Nothing" in said(scope_for(manager))
    assert "Nothing" not in said(scope_for(manager, query))
