"""The form in a real browser: by keyboard, without a script, on a phone, in both languages."""

import re

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Page, expect

from engagements.models import Engagement
from partners.models import Partner


def form_path(language: str = "en") -> str:
    with override(language):
        return reverse("engagements:create")


def tell(page: Page, *, day: str = "20") -> None:
    """Kind, title and start; the rest is the test's own."""
    page.locator("#id_kind").select_option("outgoing-visit")
    title = page.locator("html").get_attribute("lang")
    page.locator(f"#id_title_{title}").fill("Lantern walk of the night kitchen")
    page.locator("#id_start_year").fill("2025")
    page.locator("#id_start_month").select_option("2")
    page.locator("#id_start_day").fill(day)


def suggest(page: Page, typed: str) -> None:
    page.locator("#id_add_partner").press_sequentially(typed, delay=20)
    expect(page.locator("#partner-list [role=option]").first).to_be_visible()


@pytest.mark.parametrize(("language", "typed"), [("en", "drug"), ("fr", "drogue")])
def test_a_partner_is_picked_by_keyboard(page, let_in, axe, language, typed):
    let_in(page, "staff")
    page.goto(form_path(language))
    axe(page)
    box = page.locator("#id_add_partner")

    suggest(page, typed)
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#partner-count")).to_contain_text(typed)
    axe(page)
    box.press("ArrowDown")
    chosen = page.locator("#partner-list [aria-selected=true]")
    expect(box).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    code = chosen.get_attribute("data-value")
    box.press("Escape")
    expect(page.locator("#partner-list")).to_be_hidden()
    box.press("ArrowDown")
    box.press("Enter")

    expect(page.locator("#section-with [name=partner]")).to_have_value(code)
    expect(page.locator("#id_add_partner")).to_be_focused()
    expect(page.locator("#id_add_partner")).to_have_value("")
    expect(page.locator("[data-needs=partner]")).to_have_class("done")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_engagement_is_logged_with_a_partner_created_on_the_way(page, let_in, axe, language):
    let_in(page, "staff")
    page.goto(form_path(language))
    tell(page)
    page.locator("#id_purpose").fill("Typed before")

    suggest(page, "Society of Lamps")
    page.locator("#partner-option-create").click()
    name = page.locator(f"#id_new_partner-name_{language}")
    expect(name).to_be_focused()
    expect(name).to_have_value("Society of Lamps")
    page.locator("#id_new_partner-kind").select_option("ngo")
    page.locator("[value=create-partner]").click()
    expect(page.locator("#section-with [name=partner]")).to_have_count(1)
    expect(page.locator("#id_purpose")).to_have_value("Typed before")
    axe(page)
    page.locator("#id_objectives_P1").check()
    expect(page.locator("#to-log li:not(.done), #needed li:not(.done)")).to_have_count(0)
    page.locator(".form-actions [value=log]").click()

    expect(page).to_have_url(re.compile(r"/IE-2025-\d{4}/$"))
    expect(page.locator("main")).to_contain_text("Society of Lamps")


def test_it_is_logged_without_a_script(open_page, let_in):
    page = open_page(1280, 900, java_script_enabled=False)
    let_in(page, "staff")
    page.goto(form_path())
    tell(page)

    page.locator("#id_add_partner").fill("drug")
    page.locator("#add-partner").click()
    expect(page.locator("#error-summary")).to_be_visible()
    page.get_by_role("group", name="Partners that come near").locator("button").first.click()
    page.locator("#new-partner summary").click()
    page.locator("#id_new_partner-name_en").fill("Society of Lamps")
    page.locator("#id_new_partner-kind").select_option("ngo")
    page.locator("[value=create-partner]").click()
    expect(page.locator("#section-with [name=partner]")).to_have_count(2)
    page.locator("#id_add_country").fill("norvege")
    page.locator("[value=add-country]").click()
    expect(page.locator("#section-where [name=country]")).to_have_value("NO")
    page.locator("#id_objectives_P1").check()
    expect(page.locator("#id_title_en")).to_have_value("Lantern walk of the night kitchen")
    page.locator(".form-actions [value=log]").click()

    expect(page).to_have_url(re.compile(r"/IE-2025-\d{4}/$"))
    assert Partner.objects.filter(name_en="Society of Lamps").count() == 1


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_wrong_is_in_focus_and_tied_to_its_field(open_page, let_in, axe, language):
    page = open_page(320, 800)
    let_in(page, "staff")
    page.goto(form_path(language))
    tell(page, day="31")
    page.locator("#id_actual_cost").fill("a lot")

    page.locator(".form-actions [value=log]").click()

    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#error-summary li")).to_have_count(4)
    for name in ("start_day", "actual_cost", "add_partner"):
        field = page.locator(f"#id_{name}")
        expect(field).to_have_attribute("aria-invalid", "true")
        assert f"id_{name}_error" in field.get_attribute("aria-describedby")
    expect(page.locator("#id_actual_cost")).to_have_value("a lot")
    page.locator("#error-summary a[href='#id_start_day']").click()
    expect(page.locator("#id_start_day")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    axe(page)


def test_another_start_says_the_fiscal_year_and_keeps_what_is_ticked(page, let_in):
    let_in(page, "staff")
    page.goto(form_path())
    page.locator("#id_objectives_P1").check()
    page.locator("#id_objectives_S1").check()

    tell(page)
    page.locator("#id_start_day").blur()

    expect(page.locator("#start-readback")).to_contain_text("2024-25")
    expect(page.locator("#objectives-offered")).to_contain_text("2025-02-20")
    expect(page.locator("#id_objectives_P1")).to_be_checked()
    expect(page.locator("#id_objectives_S1")).to_be_checked()


def test_what_is_ticked_while_the_objectives_of_another_date_are_on_their_way_stays(page, let_in):
    waiting = []
    let_in(page, "staff")
    page.goto(form_path())
    page.route("**/new/objectives/", lambda route: waiting.append(route))
    with page.expect_request("**/new/objectives/"):
        tell(page)
        page.locator("#id_start_day").blur()

    page.locator("#id_objectives_P1").check()
    for route in waiting:
        route.continue_()
    page.unroute_all()

    expect(page.locator("#objectives-offered")).to_contain_text("2025-02-20")
    expect(page.locator("#id_objectives_P1")).to_be_checked()


def test_only_the_parts_a_precision_is_told_with_are_shown_unless_filled(page, let_in):
    let_in(page, "staff")
    page.goto(form_path())
    expect(page.locator("#id_start_season")).to_be_hidden()
    page.locator("#id_start_day").fill("15")

    page.locator("#id_start_precision").select_option("season")

    expect(page.locator("#id_start_season")).to_be_visible()
    expect(page.locator("#id_start_month")).to_be_hidden()
    expect(page.locator("#id_start_day")).to_be_visible()


def test_a_likely_duplicate_is_pointed_out_while_one_types(page, let_in, axe):
    let_in(page, "staff")
    here = Engagement.objects.logged().filter(sensitivity=0).exclude(title_en="").first()
    page.goto(form_path())

    page.locator("#id_title_en").fill(here.title_en)
    page.locator("#id_title_en").blur()

    expect(page.locator("#duplicates")).to_contain_text(here.reference)
    axe(page)


def test_a_double_click_logs_one_engagement(page, let_in):
    let_in(page, "staff")
    page.goto(form_path())
    tell(page)
    suggest(page, "unodc")
    page.locator("#id_add_partner").press("ArrowDown")
    page.locator("#id_add_partner").press("Enter")
    expect(page.locator("#section-with [name=partner]")).to_have_count(1)
    page.locator("#id_objectives_P1").check()

    page.locator(".form-actions [value=log]").dblclick()

    expect(page).to_have_url(re.compile(r"/IE-2025-\d{4}/$"))
    assert Engagement.objects.filter(title_en="Lantern walk of the night kitchen").count() == 1


def test_enter_adds_the_country_typed_and_sends_nothing_off(page, let_in):
    let_in(page, "staff")
    page.goto(form_path())

    page.locator("#id_add_country").fill("Norway")
    page.locator("#id_add_country").press("Enter")

    expect(page.locator("#section-where [name=country]")).to_have_value("NO")
    expect(page.locator("#error-summary")).to_have_count(0)


def test_the_other_language_has_what_was_typed_a_moment_ago(page, let_in):
    asked = []
    let_in(page, "staff")
    page.goto(form_path())
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#id_title_en").press_sequentially("Lantern walk")

    page.get_by_role("link", name="Français").click()

    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("#id_title_en")).to_have_value("Lantern walk")
    assert asked == []


def test_what_is_kept_as_a_draft_is_left_without_a_question(page, let_in):
    asked = []
    let_in(page, "staff")
    page.goto(form_path())
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#id_title_en").press_sequentially("Lantern walk")

    page.locator(".form-actions [value=draft]").click()

    expect(page.get_by_role("link", name="Discard draft")).to_be_visible()
    assert asked == []
