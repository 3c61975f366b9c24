import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import sign_in_path


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_sign_in_page_is_accessible_in_both_languages(page, axe, language):
    page.goto(sign_in_path(language))

    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator("h1")).to_have_count(1)
    axe(page)


def test_a_wrong_password_is_said_where_it_was_typed(page, axe):
    page.goto(sign_in_path("en"))
    page.locator("[name=username]").fill("staff")
    page.locator("[name=password]").fill("wrong")
    page.locator("[name=password]").press("Enter")

    expect(page.get_by_role("alert")).to_be_visible()
    axe(page)


@pytest.mark.parametrize(("person", "language"), [("staff", "en"), ("colleague", "fr")])
def test_staff_sign_in_and_reach_home_in_their_language(page, sign_in, person, language):
    sign_in(page, person)

    expect(page).to_have_url(re.compile(f"/{language}/$"))
    expect(page.locator("button[form=sign-out]")).to_be_visible()
