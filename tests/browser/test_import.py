"""A spreadsheet goes in: file, table, columns, questions, preview, saved, listed, undone."""

import datetime as dt
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from engagements.models import Engagement, Load
from tests.browser.faults import scrolls_sideways
from tests.browser.loads import HEADINGS, workbook

# Two rows that want a pillar; one whose partner nobody knows, one whose day does not exist.
ROWS = [
    ["Study visit of prison educators", "Outgoing visit", dt.date(2019, 5, 6), "Norway", "ICPA", ""],
    ["Training of instructors", "Training delivered", "2022-02-31", "Haiti", "UNODC", ""],
    ["Twinning of two prisons", "Twinning", "2023-04", "Norway", "Krimvardakademin", "Signed"],
]  # fmt: skip


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "ten years.xlsx"
    path.write_bytes(workbook(ROWS, HEADINGS[:-1]))
    return path


def start(page: Page, language: str) -> None:
    """By the link that stands where engagements are listed."""
    page.goto("/en/engagements/")
    if language == "fr":
        page.locator("a[hreflang=fr]").click()
    page.locator(".page-head .actions a").click()
    expect(page.locator("[type=file]")).to_be_visible()


def step(page: Page, name: str) -> None:
    expect(page.locator(f".steps li:nth-child({name})")).to_have_attribute("aria-current", "step")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_spreadsheet_goes_in_and_out_again(page, let_in, axe, file, language):
    let_in(page, "staff")
    start(page, language)
    before = Engagement.objects.count()
    step(page, "1")
    page.locator("main [enctype] button").click()
    expect(page.locator("#error-summary")).to_be_focused()
    axe(page)

    page.locator("[type=file]").set_input_files(file)
    page.locator("main [enctype] button").click()
    step(page, "2")
    expect(page.locator(".sheet-head")).to_contain_text("Start date")
    axe(page)
    page.locator("button[value=next]").click()

    step(page, "3")
    expect(page.locator("[name=column-B]")).to_have_value("kind")
    axe(page)
    page.locator("button[value=next]").click()

    step(page, "4")
    page.locator("[name=default-objectives][value=P1]").check()
    twinning = page.locator("tr", has_text="Twinning")
    twinning.locator("select").select_option("information-exchange")
    krim = page.locator("tr", has_text="Krimvardakademin")
    krim.locator("[data-combobox] input").press_sequentially("unodc")
    krim.locator("[role=option]").first.click()
    expect(krim.locator("[data-combobox] input")).to_have_value("UNODC")
    expect(page.locator("#kept")).not_to_be_empty()
    axe(page)
    page.reload()  # a closed browser loses nothing of it
    expect(page.locator("tr", has_text="Krimvardakademin")).to_have_count(0)
    page.locator("button[value=next]").click()

    step(page, "5")
    expect(page.locator("#problems")).to_contain_text("1")
    expect(page.locator("main")).to_contain_text("2022-02-31")
    assert Engagement.objects.count() == before
    axe(page)
    page.locator("button[value=load]").click()

    step(page, "6")
    assert Engagement.objects.count() == before + 2
    axe(page)
    with page.expect_download() as left_out:
        page.locator("main li a[href*='left'], main li a[href*='laissees']").last.click()
    assert left_out.value.suggested_filename.endswith(".xlsx")
    page.locator("main a.button").click()
    expect(page.locator("h2#results")).to_contain_text("2")
    page.go_back()

    page.locator("main li a[href$='/undo/'], main li a[href$='/annuler/']").click()
    axe(page)
    page.locator(".button-danger").click()
    expect(page.get_by_role("status").first).to_be_visible()
    assert Engagement.objects.count() == before


def test_it_goes_by_keyboard_alone(page, let_in, file):
    let_in(page, "staff")
    page.goto("/en/import/")
    page.locator("[type=file]").set_input_files(file)
    page.get_by_role("button", name="Read the file").press("Enter")
    page.get_by_role("button", name="Go on to the columns").press("Enter")
    page.get_by_role("button", name="Check every row").press("Enter")
    step(page, "4")

    page.locator("[name=default-objectives][value=P1]").press("Space")
    box = page.locator("tr", has_text="Krimvardakademin").locator("[data-combobox] input")
    box.press_sequentially("unodc")
    expect(page.locator("[role=option]").first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    expect(box).to_have_value("UNODC")
    expect(page.locator("#kept")).to_contain_text("kept at")
    page.get_by_role("button", name="Go on to the preview").press("Enter")
    step(page, "5")
    page.get_by_role("button", name="Load 1 row").press("Enter")

    step(page, "6")


def asked_without_its_script(page, let_in, file) -> list:
    """The questions about a file, open; the requests for their script, for which no answer comes yet."""
    let_in(page, "staff")
    page.goto("/en/import/")
    page.locator("[type=file]").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    page.get_by_role("button", name="Go on to the columns").click()
    held = []
    page.remove_locator_handler(page.locator("at_work=page"))
    page.route("**/js/questions*.js", lambda route: held.append(route))
    page.get_by_role("button", name="Check every row").click(no_wait_after=True)
    step(page, "4")
    return held


def test_what_is_typed_before_the_script_is_here_is_looked_for(page, let_in, file):
    held = asked_without_its_script(page, let_in, file)

    row = page.locator("tr", has_text="Krimvardakademin")
    row.locator("[data-combobox] input").press_sequentially("unodc")
    for route in held:
        route.continue_()

    expect(row.locator("[role=option]").first).to_be_visible()
    expect(row.locator("[data-other] [type=radio]")).to_be_checked()


def test_what_is_taken_from_a_list_before_the_script_is_here_is_chosen(page, let_in, file):
    held = asked_without_its_script(page, let_in, file)

    row = page.locator("tr", has_text="Twinning").filter(has=page.get_by_label("Another one"))
    row.locator("select").select_option("information-exchange")
    page.wait_for_function("document.readyState === 'interactive'")
    for route in held:
        route.continue_()

    expect(row.locator("[data-other] [type=radio]")).to_be_checked()
    expect(page.locator("#kept")).to_contain_text("kept at")


def test_it_goes_without_a_script_on_a_phone(open_page, let_in, file):
    page = open_page(360, 800, java_script_enabled=False)
    let_in(page, "staff")
    page.goto("/en/import/")
    page.locator("[type=file]").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    page.get_by_role("button", name="Go on to the columns").click()
    page.get_by_role("button", name="Check every row").click()
    step(page, "4")

    page.locator("[name=default-objectives][value=P1]").check()
    page.locator("[name=create_missing_partners]").check()
    page.get_by_role("button", name="Go on to the preview").click()
    page.get_by_role("button", name="Load 1 row").click()

    step(page, "6")
    assert Load.objects.get().stage == "loaded"


def test_going_back_after_loading_loads_nothing_twice(page, let_in, file):
    let_in(page, "staff")
    page.goto("/en/import/")
    page.locator("[type=file]").set_input_files(file)
    for name in ("Read the file", "Go on to the columns", "Check every row"):
        page.get_by_role("button", name=name).click()
    page.locator("[name=default-objectives][value=P1]").check()
    page.get_by_role("button", name="Go on to the preview").click()
    page.get_by_role("button", name="Load 1 row").dblclick()
    step(page, "6")
    loaded = Engagement.objects.count()

    page.go_back()

    step(page, "6")
    assert Engagement.objects.count() == loaded
    assert scrolls_sideways(page) == []
