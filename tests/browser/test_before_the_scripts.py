"""Whoever acts before the scripts of a page have run finds it as if they had waited."""

import pytest
from playwright.sync_api import expect

QUICK = 300  # milliseconds that every answer takes: a page is seen before its scripts are here


@pytest.fixture
def hold(page):
    """Hold a script back from now on, and act without waiting for any; what comes back lets it go."""
    held = []

    def hold(script):
        page.remove_locator_handler(page.locator("at_work=page"))
        page.route(f"**/js/{script}*.js", lambda route: held.append(route))

    def let_go():
        page.wait_for_function("document.readyState === 'interactive'")
        for route in held:
            route.continue_()
        page.wait_for_load_state()

    hold.let_go = let_go
    return hold


def slowly(page):
    slow = {"offline": False, "latency": QUICK, "downloadThroughput": -1, "uploadThroughput": -1}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)


def test_a_journey_waits_for_the_scripts_of_a_page(page, let_in):
    let_in(page, "staff")
    page.goto("/en/")
    slowly(page)

    page.get_by_role("link", name="Log an engagement").first.click()
    page.locator("#id_add_partner").fill("unodc")

    assert page.locator("#id_add_partner").get_attribute("role") == "combobox"


def test_axe_waits_for_a_page_to_be_there(page, let_in, axe):
    let_in(page, "staff")
    page.goto("/en/")
    slowly(page)

    page.goto("/en/engagements/new/", wait_until="commit")
    axe(page)

    assert page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd") > 0


def test_what_was_picked_is_counted(page, let_in, hold):
    let_in(page, "staff")
    hold("picks")
    page.goto("/en/engagements/", wait_until="commit")

    page.locator(".row-pick").first.check()
    hold.let_go()

    expect(page.locator("#picks-count")).to_have_text("1 selected on this page")


def test_whoever_types_already_is_not_led_away(page, let_in, hold):
    let_in(page, "administrator")
    page.goto("/en/partners/new/")
    hold("page")
    page.locator("main form[method=post] button[type=submit]:visible").last.click()
    expect(page.locator("#error-summary")).to_be_visible()

    page.locator("#id_name_fr").press_sequentially("Office")
    hold.let_go()

    expect(page.locator("#id_name_fr")).to_be_focused()


def test_a_date_given_already_has_the_objectives_of_its_day_offered(page, let_in, hold):
    let_in(page, "staff")
    hold("engagement_form")
    page.goto("/en/engagements/new/", wait_until="commit")

    page.locator("#id_start_year").fill("2025")
    page.locator("#id_start_month").select_option("2")
    page.locator("#id_start_day").fill("20")
    page.locator("#id_place").focus()
    hold.let_go()

    expect(page.locator("#objectives-offered")).to_contain_text("2025-02-20")
