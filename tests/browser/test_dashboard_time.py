"""How much, when, how complete: from figures to their lists, in both languages, by keyboard, on a phone."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page, expect

from tests.browser.faults import rules_broken_on_a_phone, scrolls_sideways
from tests.browser.test_dashboard import last_year


def open_dashboard(page: Page, language: str = "en", query: str = "") -> None:
    with override(language):
        page.goto(reverse("dashboards:overview") + query)


def digits(text: str) -> int:
    """The first number in a text, spaces and commas between thousands aside."""
    return int(re.sub(r"\D", "", re.search(r"\d[\d,\s\xa0]*", text).group()))


def figures(page: Page, within: str) -> list[tuple[str, str]]:
    """(address, text) of the links in a part of the page."""
    return page.locator(within).evaluate_all("links => links.map(a => [a.href, a.textContent])")


def assert_lists_as_many(page: Page, found: list[tuple[str, str]]) -> None:
    assert found
    for url, text in found:
        page.goto(url)
        assert digits(page.locator("#results").inner_text()) == digits(text), url


@pytest.fixture
def dashboard(page, let_in):
    let_in(page, "manager")
    open_dashboard(page)
    return page


def test_what_became_of_plans_opens_a_list_of_as_many(dashboard):
    found = [one for one in figures(dashboard, "section:has(#plans) td a") if "$" not in one[1]]

    assert_lists_as_many(dashboard, found[:5])


def test_the_months_in_the_table_open_lists_of_as_many(dashboard):
    dashboard.locator("section:has(#months) summary").click()
    found = figures(dashboard, "section:has(#months) table a")
    filled = [one for one in found if digits(one[1])]

    assert_lists_as_many(dashboard, filled[::4])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_missing_opens_a_list_of_as_many(page, let_in, language):
    let_in(page, "manager")
    open_dashboard(page, language)

    assert_lists_as_many(page, figures(page, "section:has(#complete) td.number a")[::3])


def test_a_cost_opens_a_list_that_adds_up_to_it(dashboard):
    open_dashboard(dashboard, query=last_year())
    cost = dashboard.locator(".key-figure:has-text('Actual cost') .figure-value a")
    amount = cost.inner_text()
    cost.click()

    expect(dashboard.locator("#totals")).to_contain_text(f"Actual cost {amount}, known for")


def test_planned_cost_opens_a_list_that_adds_up_to_it(dashboard):
    amount, url = dashboard.locator(
        "section:has(#plans) td[data-label='Cost planned'] a"
    ).first.evaluate("a => [a.textContent, a.href]")
    dashboard.goto(url)

    expect(dashboard.locator("#totals")).to_contain_text(f"Planned cost {amount}, known for")


def test_the_same_point_last_year_opens_the_list_behind_it(dashboard):
    link = dashboard.locator(".key-figure").first.get_by_role(
        "link", name="at this point last year"
    )
    number = digits(link.inner_text())
    link.click()

    expect(dashboard.locator("#results")).to_have_text(re.compile(rf"^{number} engagement"))


def test_how_they_are_counted_is_told_where_one_asks(dashboard):
    dashboard.get_by_text("How these are counted").click()

    expect(dashboard.get_by_text("somebody who took part in two counts twice")).to_be_visible()


def test_a_chosen_year_stands_beside_the_two_before(dashboard):
    open_dashboard(dashboard, query="?fy=2025-26")
    title = dashboard.locator("#months-title")

    expect(title).to_have_text("Engagements by month, 2023-24 to 2025-26")
    found = figures(dashboard, "section:has(#plans) td[data-label='On record'] a")
    assert_lists_as_many(dashboard, found)


def test_a_bar_is_reached_and_opened_by_keyboard(dashboard):
    bar = dashboard.locator("section:has(#months) svg a").first
    label = bar.get_attribute("aria-label")
    bar.focus()
    dashboard.keyboard.press("Enter")

    number = digits(label.partition(":")[2])
    expect(dashboard.locator("#results")).to_have_text(re.compile(rf"^{number} engagement"))


def test_what_is_not_approved_and_soon_is_called_out(dashboard):
    told = dashboard.locator("section:has(#coming) .finding a")
    number = digits(told.inner_text())
    told.click()

    expect(dashboard.locator("#results")).to_have_text(re.compile(rf"^{number} engagement"))
    stages = set(dashboard.locator("#picks tbody .badge").all_inner_texts())
    assert stages <= {"Submitted", "Returned"}


def test_whoever_may_write_is_led_to_what_to_do_and_a_reader_is_not(open_page, let_in):
    staff = open_page(1280, 900)
    let_in(staff, "staff")
    open_dashboard(staff)
    staff.get_by_role("link", name="Add a title in French").click()
    expect(staff.get_by_role("group", name="Chosen filters")).to_contain_text("I may edit it")

    reader = open_page(1280, 900)
    let_in(reader, "reader")
    open_dashboard(reader)
    expect(reader.locator("section:has(#complete) thead")).not_to_contain_text("To do")


def test_partners_are_led_to_be_verified_by_whoever_keeps_them(page, let_in):
    let_in(page, "administrator")
    open_dashboard(page)
    told = page.get_by_role("link", name="not verified in the last year")
    number = digits(told.inner_text())
    told.click()

    expect(page.locator("#results")).to_have_text(f"{number} partners")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_phone_has_all_of_it(phone, let_in, language):
    let_in(phone, "manager")
    open_dashboard(phone, language)
    for summary in phone.locator("#figures summary").all():
        summary.click()

    assert scrolls_sideways(phone) == []
    assert rules_broken_on_a_phone(phone) == []


def test_with_everything_open_nothing_keeps_anybody_out(dashboard, axe):
    for summary in dashboard.locator("#figures summary").all():
        summary.click()

    axe(dashboard)
