"""Everything by keyboard, and always in sight of where one is."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looks import RICH

# What a mouse can use and Tab has to reach: one of a group of radio buttons is enough.
MARK = """() => {
  for (const each of document.querySelectorAll("details")) each.open = true;
  window.wanted = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']")]
    .filter((each) => each.checkVisibility() && !each.disabled && each.tabIndex >= 0)
    .filter((each) => each.type !== "radio" || each.checked
      || !document.querySelector(`input[name="${each.name}"]:checked`));
  window.radios = new Set();
  return wanted.length;
}"""
# Takes what has the focus off the list, and says what is wrong with how it shows it.
STAND = """() => {
  const here = document.activeElement;
  if (here === document.body) return [];
  window.wanted = wanted.filter((each) => each !== here
    && !(here.type === "radio" && each.type === "radio" && each.name === here.name));
  const name = here.outerHTML.slice(0, 100);
  const box = here.getClientRects()[0];  // of a link over two lines, the first
  const style = getComputedStyle(here);
  const faults = [];
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 1) faults.push(`not seen: ${name}`);
  const [x, y] = [box.left + Math.min(box.width, innerWidth) / 2, box.top + Math.min(box.height / 2, 200)];
  if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return [...faults, `out of sight: ${name}`];
  const top = document.elementFromPoint(x, y);
  // The middle of the box around a country can lie in its neighbour.
  const mine = [here.closest("svg") ?? here, ...(here.labels ?? [])];
  const ours = top && mine.some((each) => each.contains(top) || top.contains(each));
  return ours ? faults : [...faults, `covered: ${name}`];
}"""
LEFT = "wanted.map((each) => `not reached: ${each.outerHTML.slice(0, 100)}`)"


@pytest.fixture
def at(page, let_in):
    """Somebody signed in, on one of the portal's pages."""

    def at(path: str, person: str = "staff") -> Page:
        let_in(page, person)
        page.goto(path)
        return page

    return at


@pytest.mark.parametrize(
    "path",
    [
        "engagements/new/",
        "engagements/?per_page=10",
        f"engagements/{RICH}/align/",
        "dashboard/?filter=open",
    ],
)
def test_tab_reaches_everything_and_shows_where_one_is(at, path):
    page = at(f"/en/{path}", "manager")
    page.evaluate(MARK)
    faults = []
    for _ in range(1500):
        page.keyboard.press("Tab")
        faults += page.evaluate(STAND)
        if page.evaluate("wanted.length === 0"):
            break

    assert faults + page.evaluate(LEFT) == []


def test_the_first_tab_offers_to_skip_to_the_content(at):
    page = at("/en/engagements/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_combobox_goes_by_arrows_enter_and_escape(at):
    page = at("/en/engagements/new/")
    box = page.get_by_role("combobox", name="Add a partner")
    box.press_sequentially("office on drugs")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#partner-count")).to_contain_text(re.compile(r"\d+ partner"))
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "partner-option-1")
    expect(page.locator("#partner-option-1")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box).to_have_value("office on drugs")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    expect(page.locator("#section-with tbody")).to_contain_text("Office on Drugs and Crime")
    expect(page.locator("#id_add_partner")).to_be_focused()
    expect(page.locator("#id_add_partner")).to_have_value("")


def test_a_filter_keeps_the_focus_and_says_what_it_found(at):
    page = at("/en/engagements/")
    choice = page.locator("#filter-form input[name=objective][value=S4]")
    choice.locator("xpath=ancestor::details[1]").evaluate("details => { details.open = true }")
    choice.focus()
    page.keyboard.press("Space")

    expect(page).to_have_url(re.compile("objective=S4"))
    expect(choice).to_be_checked()
    expect(choice).to_be_focused()
    found = page.locator("#results").inner_text()
    expect(page.locator("#announcement")).to_have_text(found)


@pytest.mark.parametrize("path", ["engagements/new/", "engagements/nouveau/"])
def test_errors_are_announced_and_lead_to_their_fields(at, path):
    page = at(f"/{'en' if path.endswith('new/') else 'fr'}/{path}")
    page.locator(".form-actions [value=log]").press("Enter")
    summary = page.get_by_role("alert").and_(page.locator("#error-summary"))
    expect(summary).to_be_focused()
    links = summary.get_by_role("link")
    assert links.count() >= 4

    for link in links.all():
        message = link.inner_text()
        link.press("Enter")
        told = page.evaluate(
            """() => {
              const field = document.activeElement;
              const ids = (field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
              return [field.getAttribute("aria-invalid") ?? field.getAttribute("role") ?? field.localName,
                      ids.map((id) => document.getElementById(id)?.innerText ?? `no ${id}`).join(" ")];
            }"""
        )
        assert told[0] in {"true", "group", "fieldset"}, message
        assert message.split(":", 1)[1].strip() in told[1]
