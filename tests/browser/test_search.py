"""From any page to a record by the keyboard: press /, type, see, open, back; in both languages."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import expect

from accounts.models import User


def path_of(name: str, language: str) -> str:
    with override(language):
        return reverse(name)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_slash_type_see_open_and_back(page, let_in, axe, language):
    let_in(page, "staff")
    page.goto(path_of("objectives:list", language))

    page.keyboard.press("/")

    box = page.get_by_role("searchbox")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.keyboard.type("haiti minustah")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(re.escape(path_of("search:results", language))))
    expect(page.locator(".result mark").first).to_be_visible()
    axe(page)
    page.locator(".result-title a").first.click()
    expect(page).to_have_url(re.compile(r"/engagements/IE-\d{4}-\d{4}/$"))
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("haiti minustah")
    expect(page.locator(".result mark").first).to_be_visible()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_lead_officer_is_found_by_name_and_leads_to_what_they_lead(page, let_in, axe, language):
    User.objects.filter(username="colleague").update(first_name="Zoé", last_name="Lœb-Ångström")
    let_in(page, "staff")
    page.goto(path_of("search:results", language))
    box = page.get_by_role("searchbox")
    box.fill("angstrom zoe loe")
    box.press("Enter")

    title = {"en": "“angstrom zoe loe” – Search – Liaison"}
    title["fr"] = "«\N{NO-BREAK SPACE}angstrom zoe loe\N{NO-BREAK SPACE}» – Recherche – Liaison"
    expect(page).to_have_title(title[language])
    found = page.get_by_role("region", name={"en": "Lead officers", "fr": "Responsables"}[language])
    expect(found.locator("mark").first).to_have_text("Zoé")
    axe(page)
    count = re.search(r"[0-9]+", found.get_by_role("listitem").inner_text())[0]
    found.get_by_role("link").click()
    expect(page).to_have_url(re.compile(r"\?lead=colleague$"))
    expect(page.locator("#results")).to_contain_text(re.compile(rf"\b{count} engagements"))


def test_a_number_leads_straight_to_its_record_without_scripts(open_page, let_in):
    page = open_page(1280, 900, java_script_enabled=False)
    let_in(page, "staff")
    page.goto("/en/")
    page.locator("#site-search").fill("ie 2007 0004")
    page.locator("#site-search").press("Enter")

    expect(page).to_have_url(re.compile(r"/en/engagements/IE-2007-0004/$"))


def test_a_slash_that_is_typed_is_a_slash_and_the_key_can_be_switched_off(page, let_in, axe):
    let_in(page, "staff")
    page.goto(path_of("partners:list", "en"))
    page.locator("#q").focus()
    page.keyboard.type("a/b")
    expect(page.locator("#q")).to_have_value("a/b")

    page.goto(path_of("search:results", "en"))
    page.get_by_role("button", name="Switch it off in this browser").click()
    axe(page)
    page.goto(path_of("partners:list", "en"))
    page.keyboard.press("/")
    expect(page.locator("#site-search")).not_to_be_focused()

    page.goto(path_of("search:results", "en"))
    page.get_by_role("button", name="Switch it on again").click()
    page.keyboard.press("/")
    expect(page.locator("#site-search")).to_be_focused()
