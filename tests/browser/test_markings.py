"""A page's marking while parts of it come and go, and on paper."""

import pytest
from playwright.sync_api import expect

from accounts.models import Sensitivity
from engagements.models import Engagement

SECRET = "IE-2007-0004"


@pytest.fixture
def secret(demonstration):
    """One of the demonstration's engagements, marked."""
    Engagement.objects.update(sensitivity=Sensitivity.UNCLASSIFIED)
    engagement = Engagement.objects.get(reference=SECRET)
    Engagement.objects.filter(pk=engagement.pk).update(sensitivity=Sensitivity.PROTECTED_B)
    return engagement


def sheet(page) -> str:
    page.emulate_media(media="print")
    name = page.evaluate("getComputedStyle(document.body).page")
    page.emulate_media(media="screen")
    return name


def test_a_suggestion_marks_the_form_and_what_comes_after_does_not_unmark_it(page, let_in, secret):
    partner = secret.partners.first()
    let_in(page, "manager")
    page.goto("/en/engagements/new/")
    top = page.locator("#page-marking")
    expect(top).to_have_attribute("data-level", "0")

    page.locator("#id_add_partner").press_sequentially(partner.name_en)
    expect(top).to_contain_text("Protected B")
    expect(page.locator("#page-marking-end")).to_contain_text("Protected B")
    page.locator("#id_add_partner").fill("nobody of that name")
    expect(page.locator("#partner-found")).to_contain_text("0 partners")

    expect(top).to_contain_text("Protected B")


def test_a_list_refined_without_a_reload_is_marked_and_printed_as_it_stands(page, let_in, secret):
    let_in(page, "manager")
    page.goto("/en/engagements/")
    expect(page.locator("#page-marking")).to_have_attribute("data-level", "2")
    assert sheet(page) == "protected-b"

    page.locator("#q").fill("healing lodges")
    page.locator("#q").press("Enter")

    expect(page.locator("#page-marking")).to_have_attribute("data-level", "0")
    assert sheet(page) == "auto"


def test_what_is_asked_once_more_is_confirmed_by_keyboard(page, let_in, demonstration, axe):
    let_in(page, "staff")
    page.goto("/en/engagements/new/")
    page.locator("[name=title_en]").fill("Visit of 130 692 544")
    page.locator(".form-actions [value=draft]").click()

    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#error-summary")).to_contain_text("ends in 44")
    axe(page)
    page.locator("input[type=checkbox][name=confirmed]").press("Space")
    page.locator(".form-actions [value=draft]").press("Enter")

    expect(page.get_by_role("status").first).to_contain_text("Kept as your draft")
