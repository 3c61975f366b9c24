"""With whom, in a browser: from a figure to the partners, from a partner's figures to their lists."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import expect

from tests.browser.test_dashboard import last_year


def path_of(name: str, language: str = "en") -> str:
    with override(language):
        return reverse(name)


def number(text: str) -> int:
    return int(re.search(r"\d+", text).group())


@pytest.fixture
def partners(page, let_in):
    """The manager's page of partners, in English."""
    let_in(page, "manager")
    page.goto(path_of("dashboards:partners"))
    return page


def test_from_the_key_figure_to_the_partners_to_a_list_with_the_same_number(page, let_in, axe):
    let_in(page, "manager")
    page.goto(path_of("dashboards:overview") + last_year())
    figure = page.locator(".key-figure", has_text="Partners reached").locator(".figure-value a")
    reached = number(figure.inner_text())
    figure.click()

    expect(page.locator("#results")).to_have_text(f"{reached} partners reached")
    axe(page)
    row = page.locator("tbody tr").first
    expect(page.locator("tbody tr:not(.row-heading)")).to_have_count(reached)
    link = row.locator("td.number a").first
    engagements = number(link.inner_text())
    link.click()
    expect(page.locator("#results")).to_have_text(re.compile(rf"^{engagements} engagement"))


def test_the_block_leads_to_silent_partners_as_many_as_it_says(page, let_in):
    let_in(page, "manager")
    page.goto(path_of("dashboards:overview"))
    sentence = page.get_by_role("link", name=re.compile("silent for more than 24 months"))
    silent = number(sentence.inner_text())
    sentence.click()

    expect(page.locator(".tabs a[aria-current]")).to_have_text(f"Silent ({silent})")


def test_what_was_given_opens_its_list(partners):
    link = partners.locator("td[data-label=Given] > span > a").first
    given = number(link.inner_text())
    link.click()

    expect(partners.locator("#results")).to_have_text(re.compile(rf"^{given} engagement"))
    expect(partners.locator(".chips").first).to_contain_text("Given to")


def test_order_bodies_and_months_change_in_place_and_in_the_address(partners, axe):
    rows = partners.locator("tbody tr")
    opened = rows.count()
    partners.locator("#bodies").focus()
    partners.locator("#bodies").select_option("rolled-up")
    expect(partners).to_have_url(re.compile(r"\?bodies=rolled-up$"))
    expect(partners.locator("#bodies")).to_be_focused()
    assert rows.count() < opened or partners.locator(".pagination").count()

    partners.locator("#sort").select_option("name")
    expect(partners).to_have_url(re.compile(r"\?sort=name&bodies=rolled-up$"))
    partners.locator("#silent").fill("60")
    partners.locator("#silent").press("Enter")
    expect(partners).to_have_url(re.compile(r"\?silent=60&sort=name&bodies=rolled-up$"))
    axe(partners)


def test_months_that_are_none_are_refused_in_place(partners):
    partners.locator("#silent").evaluate("field => { field.min = field.max = '' }")
    partners.locator("#silent").fill("9999")
    partners.locator("#silent").press("Enter")

    expect(partners.locator("[role=alert] li")).to_contain_text("is not a number of months")


def test_by_keyboard_alone_from_the_views_to_a_partner(partners):
    tab = partners.get_by_role("link", name=re.compile(r"^One way"))
    tab.focus()
    partners.keyboard.press("Enter")
    expect(partners).to_have_url(re.compile(r"\?view=one-way$"))
    partners.locator("#silent").focus()
    partners.keyboard.press("Tab")
    expect(partners.get_by_role("link", name="Download CSV")).to_be_focused()
    partners.keyboard.press("Tab")
    expect(partners.get_by_role("region", name="Partners as a table")).to_be_focused()
    partners.keyboard.press("Tab")
    first = partners.locator("tbody tr th a").first
    expect(first).to_be_focused()
    name = first.inner_text()
    partners.keyboard.press("Enter")
    expect(partners.locator("h1")).to_have_text(name)


def test_without_scripts_the_choices_have_a_button(open_page, let_in):
    page = open_page(1280, 900, java_script_enabled=False)
    let_in(page, "manager")
    page.goto(path_of("dashboards:partners"))
    page.locator("#sort").select_option("last")
    page.get_by_role("button", name="Show").click()

    expect(page).to_have_url(re.compile("sort=last"))
    expect(page.locator("#sort")).to_have_value("last")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_on_a_phone_each_partner_is_a_card_and_nothing_is_cut_off(open_page, let_in, language):
    page = open_page(360, 780)
    let_in(page, "manager")
    page.goto(path_of("dashboards:partners", language))

    assert page.evaluate("document.documentElement.scrollWidth") == 360
    card = page.locator("tbody tr").first
    assert card.evaluate("row => getComputedStyle(row).display") == "grid"
    for cell in card.locator("td[data-label]").all():
        assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") != "none"


def test_the_partners_download(partners):
    with partners.expect_download() as download:
        partners.get_by_role("link", name="Download CSV").click()

    assert re.fullmatch(
        r"partners-\d{4}-\d\d-\d\d-protected-b\.csv", download.value.suggested_filename
    )
