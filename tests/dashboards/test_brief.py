"""The one-page brief, as a page and as a document: what it says, to whom, in which language."""

import datetime as dt
import io
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from docx import Document
from docx.oxml.ns import qn

from accounts.models import Sensitivity
from common.partial_dates import FiscalYear, PartialDate
from dashboards.brief.shortening import MOST, shortened
from engagements.kinds import Kind, Stage
from tests.dashboards.frameworks import serving
from tests.factories import (
    make_country,
    make_engagement,
    make_partner,
)

pytestmark = pytest.mark.usefixtures("two_of_each")

OMISSION = (
    "This brief holds only what its reader (Staff, cleared up to Protected A) may open; "
    "there may be more."
)


@pytest.fixture
def unodc():
    return make_partner(
        "UNODC",
        name_en="United Nations Office on Drugs and Crime",
        name_fr="Office des Nations Unies contre la drogue et le crime",
        acronym_en="UNODC",
        acronym_fr="ONUDC",
    )


def today():
    return timezone.localdate()


@pytest.fixture
def read(client, staff):
    """The page, as text."""
    client.force_login(staff)

    def read(query="", language="en"):
        with override(language):
            response = client.get(reverse("dashboards:brief") + query)
        assert response.status_code == 200
        page = response.content.decode()
        return page.partition("<main")[2].partition("</main>")[0]

    return read


@pytest.fixture
def taken(client, staff):
    """The answer that holds the document."""
    client.force_login(staff)

    def taken(query="", language="en"):
        with override(language):
            return client.get(reverse("dashboards:brief_docx") + query)

    return taken


def opened(response):
    assert response.status_code == 200
    return Document(io.BytesIO(response.content))


def text_of(document):
    """All the text of its paragraphs and tables."""
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def parts_of(response):
    """Every part of the file, unpacked."""
    with zipfile.ZipFile(io.BytesIO(response.content)) as parts:
        assert parts.testzip() is None
        return {name: parts.read(name).decode() for name in parts.namelist() if ".jp" not in name}


def test_the_lead_says_the_answer_aloud(read):
    year = FiscalYear.of(today())
    serving("S1", "M1", start=year.days[0])
    serving("S1", "M2", start=year.days[0])
    serving("S1", "M2", start=year.previous.days[0])
    serving("S1", stage=Stage.APPROVED, start=today() + dt.timedelta(days=20))

    page = read()

    assert (
        f"2 engagements were completed so far in {year}, against 1 at this point last year." in page
    )
    assert "In all, this brief counts 4 engagements, planned or completed." in page
    assert "Nothing here serves Short S2 (S2)." in page


def test_of_one_partner_the_heading_is_its_name_and_acronym(read, taken, unodc):
    serving("S1", partners=[unodc])

    assert "United Nations Office on Drugs and Crime (UNODC)</h1>" in read("?partner=UNODC")
    document = opened(taken("?partner=UNODC"))
    assert document.paragraphs[0].style.name == "Title"
    assert document.paragraphs[0].text == "United Nations Office on Drugs and Crime (UNODC)"


def test_of_one_partner_it_says_what_was_given_and_received(read, unodc):
    serving("S1", partners=[unodc], kind=Kind.TRAINING_DELIVERED)
    serving("S1", partners=[unodc], kind=Kind.TRAINING_DELIVERED)
    serving("S1", partners=[unodc], kind=Kind.TRAINING_RECEIVED)
    serving("S1", kind=Kind.TRAINING_RECEIVED)

    page = read("?partner=UNODC")

    assert "Given by CSC: 2. Received by CSC: 1." in page
    assert "given=UNODC" in page


def test_of_one_partner_it_says_which_objectives_were_never_served(taken, unodc):
    serving("S1", "M2", partners=[unodc])
    serving("S2", "M1")

    tables = opened(taken("?partner=UNODC")).tables

    lines = {row.cells[0].text: [c.text for c in row.cells[1:]] for row in tables[1].rows}
    assert lines["Strategic priority"] == ["Short S1 (S1) 1", "Short S2 (S2)"]
    assert lines["Mandate item"] == ["Short M2 (M2) 1", "Short M1 (M1)"]
    assert lines["Pillar"] == ["none", "Short P1 (P1); Short P2 (P2)"]


def test_of_one_objective_it_shows_its_row_and_its_wording(read, taken):
    serving("S1", "M1")
    serving("S1", "M1")
    serving("S2", "M2")

    assert "Wording of S1" in read("?objective=S1")
    document = opened(taken("?objective=S1"))
    assert document.paragraphs[0].text == "Short S1 (S1)"
    assert [[c.text for c in row.cells] for row in document.tables[1].rows] == [
        ["M1 Short M1", "M2 Short M2"],
        ["2", "0"],
    ]


def test_of_one_country_and_of_the_whole_it_shows_the_matrix(taken):
    serving("S1", "M1", countries=[make_country("NO")])
    serving("S2", "M2", countries=[make_country("FR")])

    whole, norway = opened(taken()), opened(taken("?country=NO"))

    assert whole.paragraphs[0].text == "International engagements"
    assert norway.paragraphs[0].text == "Norway"
    assert [[c.text for c in row.cells][1:] for row in whole.tables[1].rows[1:]] == [
        ["1", "0", "1"],
        ["0", "1", "1"],
        ["1", "1", "2"],
    ]
    assert [[c.text for c in row.cells][1:] for row in norway.tables[1].rows[1:]] == [
        ["1", "0", "1"],
        ["0", "0", "0"],
        ["1", "0", "1"],
    ]


@pytest.mark.parametrize(
    "query", ["?country=NO&country=FR", "?country=NO&objective=S1", "?also=country:NO"]
)
def test_of_several_it_says_the_filter_in_words(read, query):
    make_country("NO"), make_country("FR")

    page = read(query)

    assert "International engagements</h1>" in page
    assert "Country: Norway" in page or "Also" in page


def test_what_else_the_filter_asks_for_stands_beneath_the_heading(read, unodc):
    page = read("?partner=UNODC&kind=incoming-visit")

    assert "Kind: Incoming visit" in page
    assert "Partner: United Nations" not in page


def test_tells_the_latest_with_their_outcomes_and_what_comes_next(read):
    serving("S1", title_en="Done before", start=dt.date(2020, 5, 1), outcome="Two prisons visited.")
    serving("S1", title_en="Done since", start=dt.date(2021, 5, 1))
    ahead = today() + dt.timedelta(days=30)
    serving("S1", title_en="Still to come", start=ahead, stage=Stage.APPROVED)
    serving("S1", title_en="Called off", start=ahead, stage=Stage.CANCELLED, stage_reason="No.")
    serving("S1", title_en="Mere draft", start=ahead, stage=Stage.DRAFT)

    page = read()

    latest, coming = page.split('id="latest"')[1].split('id="coming"')
    assert latest.index("Done since") < latest.index("Done before")
    assert "Two prisons visited." in latest
    assert "Still to come" in coming
    assert "Still to come" not in latest
    assert "Called off" not in page
    assert "Mere draft" not in page


def test_tells_at_most_six_and_counts_what_lies_ahead(taken):
    for number in range(8):
        serving("S1", title_en=f"Done {number}", start=dt.date(2020, 5, 1 + number))
        day = today() + dt.timedelta(days=10 + number)
        serving("S1", title_en=f"Ahead {number}", start=day, stage=Stage.SUBMITTED)

    document = opened(taken())

    bullets = [p.text for p in document.paragraphs if p.style.name == "List Bullet"]
    assert [any(f"Done {n}" in b for b in bullets) for n in range(8)] == [False] * 2 + [True] * 6
    assert [any(f"Ahead {n}" in b for b in bullets) for n in range(8)] == [True] * 4 + [False] * 4
    assert "8 are planned in all." in text_of(document)


def test_states_the_omission_alike_whether_or_not_something_is_left_out(read, taken):
    serving("S1", "M1")
    page, document = read(), text_of(opened(taken()))
    hidden = serving("S1", "M1", title_en="Borealis", sensitivity=Sensitivity.PROTECTED_B)

    assert OMISSION in page
    assert OMISSION in document
    assert read() == page
    assert text_of(opened(taken())) == document
    assert hidden.reference not in page


def test_what_may_not_be_seen_is_in_no_part_of_the_file_nor_in_its_name(taken, unodc):
    protected = {"sensitivity": Sensitivity.PROTECTED_B, "partners": [unodc]}
    secret = serving("S1", title_en="Borealis", outcome="Nightfall.", **protected)
    make_engagement(title_en="Open", partners=[unodc])

    response = taken("?partner=UNODC")

    whole = "".join(f"{name}{text}" for name, text in parts_of(response).items())
    assert "Open" in whole
    for word in ("Borealis", "Nightfall", secret.reference, "Protected B", "PROTECTED"):
        assert word not in whole
    assert response["Content-Disposition"].endswith(f'"brief-UNODC-{today()}.docx"')


def test_a_brief_over_protected_records_is_marked_on_every_sheet_and_in_its_name(client, manager):
    serving("S1", sensitivity=Sensitivity.PROTECTED_B)
    client.force_login(manager)

    response = client.get(reverse("dashboards:brief_docx"))

    section = opened(response).sections[0]
    assert "PROTECTED B" in section.header.paragraphs[0].text
    assert "PROTECTED B" in section.footer.paragraphs[0].text
    assert response["Content-Disposition"].endswith('-protected-b.docx"')
    assert 'data-level="2"' in client.get(reverse("dashboards:brief")).content.decode()


def test_the_document_has_real_headings_lists_and_header_rows(taken):
    serving("S1", "M1")

    document = opened(taken())

    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles[0] == "Title"
    assert styles.count("Heading 1") == 5
    assert "List Bullet" in styles
    for table in document.tables:
        assert table.style.name == "Table Grid"
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")) is not None


def test_the_document_is_on_letter_paper_with_its_properties(taken):
    document = opened(taken())

    section, properties = document.sections[0], document.core_properties
    assert (section.page_width.inches, section.page_height.inches) == (8.5, 11)
    assert (properties.title, properties.author) == ("International engagements", "Liaison")
    assert properties.language == "en-CA"
    assert properties.comments == ""


def test_the_document_knows_its_language_and_that_of_what_is_not_in_it(taken):
    serving("S1", title_en="Visit", title_fr="", text_language="fr", outcome="Vingt agents formés.")

    parts = parts_of(taken())

    assert 'w:lang w:val="en-CA"' in parts["word/styles.xml"]
    assert 'w:lang w:val="en-US"' not in parts["word/styles.xml"]
    body = parts["word/document.xml"]
    run = body[: body.index("Vingt agents formés.")].rpartition("<w:r>")[2]
    assert '<w:lang w:val="fr-CA"/>' in run
    assert "(in French)" in body


def test_speaks_french(taken, read, unodc):
    serving("S1", title_fr="Visite", title_en="Visit", partners=[unodc])

    response = taken("?partner=UNODC", language="fr")

    document = opened(response)
    assert document.core_properties.language == "fr-CA"
    assert document.paragraphs[0].text.startswith("Office des Nations Unies")
    assert "(ONUDC)" in document.paragraphs[0].text
    assert "Visite" in text_of(document)
    assert 'w:val="fr-CA"' in parts_of(response)["word/styles.xml"]
    page = read("?partner=UNODC", language="fr")
    assert "This brief in English" in page


@pytest.mark.parametrize(
    "title",
    [
        '=1+1 "quoted" & <b>bold</b>',
        "زيارة إلى سجن أوسلو 🇳🇴",
        "A title " + "that goes on and on " * 14,
        "It’s a “title”",
    ],
)
def test_whatever_is_typed_stays_text(taken, read, title):
    serving("S1", title_en=title.strip(), outcome="Line one.\nLine two\twith a tab.")

    document = opened(taken())

    assert title.strip() in text_of(document)
    assert "Line one. Line two with a tab." in text_of(document)
    assert "<b>bold</b>" not in read()


def test_an_outcome_is_shortened_where_a_sentence_ends(taken):
    text = "One delegation came. " * 30
    serving("S1", outcome=text)

    (bullet,) = [p for p in opened(taken()).paragraphs if p.style.name == "List Bullet"]

    outcome = bullet.text.partition("\n")[2]
    assert outcome.endswith("came. […]")
    assert len(outcome) <= MOST + len(" […]")


def test_shortening_keeps_short_texts_and_cuts_others_at_sentences_words_or_anywhere():
    assert shortened("Two  prisons\nvisited.") == ("Two prisons visited.", False)
    assert shortened("First. Second. Third one.", 16) == ("First. Second.", True)
    assert shortened("Met J. Smith of the service", 18) == ("Met J. Smith of", True)
    assert shortened("x" * 30, 10) == ("x" * 10, True)
    assert shortened("", 10) == ("", False)


def test_of_nothing_it_says_so(read, taken):
    page = read()

    assert "None has begun." in page
    assert "Nothing is planned." in page
    assert "None has begun." in text_of(opened(taken()))


@pytest.mark.parametrize("name", ["brief", "brief_docx"])
@pytest.mark.parametrize("query", ["?partner=NOBODY", "?colour=blue", "?words=never", "?q=%00"])
def test_what_makes_no_sense_in_the_address_is_refused(client, staff, name, query):
    client.force_login(staff)

    response = client.get(reverse(f"dashboards:{name}") + query)

    assert response.status_code == 400
    assert "Content-Disposition" not in response


def test_words_searched_for_that_no_document_can_hold_do_no_harm(taken):
    assert taken("?q=a%EF%BF%BFb").status_code in {200, 400}


@pytest.mark.parametrize(
    ("name", "query", "queries"),
    [
        ("brief", "", 16),
        ("brief", "?partner=UNODC", 20),
        ("brief_docx", "?objective=S1", 16),
    ],
)
def test_takes_as_many_queries_for_three_as_for_one(
    client, staff, unodc, django_assert_num_queries, name, query, queries
):
    url = reverse(f"dashboards:{name}") + query
    client.force_login(staff)
    serving("S1", "M1", partners=[unodc], outcome="Done.")
    client.get(url)
    with django_assert_num_queries(queries):
        client.get(url)
    serving("S1", "S2", "M1", partners=[unodc])
    serving("S2", "M2", "T1", partners=[unodc], stage=Stage.APPROVED, start=PartialDate.unknown())
    with django_assert_num_queries(queries):
        client.get(url)


def test_the_dashboard_a_partner_an_objective_and_a_country_lead_to_their_brief(
    client, staff, unodc
):
    serving("S1", partners=[unodc], countries=[make_country("NO")])
    client.force_login(staff)

    for address, query in [
        ("/en/dashboard/?kind=outgoing-visit&words=today", "kind=outgoing-visit&amp;words=today"),
        ("/en/dashboard/places/?country=NO", "country=NO"),
        ("/en/partners/UNODC/", "partner=UNODC"),
        ("/en/objectives/S1/", "objective=S1"),
    ]:
        page = client.get(address).content.decode()
        assert f'href="/en/dashboard/brief/?{query}">One-page brief</a>' in page


def test_choosing_with_htmx_brings_the_links_to_what_is_chosen_now(client, staff):
    serving("S1")
    client.force_login(staff)

    part = client.get(
        "/en/dashboard/?kind=outgoing-visit",
        headers={"HX-Request": "true", "HX-Trigger": "filter-form"},
    ).content.decode()

    assert 'id="take-away" class="actions" hx-swap-oob="true"' in part
    assert 'href="/en/dashboard/dashboard.xlsx?kind=outgoing-visit"' in part
