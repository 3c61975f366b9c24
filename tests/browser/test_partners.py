"""Partners and the administration in a browser: found by keyboard, on a phone, without scripts."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import expect


def path_of(name: str, language: str, *args) -> str:
    with override(language):
        return reverse(name, args=args)


def test_the_list_is_refined_in_place_and_in_the_address(page, let_in, axe):
    let_in(page, "staff")
    page.goto(path_of("partners:list", "en"))

    page.locator("#f-kind-academic").check()
    expect(page).to_have_url(re.compile(r"\?kind=academic$"))
    expect(page.locator("#f-kind-academic")).to_be_focused()
    axe(page)

    page.locator("#q").fill("oxford")
    page.locator("#q").press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=oxford&kind=academic$"))


def test_without_scripts_the_list_is_refined_by_its_button(open_page, let_in):
    page = open_page(1280, 900, java_script_enabled=False)
    let_in(page, "staff")
    page.goto(path_of("partners:list", "en"))

    page.locator("#q").fill("onudc")
    page.locator("#apply").click()

    expect(page.locator(".row-title a").first).to_contain_text("UNODC")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_likely_duplicate_is_pointed_out_and_added_all_the_same(page, let_in, axe, language):
    let_in(page, "administrator")
    page.goto(path_of("partners:create", language))
    page.locator("#id_kind").select_option("ngo")
    page.locator("#id_name_en").fill("Penal Reform Internationale")
    page.locator("#id_name_en").press("Enter")

    warning = page.locator("#error-summary")
    expect(warning).to_be_focused()
    expect(warning).to_contain_text("Penal Reform International")
    axe(page)
    warning.locator("button[name=anyway]").click()

    expect(page.locator("h1")).to_contain_text("Penal Reform Internationale")


def test_errors_are_told_and_lead_to_their_fields(page, let_in, axe):
    let_in(page, "administrator")
    page.goto(path_of("partners:create", "en"))
    page.get_by_role("button", name="Add the partner").click()

    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    axe(page)
    summary.get_by_role("link").first.click()
    expect(page.locator("#id_kind")).to_be_focused()


def test_what_is_looked_for_stands_in_line_with_what_is_beside_it(page, sign_in):
    sign_in(page, "administrator")
    page.goto(path_of("partners:create", "en"))

    parent, country = (page.locator(f"#id_{name}").bounding_box() for name in ("parent", "country"))

    assert parent["y"] == country["y"]
