"""A change is read by whoever may read the record, and found among all changes by a manager."""

import re

import pytest
from playwright.sync_api import expect

from engagements.models import Engagement


@pytest.fixture
def visit(demonstration):
    return Engagement.objects.get(reference="IE-2007-0004")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_change_is_read_on_the_record_and_in_the_list_of_changes(
    open_page, let_in, axe, visit, scripts
):
    page = open_page(1280, 900, java_script_enabled=scripts)
    let_in(page, "staff")
    page.goto(f"{visit.get_absolute_url()}edit/")
    page.get_by_label("Place").fill("Sarpoza, in Kandahar")
    page.get_by_role("button", name="Save").first.click()
    history = page.get_by_role("region", name="History")
    expect(history.get_by_role("row", name=re.compile("Edited")).first).to_contain_text(
        "Sarpoza, in Kandahar"
    )
    history.get_by_role("link", name=re.compile("changes|whole history")).click()
    expect(page.get_by_role("heading", name="History", level=1)).to_be_visible()
    page.get_by_text("All that was on record then").last.click()
    expect(page.get_by_text("Title in English:").last).to_be_visible()
    if scripts:
        axe(page)

    page = open_page(360, 800, java_script_enabled=scripts)
    let_in(page, "manager")
    page.goto("/en/")
    page.get_by_role("link", name="Changes").click()
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Words").fill("IE-2007-0004")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("q=IE-2007-0004"))
    expect(page.get_by_text("Sarpoza, in Kandahar").first).to_be_visible()
    if scripts:
        axe(page)
    page.get_by_role("link", name=re.compile("Words")).click()
    expect(page).not_to_have_url(re.compile("q="))
