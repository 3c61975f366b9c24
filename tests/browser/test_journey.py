"""The main job from the sign-in page to the dashboard: log, align, find, see what it serves."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page, expect

from engagements.models import Engagement
from partners.models import Partner

TITLE = {"en": "Visit to the prisons of the canton", "fr": "Visite des prisons du canton"}
PARTNER = {
    "en": "Corrections Service of the Canton",
    "fr": "Office d’exécution des peines du canton",
}
REFERENCE = re.compile(r"/(IE-\d{4}-\d{4})/")


def visit(page: Page, name: str, language: str = "en") -> None:
    with override(language):
        page.goto(reverse(name))


def tell(page: Page, language: str) -> None:
    """What, and when; the partner and the objectives are told elsewhere."""
    page.locator("[name=kind]").select_option("incoming-visit")
    page.locator(f"[name=title_{language}]").fill(TITLE[language])
    page.locator("[name=start_year]").fill("2023")
    page.locator("[name=start_month]").select_option("5")
    page.locator("[name=start_day]").fill("16")


def create_partner_by_keyboard(page: Page, language: str) -> None:
    """Typed into the combobox, not found, created on the spot; the focus is back in the combobox."""
    add = page.locator("#id_add_partner")
    add.focus()
    page.keyboard.type(PARTNER[language])
    expect(page.locator("#partner-option-create")).to_be_visible()
    page.keyboard.press("ArrowUp")
    expect(add).to_have_attribute("aria-activedescendant", "partner-option-create")
    page.keyboard.press("Enter")
    name = page.locator(f"[name=new_partner-name_{language}]")
    expect(name).to_be_focused()
    expect(name).to_have_value(PARTNER[language])
    page.locator("[name=new_partner-kind]").select_option("foreign_government")
    page.locator("button[value=create-partner]").press("Enter")
    expect(add).to_be_focused()
    expect(page.locator("#section-with tbody")).to_contain_text(PARTNER[language])


def cell_of(page: Page, row: str, column: str):
    """The matrix's cell where two objectives meet, a link."""
    codes = page.locator(".matrix thead .th-code").all_inner_texts()
    line = page.locator(".matrix tbody tr").filter(has=page.locator(f"th a[href*='/{row}/']"))
    return line.locator("td").nth(codes.index(column)).get_by_role("link")


def count_in(page: Page, row: str, column: str) -> int:
    return int(cell_of(page, row, column).locator("b").inner_text())


@pytest.mark.parametrize(("person", "language"), [("staff", "en"), ("colleague", "fr")])
def test_an_engagement_is_logged_aligned_found_and_seen(page, sign_in, person, language):
    sign_in(page, person, language)
    visit(page, "dashboards:overview", language)
    before = count_in(page, "S3", "M2")

    page.locator(".band-action a").click()
    tell(page, language)
    create_partner_by_keyboard(page, language)
    page.locator("#id_objectives_P1").check()
    page.locator(".form-actions [value=log]").click()
    page.wait_for_url(REFERENCE)
    reference = REFERENCE.search(page.url)[1]
    expect(page.get_by_role("status").first).to_contain_text(reference)
    expect(page.locator("h1")).to_have_text(TITLE[language])

    align(page)
    expect(page.locator("main")).to_contain_text("Mothers and children stay together.")

    visit(page, "engagements:list", language)
    for code in ("S3", "M2"):
        choose(page, code)
    expect(page.locator("tbody")).to_contain_text(reference)

    visit(page, "dashboards:overview", language)
    assert count_in(page, "S3", "M2") == before + 1
    cell_of(page, "S3", "M2").click()
    expect(page.locator("tbody")).to_contain_text(reference)
    toggle_and_see_the_same(page, language, reference)


def align(page: Page) -> None:
    """From the record's page: a priority with a reason, a mandate item that is primary."""
    page.locator("main a.button-secondary").first.click()
    page.locator("#pick-S3").check()
    page.locator("#reason-S3").fill("Mothers and children stay together.")
    page.locator("#pick-M2").check()
    page.locator("input[type=radio][value=M2]").check()
    expect(page.locator("#changes")).to_contain_text("M2")
    page.locator("main form[method=post] button.button[type=submit]").first.click()
    page.wait_for_url(REFERENCE)
    expect(page.get_by_role("status").first).to_be_visible()


def choose(page: Page, code: str) -> None:
    choice = page.locator(f"#filter-form input[name=objective][value={code}]")
    choice.locator("xpath=ancestor::details[1]").evaluate("details => { details.open = true }")
    choice.check()
    page.wait_for_url(re.compile(rf"objective={code}"))


def toggle_and_see_the_same(page: Page, language: str, reference: str) -> None:
    """The other language shows the same filters and rows; on the record's page, the same record."""
    other = {"en": "fr", "fr": "en"}[language]
    query = page.url.partition("?")[2]
    number = re.search(r"\d+", page.locator("#results").inner_text())[0]
    page.locator(f".signature-links a[hreflang={other}]").click()
    expect(page.locator("html")).to_have_attribute("lang", other)
    assert page.url.partition("?")[2] == query
    expect(page.locator("#results")).to_have_text(re.compile(rf"^{number} "))

    page.locator("tbody tr").filter(has_text=reference).get_by_role("link").first.click()
    page.locator(f".signature-links a[hreflang={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert REFERENCE.search(page.url)[1] == reference


def test_without_a_script_a_refused_form_loses_nothing_and_is_logged_then(open_page, sign_in):
    page = open_page(1280, 900, java_script_enabled=False)
    sign_in(page, "staff")
    visit(page, "engagements:create")
    tell(page, "en")
    page.locator("[name=add_partner]").fill("UNODC")
    page.locator("#add-partner").click()
    expect(page.locator("#section-with tbody")).to_contain_text("Office on Drugs and Crime")

    page.locator(".form-actions [value=log]").click()
    expect(page.locator("#error-summary li")).to_have_count(1)
    expect(page.locator("[name=title_en]")).to_have_value(TITLE["en"])
    expect(page.locator("[name=start_day]")).to_have_value("16")
    expect(page.locator("#section-with tbody")).to_contain_text("Office on Drugs and Crime")

    page.locator("#id_objectives_P2").check()
    page.locator(".form-actions [value=log]").click()
    expect(page.locator("h1")).to_have_text(TITLE["en"])
    logged = Engagement.objects.get(reference=REFERENCE.search(page.url)[1])
    assert list(logged.partners.all()) == [Partner.objects.get(code="UNODC")]
