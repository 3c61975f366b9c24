"""A brief handed over: from the dashboard to the page, to paper, to the document and the workbook."""

import datetime as dt
import io
import re
import unicodedata

import pytest
from docx import Document
from playwright.sync_api import expect
from pypdf import PdfReader

from objectives.models import Framework, FrameworkKind
from tests.dashboards.workbooks import Workbook

BRIEFS = ["", "?partner=UN", "?partner=UNODC", "?objective=S5", "?country=HT"]


@pytest.fixture
def signed_in(page, let_in):
    let_in(page, "manager")
    return page


def taken(page, name: str) -> tuple[str, bytes]:
    """The name and content of what a link downloads."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).first.click()
    return download.value.suggested_filename, download.value.path().read_bytes()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("query", BRIEFS)
def test_a_brief_prints_on_one_or_two_sheets(signed_in, demonstration, language, query):
    signed_in.goto("/en/dashboard/brief/" + query)
    if language == "fr":
        signed_in.get_by_role("link", name="Cette note en français").click()
        expect(signed_in.locator("html")).to_have_attribute("lang", "fr")
    heading = signed_in.locator("h1").inner_text()

    sheets = PdfReader(io.BytesIO(signed_in.pdf(prefer_css_page_size=True))).pages

    assert 1 <= len(sheets) <= 2
    assert letters(heading) in letters("".join(sheet.extract_text() for sheet in sheets))


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("query", BRIEFS)
def test_once_a_set_was_adopted_it_prints_on_two_sheets_still(
    signed_in, demonstration, language, query
):
    adopt()
    signed_in.goto("/en/dashboard/brief/" + query)
    if language == "fr":
        signed_in.get_by_role("link", name="Cette note en français").click()
        expect(signed_in.locator("html")).to_have_attribute("lang", "fr")

    sheets = PdfReader(io.BytesIO(signed_in.pdf(prefer_css_page_size=True))).pages

    assert len(sheets) <= 2


def adopt() -> None:
    """The six priorities follow the five, in force for two months."""
    since = dt.date(2026, 10, 1)
    priorities = Framework.objects.filter(kind=FrameworkKind.PRIORITY)
    priorities.filter(objectives__code="S1").update(in_force_to=since - dt.timedelta(days=1))
    priorities.filter(objectives__code="C1").update(adopted=True, in_force_from=since)


def letters(text: str) -> str:
    """Without spaces and ligatures, which paper has where a page has none."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_from_the_dashboard_to_a_brief_to_its_document(signed_in, demonstration, axe):
    signed_in.goto("/en/dashboard/?partner=UNODC")
    signed_in.get_by_role("link", name="One-page brief").click()
    expect(signed_in.locator("h1")).to_have_text("United Nations Office on Drugs and Crime (UNODC)")
    axe(signed_in)

    name, content = taken(signed_in, "Download DOCX")

    assert re.fullmatch(r"brief-UNODC-\d{4}-\d\d-\d\d(-protected-[ab])?\.docx", name)
    document = Document(io.BytesIO(content))
    assert document.paragraphs[0].text == "United Nations Office on Drugs and Crime (UNODC)"


def test_every_link_to_a_file_brings_one(signed_in, demonstration):
    signed_in.goto("/en/dashboard/?kind=incoming-visit")
    links = signed_in.get_by_role("link", name=re.compile("^Download CSV"))
    addresses = links.evaluate_all("links => links.map(link => link.href)")

    name, content = taken(signed_in, "Download XLSX")

    assert name.startswith("dashboard-")
    assert "About" in Workbook(content).names
    assert len(addresses) == 7
    for address in addresses:
        answer = signed_in.request.get(address)
        assert answer.status == 200
        assert "Filter: Kind: Incoming visit" in answer.text()


def test_a_figure_of_a_brief_opens_its_list(signed_in, demonstration):
    signed_in.goto("/en/dashboard/brief/?objective=S5")
    figure = signed_in.locator("main table a").filter(has_text=re.compile(r"^[1-9]")).first
    number = figure.inner_text()

    figure.click()

    expect(signed_in.locator("#results")).to_have_text(re.compile(rf"^{number} engagement"))
