"""Where: what is counted of places, what is said of them, the map, and the lines of their file."""

import datetime as dt

import pytest
from django.http import QueryDict

from accounts.models import Sensitivity
from common.partial_dates import FiscalYear, PartialDate
from dashboards import blocks
from dashboards.exports.places import places_lines
from dashboards.links import list_of
from dashboards.metrics.places import places
from engagements.filters import EngagementFilter
from engagements.models import Engagement
from tests.dashboards.atlas import log_nine, make_atlas, told
from tests.factories import make_country, make_engagement, make_partner, make_region

TODAY = dt.date(2026, 11, 22)
YEAR = FiscalYear(2027)


@pytest.fixture(autouse=True)
def atlas():
    return make_atlas()


@pytest.fixture
def done(atlas):
    return log_nine(atlas)


def counted(**kwargs):
    return places(Engagement.objects.counted(), YEAR, **kwargs)


def scope_for(user, query=""):
    readable = Engagement.objects.visible_to(user)
    filters = EngagementFilter(QueryDict(query), readable, user=user, also_allowed=["sort"])
    return blocks.scope_of(filters, TODAY)


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
