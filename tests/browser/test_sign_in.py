import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SIGN_IN


@pytest.mark.parametrize(("language", "path"), SIGN_IN.items())
def test_the_sign_in_page_is_accessible_in_both_languages(page, axe, language, path):
    page.goto(path)

    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("h1")).to_have_count(1)
    axe(page)


def test_a_wrong_password_is_said_where_it_was_typed(page, axe):
    page.goto(SIGN_IN["en"])
    page.locator("[name=username]").fill("staff")
    page.locator("[name=password]").fill("wrong")
    page.locator("[name=password]").press("Enter")

    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)


def test_staff_sign_in_and_reach_their_own_page(page, sign_in, axe):
    sign_in(page, "staff")

    expect(page.locator("h1")).to_be_visible()
    axe(page)
