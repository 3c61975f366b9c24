import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_dashboard import counted, last_year, path_of


@pytest.fixture
def places(page, let_in):
    """The manager's, in English."""
    let_in(page, "manager")
    page.goto(path_of("dashboards:places"))
    return page


def on_the_map(page, name: str):
    return page.locator(f".map a[aria-label^='{name}: ']")


def test_the_outlines_are_there_to_see(places):
    """Each country refers to its outline in a file: a box without one would have no size."""
    canada = on_the_map(places, "Canada").bounding_box()

    assert canada["width"] > 200
    assert canada["height"] > 60


def test_a_country_on_the_map_opens_its_list_by_keyboard(places):
    country = on_the_map(places, "Bahamas")
    number = counted(country.get_attribute("aria-label"))
    links = places.locator(".map a").evaluate_all("all => all.map(a => a.ariaLabel)")
    place = links.index(country.get_attribute("aria-label"))
    places.locator(".map a").nth(place - 1).focus()
    places.keyboard.press("Tab")

    expect(country).to_be_focused()
    ring = country.locator("circle").evaluate("dot => getComputedStyle(dot).strokeWidth")
    outline = country.evaluate("link => getComputedStyle(link).outlineStyle")
    assert (ring, outline) == ("4px", "solid")
    places.keyboard.press("Enter")
    expect(places.locator("#results")).to_have_text(re.compile(rf"^{number} engagement"))


def test_a_country_on_the_map_opens_its_list_by_a_click(places):
    country = on_the_map(places, "Algeria")
    number = counted(country.get_attribute("aria-label"))
    country.click()

    expect(places.locator("#results")).to_have_text(re.compile(rf"^{number} engagement"))


def test_the_table_has_every_country_of_the_map_with_the_same_number(places):
    on_map = places.locator(".map a:has(use)").evaluate_all("all => all.map(a => a.ariaLabel)")
    rows = places.locator("tbody tr").all_inner_texts()

    assert len(on_map) > 20
    for label in on_map:
        name, number = re.fullmatch(r"(.*): (\d+) engagements?", label).groups()
        assert any(row.split("\t")[::2][:2] == [name, number] for row in rows), label


def test_the_countries_of_the_key_figures_are_those_of_the_page(page, let_in):
    let_in(page, "manager")
    page.goto(path_of("dashboards:overview") + last_year())
    figure = page.locator(".key-figure", has_text="Countries").locator(".figure-value a")
    number = counted(figure.inner_text())
    figure.click()

    expect(page.locator("#places")).to_have_text(re.compile(rf"^{number} countr"))


def test_sorts_in_place_and_in_the_address(places):
    places.get_by_label("Sort").focus()
    places.get_by_label("Sort").select_option("number")

    expect(places).to_have_url(re.compile(r"\?sort=number$"))
    first = places.locator("tbody tr").first
    expect(first).not_to_contain_text("Africa")
    most = [int(text) for text in places.locator("tbody tr td:nth-child(3)").all_inner_texts()]
    assert most == sorted(most, reverse=True)
    expect(places.get_by_label("Sort")).to_be_focused()
    places.go_back()
    expect(first).to_contain_text("Africa")


def test_sorts_and_filters_without_a_script(open_page, let_in):
    page = open_page(1280, 900, java_script_enabled=False)
    let_in(page, "manager")
    page.goto(path_of("dashboards:places"))
    page.get_by_label("Sort").select_option("last")
    page.get_by_role("button", name="Sort").click()
    page.get_by_role("link", name="Change the filter").click()
    page.locator("#filter-form input[name=objective][value=S5]").check()
    page.locator("#apply").click()

    expect(page).to_have_url(re.compile(r"objective=S5.*sort=last|sort=last.*objective=S5"))
    expect(page.locator(".chips")).to_contain_text("Management practices")


def test_the_map_is_scrolled_by_keyboard_where_it_does_not_fit(phone, let_in, axe):
    let_in(phone, "manager")
    phone.goto(path_of("dashboards:places"))
    axe(phone)
    region = phone.get_by_role("region", name="Map of the world")
    asia = on_the_map(phone, "Asia")
    expect(asia).not_to_be_in_viewport()
    region.focus()
    for _ in range(24):
        phone.keyboard.press("ArrowRight")

    expect(asia).to_be_in_viewport()


def test_it_prints_whole(places):
    places.emulate_media(media="print")
    places.set_viewport_size({"width": 800, "height": 1000})

    right = places.locator(".map").evaluate("map => map.getBoundingClientRect().right")

    assert right <= 800
