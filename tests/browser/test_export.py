"""The list taken away as a file, in a browser: columns chosen, downloaded, opened, and the record of it."""

import csv
import io
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import expect

from engagements.exports.columns import BY_CODE
from engagements.models import Engagement, Export
from tests.workbooks import sheets_of, table_of


def path_of(name: str, language: str = "en") -> str:
    with override(language):
        return reverse(name)


def heading(code: str, language: str) -> str:
    with override(language):
        return str(BY_CODE[code].heading)


def saved(download) -> bytes:
    return Path(download.value.path()).read_bytes()


def test_chosen_columns_are_in_the_workbook_in_their_order(page, let_in, axe):
    let_in(page, "manager")
    page.goto(path_of("engagements:list") + "?country=HT&sort=title")
    page.get_by_role("link", name="Export…").click()
    axe(page)
    expect(page.get_by_text("Country: Haiti")).to_be_visible()
    page.get_by_label("Purpose", exact=True).uncheck()
    page.get_by_label("Place of “Countries”").fill("1")
    page.get_by_role("button", name="Show the columns in this order").click()
    expect(page.locator("tbody tr").first).to_contain_text("Countries")
    axe(page)

    with page.expect_download() as download:
        page.get_by_role("button", name="Download").first.click()

    rows = table_of(saved(download))
    headings = list(rows[0])
    assert headings[:2] == ["Countries", "Reference"]
    assert "Purpose" not in headings
    assert len(rows) == Engagement.objects.filter(countries__iso2="HT").logged().count() > 3
    assert all("Haiti" in row["Countries"] for row in rows)
    titles = [row["Title in English"] or row["Title in French"] for row in rows]
    assert titles == sorted(titles, key=str.casefold)
    # It is there the next time, and on record.
    page.goto(path_of("engagements:export_choose"))
    expect(page.locator("tbody tr").first).to_contain_text("Countries")
    expect(page.get_by_label("Purpose", exact=True)).not_to_be_checked()
    page.get_by_role("link", name="Files that were taken").click()
    axe(page)
    expect(page.get_by_role("link", name="Country: Haiti")).to_be_visible()
    assert Export.objects.get().count == len(rows)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_works_by_keyboard_on_a_phone_without_a_script(open_page, let_in, language):
    page = open_page(360, 800, java_script_enabled=False)
    let_in(page, "staff")
    page.goto(path_of("engagements:export_choose", language))
    page.locator("[name=format][value=csv]").check()
    place = page.locator("#id_place_title_fr")
    place.focus()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("1")

    with page.expect_download() as download:
        page.keyboard.press("Enter")

    text = saved(download).decode("utf-8-sig")
    sign = ";" if language == "fr" else ","
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    headings = lines[1] if len(lines[0]) == 1 else lines[0]
    assert headings[0] == heading("title_fr", language)
    assert len(headings) == len(BY_CODE)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_template_downloads(page, let_in, language):
    let_in(page, "staff")
    page.goto(path_of("dashboards:home", language))

    with page.expect_download() as download:
        page.evaluate(
            "path => location.assign(path)", path_of("engagements:export_template", language)
        )

    first = next(iter(sheets_of(saved(download)).values()))
    assert heading("title_en", language) in first[0]
