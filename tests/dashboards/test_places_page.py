"""The page of all places: its map, its table, its filter and its order."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from dashboards.links import list_of
from tests.dashboards.atlas import log_nine, make_atlas, told
from tests.factories import make_engagement, make_partner

URL = "/en/dashboard/places/"


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    """A day of the year in which most of the nine lie."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: dt.date(2026, 11, 22))


@pytest.fixture(autouse=True)
def atlas():
    return make_atlas()


@pytest.fixture
def done(atlas):
    return log_nine(atlas)


@pytest.fixture
def open_page(client, staff):
    client.force_login(staff)

    def open_page(query="", **kwargs):
        return client.get(URL + query, **kwargs)

    return open_page


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
        found = page.context["places"]["counted"].reached.value if page.context["total"] else 0
        assert found == figure.value
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
    with django_assert_num_queries(9):
        open_page()
    make_engagement(countries=[atlas["FR"], atlas["JM"]], partners=[make_partner()])
    make_engagement(countries=[atlas["SU"], atlas["AQ"], atlas["MT"]])
    with django_assert_num_queries(9):
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


def test_where_the_map_was_not_drawn_the_page_says_so_and_keeps_its_table(
    done, open_page, settings, tmp_path
):
    settings.BASE_DIR = tmp_path

    page = open_page().content.decode()

    assert "The map has not been drawn on this server." in page
    assert "Norway" in page
    assert "<use" not in page
