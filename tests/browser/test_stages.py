import re

import pytest
from playwright.sync_api import expect

from engagements.kinds import Stage
from engagements.models import Engagement


@pytest.fixture
def submitted(demonstration):
    return Engagement.objects.filter(stage=Stage.SUBMITTED, lead_office__code="IR").first()


@pytest.mark.parametrize("scripts", [True, False])
def test_an_approver_returns_with_a_reason_and_staff_submit_again(
    open_page, let_in, axe, submitted, scripts
):
    path = submitted.get_absolute_url()
    page = open_page(1280, 900, java_script_enabled=scripts)
    let_in(page, "approver")
    page.goto(path)
    page.get_by_role("link", name="Return with a reason").click()
    page.get_by_role("button", name="Return with this reason").click()
    expect(page.locator("#error-summary")).to_be_visible()
    if scripts:
        expect(page.locator("#error-summary")).to_be_focused()
        axe(page)
    page.get_by_role("link", name=re.compile("Reason")).click()
    expect(page.get_by_label("Reason")).to_be_focused()
    page.keyboard.type("Say who goes.")
    page.get_by_role("button", name="Return with this reason").click()
    expect(page.get_by_role("status")).to_contain_text("is returned")
    expect(page.get_by_text("Say who goes.").first).to_be_visible()

    page = open_page(360, 800, java_script_enabled=scripts)
    let_in(page, "staff")
    page.goto(path)
    page.get_by_role("button", name="Submit again").click()
    expect(page.get_by_role("status")).to_contain_text("is submitted again")


def test_an_approver_approves_by_keyboard_and_pressing_twice_approves_once(
    open_page, let_in, axe, submitted
):
    page = open_page(1280, 900)
    let_in(page, "approver")
    page.goto(submitted.get_absolute_url())
    axe(page)
    page.get_by_role("button", name="Approve").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("is approved")
    submitted.refresh_from_db()
    assert submitted.stage == Stage.APPROVED


def test_a_record_prints_on_two_sheets_at_most(page, let_in, demonstration):
    let_in(page, "manager")
    page.goto("/en/engagements/IE-2007-0004/")

    sheets = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")

    assert sheets in (1, 2)
