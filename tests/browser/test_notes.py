"""What must not travel: written for one person, read by that person, and by nobody else known to be there."""

import pytest
from playwright.sync_api import expect

from accounts.models import User
from engagements.models import Engagement
from tests.browser.looks import RICH

SECRET = "The warden asked us not to name the wing."


def page_of(language: str = "en") -> str:
    return f"/{language}/engagements/{RICH}/"


@pytest.fixture
def ours(demonstration) -> Engagement:
    return Engagement.objects.get(reference=RICH)


def write(page, text: str, *, reader: str) -> None:
    page.goto(page_of())
    page.get_by_role("link", name="Write a restricted note").click()
    page.get_by_label("Note", exact=False).first.fill(text)
    page.get_by_role("checkbox", name=reader).check()
    page.get_by_role("button", name="Keep the note").click()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_note_is_read_by_whom_it_names_and_withdrawn_again(open_page, let_in, ours, scripts):
    author = open_page(1280, 900, java_script_enabled=scripts)
    let_in(author, "staff")
    write(author, SECRET, reader="approver")
    expect(author.get_by_role("status")).to_contain_text("Only those you named can read it")
    expect(author.get_by_role("article").get_by_text(SECRET)).to_be_visible()

    named = open_page(360, 800, java_script_enabled=scripts)
    let_in(named, "approver")
    named.goto(page_of())
    expect(named.get_by_role("article").get_by_text(SECRET)).to_be_visible()
    expect(named.get_by_role("link", name="Edit this note")).to_have_count(0)

    other = open_page(1280, 900, java_script_enabled=scripts)
    let_in(other, "reader")
    other.goto(page_of())
    expect(other.get_by_text("estricted note")).to_have_count(0)

    author.get_by_role("link", name="Withdraw it").click()
    author.get_by_role("button", name="Withdraw the note").click()
    expect(author.get_by_text("Withdrawn by staff")).to_be_visible()
    named.reload()
    expect(named.get_by_text(SECRET)).to_have_count(0)
    author.get_by_role("button", name="Bring it back").click()
    named.reload()
    expect(named.get_by_role("article").get_by_text(SECRET)).to_be_visible()


def test_a_note_open_in_two_tabs_loses_neither_text(open_page, let_in, axe, ours):
    page = open_page(1280, 900)
    let_in(page, "staff")
    write(page, SECRET, reader="approver")
    page.get_by_role("link", name="Edit this note").click()
    second = page.context.new_page()
    second.goto(page.url)
    page.get_by_label("Note", exact=False).first.fill("Said in the first tab.")
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_role("status")).to_contain_text("saved")

    second.get_by_label("Note", exact=False).first.fill("Said in the second tab.")
    second.get_by_role("button", name="Save the note").click()

    expect(second.locator("#error-summary")).to_be_focused()
    axe(second)
    second.set_viewport_size({"width": 360, "height": 800})
    axe(second)
    second.get_by_role("radio", name="Both").check()
    second.get_by_role("button", name="Save as chosen").click()
    expect(second.get_by_role("article").get_by_text("Said in the first tab.")).to_be_visible()
    expect(second.get_by_role("article").get_by_text("Said in the second tab.")).to_be_visible()


def test_a_note_is_written_by_keyboard_and_refused_with_its_reason(
    open_page, let_in, axe, demonstration
):
    User.objects.filter(username="colleague").update(clearance=0)
    page = open_page(1280, 900)
    let_in(page, "staff")
    page.goto(page_of("fr"))
    page.locator("a[href$='/notes/new/'], a[href*='/notes/']").first.focus()
    page.keyboard.press("Enter")
    page.locator("[name=text]").focus()
    page.keyboard.type("À ne pas répéter.")
    page.locator("[name=sensitivity][value='1']").check()
    page.locator("[name=people][value=colleague]").focus()
    page.keyboard.press("Space")
    page.locator("[name=text]").focus()
    page.locator(".form-actions button").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#error-summary")).to_be_focused()
    expect(page.locator("#id_people_error")).to_contain_text("colleague")
    expect(page.locator("[name=text]")).to_have_value("À ne pas répéter.")
    axe(page)
