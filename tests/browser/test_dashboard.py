import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from playwright.sync_api import expect

from common.partial_dates import FiscalYear


def path_of(name: str, language: str = "en") -> str:
    with override(language):
        return reverse(name)


def last_year() -> str:
    """The query for the fiscal year before this one, in which something was done whatever day it is."""
    return f"?fy={FiscalYear.of(timezone.localdate()).previous}"


@pytest.fixture
def dashboard(page, let_in):
    """The manager's, in English."""
    let_in(page, "manager")
    page.goto(path_of("dashboards:overview"))
    return page


def counted(text: str) -> int:
    return int(re.search(r"\d+", text).group())


def test_every_number_of_the_matrix_opens_a_list_of_as_many(dashboard):
    links = dashboard.locator(".matrix td a").evaluate_all(
        "links => links.map(a => [a.href, (a.querySelector('b') ?? a).textContent])"
    )
    filled = [(url, int(number)) for url, number in links if int(number)]

    assert len(filled) > 10
    for url, number in filled[::4]:
        dashboard.goto(url)
        assert counted(dashboard.locator("#results").inner_text()) == number


def test_a_key_figure_opens_its_list(dashboard):
    figure = dashboard.locator(".figure-value a").first
    number = counted(figure.inner_text())
    figure.click()

    expect(dashboard.locator("#results")).to_have_text(re.compile(rf"^{number} engagement"))


def test_the_filter_refines_the_figures_in_place_and_in_the_address(dashboard):
    before = counted(dashboard.locator(".chips").inner_text())
    dashboard.get_by_role("link", name="Change the filter").click()
    choice = dashboard.locator("#filter-form input[name=objective][value=S5]")
    choice.check()

    expect(dashboard).to_have_url(re.compile(r"\?objective=S5&filter=open$"))
    expect(choice).to_be_focused()
    after = counted(dashboard.locator("#announcement").inner_text())
    assert 0 < after < before
    dashboard.go_back()
    expect(dashboard).to_have_url(re.compile(r"\?filter=open$"))
    expect(dashboard.locator(".chips")).to_contain_text(f"Counting {before}")


def test_the_keyboard_goes_into_the_filter_that_it_opens(dashboard, open_page, let_in):
    dashboard.get_by_role("link", name="Change the filter").press("Enter")

    expect(dashboard.locator("#q")).to_be_focused()

    phone = open_page(360, 800)
    let_in(phone, "manager")
    phone.goto(path_of("dashboards:overview"))
    phone.get_by_role("link", name="Change the filter").press("Enter")

    expect(phone.locator("#filters-panel > summary")).to_be_focused()
    expect(phone.locator("#q")).to_be_visible()


def test_a_fiscal_year_chosen_in_the_filter_is_that_year_in_the_address(dashboard):
    dashboard.get_by_role("link", name="Change the filter").click()
    dashboard.locator("#f-from").select_option("2024-25")
    expect(dashboard).to_have_url(re.compile(r"\?fy=2024-25(&fy=20\d\d-\d\d)+&filter=open$"))
    dashboard.locator("#f-to").focus()
    dashboard.locator("#f-to").select_option("2024-25")

    expect(dashboard).to_have_url(re.compile(r"\?fy=2024-25&filter=open$"))
    expect(dashboard.locator("#f-to")).to_be_focused()
    expect(dashboard.locator("#much")).to_have_text("How much, in 2024-25")


def test_five_key_figures_lie_in_two_rows_beside_the_filter(dashboard):
    dashboard.goto(path_of("dashboards:overview") + "?filter=open")
    tops = dashboard.locator(".key-figure").evaluate_all("all => all.map(one => one.offsetTop)")

    assert [tops.count(top) for top in sorted(set(tops))] == [3, 2]


def test_the_filter_works_without_a_script(open_page, let_in):
    page = open_page(1280, 900, java_script_enabled=False)
    let_in(page, "manager")
    page.goto(path_of("dashboards:overview"))
    page.get_by_role("link", name="Change the filter").click()
    page.locator("#filter-form input[name=objective][value=S5]").check()
    page.locator("#apply").click()

    expect(page.locator(".chips")).to_contain_text("Management practices")


def test_the_matrix_downloads(dashboard):
    with dashboard.expect_download() as download:
        dashboard.locator('a[href*="alignment.csv"]').click()

    assert re.fullmatch(
        r"alignment-\d{4}-\d\d-\d\d-protected-b\.csv", download.value.suggested_filename
    )


def test_the_matrix_is_scrolled_by_keyboard_where_it_does_not_fit(phone, let_in):
    let_in(phone, "manager")
    phone.goto(path_of("dashboards:overview"))
    region = phone.get_by_role("region", name="For what")
    last_column = region.get_by_role("columnheader").last
    expect(last_column).not_to_be_in_viewport()
    region.focus()
    for _ in range(20):
        phone.keyboard.press("ArrowRight")

    expect(last_column).to_be_in_viewport()
