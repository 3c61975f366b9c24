"""What is done can be undone: read as it was, put back, taken back."""

import pytest
from playwright.sync_api import expect

from engagements.kinds import Stage
from engagements.models import Engagement


def of_international_relations(stage):
    return Engagement.objects.filter(stage=stage, lead_office__code="IR").first()


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (360, False)])
def test_a_text_that_was_written_over_is_read_as_it_was_and_put_back(
    open_page, let_in, axe, demonstration, width, scripts
):
    engagement = of_international_relations(Stage.RETURNED)
    was = engagement.purpose
    page = open_page(width, 900, java_script_enabled=scripts)
    let_in(page, "staff")
    page.goto(engagement.get_absolute_url())
    page.get_by_role("link", name="Edit", exact=True).click()
    page.get_by_label("Purpose").fill("Written over.")
    page.get_by_label("Place").fill("Bergen")
    page.get_by_role("button", name="Save changes").click()
    expect(page.locator(".messages")).to_contain_text("is saved")

    page.get_by_role("link", name="As it was then").nth(2).click()
    expect(page.get_by_role("note")).to_contain_text("As staff left it on")
    expect(page.locator("#what + .prose")).to_have_text(was)
    expect(page.get_by_role("link", name="Edit", exact=True)).to_have_count(0)
    if scripts:
        axe(page)
    page.get_by_role("link", name="Put this back").click()
    page.get_by_role("checkbox", name="Place").uncheck()
    if scripts:
        axe(page)
    page.get_by_role("button", name="Put this back").click()
    expect(page.get_by_role("status")).to_contain_text("is as it was")

    engagement.refresh_from_db()
    assert (engagement.purpose, engagement.place) == (was, "Bergen")


def test_two_people_put_back_and_edit_and_nothing_is_overwritten(
    open_page, let_in, axe, demonstration
):
    engagement = of_international_relations(Stage.RETURNED)
    one, other = open_page(1280, 900), open_page(1280, 900)
    for page, person, text in ((one, "staff", "Staff’s."), (other, "manager", "The manager’s.")):
        let_in(page, person)
        if page is other:
            one.goto(engagement.get_absolute_url())
            one.get_by_role("link", name="Undo this change").first.click()
        page.goto(f"{engagement.get_absolute_url()}edit/")
        page.get_by_label("Purpose").fill(text)
        page.get_by_role("button", name="Save changes").click()
        expect(page.locator(".messages")).to_contain_text("is saved")

    one.get_by_role("button", name="Put this back").click()

    expect(one.locator("#error-summary")).to_be_focused()
    expect(one.locator("#error-summary")).to_contain_text("Nothing is put back yet")
    expect(one.get_by_text("The manager’s.")).to_be_visible()
    axe(one)


def test_an_approver_takes_back_an_approval(open_page, let_in, axe, demonstration):
    engagement = of_international_relations(Stage.SUBMITTED)
    page = open_page(360, 800)
    let_in(page, "approver")
    page.goto(engagement.get_absolute_url())
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("status")).to_contain_text("can be taken back on this page")
    page.get_by_role("link", name="Take back the approval").click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("#error-summary")).to_be_focused()
    axe(page)
    page.get_by_label("Reason").fill("It was another one.")
    page.get_by_role("button", name="Take it back").click()

    expect(page.get_by_role("status")).to_contain_text("is back in the stage “Submitted”")
    expect(page.get_by_text("It was another one.")).to_be_visible()


def test_a_day_is_asked_for_on_the_page_and_wrong_ones_are_told(page, let_in, demonstration):
    engagement = of_international_relations(Stage.RETURNED)
    let_in(page, "reader")
    page.goto(engagement.get_absolute_url())
    page.get_by_label("As it was at the end of the day").fill("yesterday")
    page.keyboard.press("Enter")
    expect(page.locator("#error-summary")).to_be_focused()
    page.get_by_label("As it was at the end of the day").fill("1999-01-01")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("It was not logged yet")
