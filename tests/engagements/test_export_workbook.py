import datetime as dt
import io
import zipfile

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Sensitivity
from common.partial_dates import PartialDate
from engagements.exports import as_xlsx, records
from engagements.exports.text import LONGEST_CELL, is_cut
from engagements.models import Engagement
from tests.factories import make_country, make_engagement, make_objective, make_partner
from tests.workbooks import sheets_of, table_of

URL = reverse("engagements:export_xlsx")


@pytest.fixture
def download(client, reader):
    client.force_login(reader)

    def download(url=URL, **asked):
        response = client.get(url, asked)
        assert response.status_code == 200
        return b"".join(response.streaming_content)

    return download


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert parts.testzip() is None
        return {name: parts.read(name).decode() for name in parts.namelist()}


def test_holds_what_the_list_shows_in_its_order(download):
    objective = make_objective("S1")
    for title in ("B", "A"):
        make_engagement(title_en=title, objectives=[objective])
    make_engagement(title_en="Filtered out")

    rows = table_of(download(sort="title", objective="S1"))

    assert [row["Title in English"] for row in rows] == ["A", "B"]


def test_days_are_days_numbers_are_numbers_and_what_is_known_no_closer_is_text(download):
    make_engagement(
        start=dt.date(2020, 5, 17),
        end=PartialDate.fiscal(2021),
        csc_participants=3,
        actual_cost="1234.50",
    )

    (row,) = table_of(download())

    assert row["Start"] == row["Start, earliest"] == dt.date(2020, 5, 17)
    assert (row["End"], row["End known to the"]) == ("2020-21", "fiscal year")
    assert row["End, latest"] == dt.date(2021, 3, 31)
    assert (row["People from CSC"], row["Actual cost (CAD)"], row["Version"]) == (3, 1234.5, 1)
    assert (row["Planned cost (CAD)"], row["Approved on"]) == ("", "")


def test_a_day_that_excel_counts_wrong_is_text(download):
    make_engagement(start=PartialDate.season(1900, "winter"))

    (row,) = table_of(download())

    assert (row["Start"], row["Start, earliest"]) == ("winter 1900", "1899-12-01")
    assert row["Start, latest"] == dt.date(1900, 3, 31)


@pytest.mark.parametrize(
    "typed",
    [
        "=1+1",
        "+1",
        "@SUM(1)",
        "{=1}",
        "http://example.org/",
        "<b>&\"'",
        "_x0041_",
        "زيارة 🇳🇴",
        "a\nb",
    ],
)
def test_whatever_is_typed_stays_text_and_leads_nowhere(download, typed):
    make_engagement(title_en=typed, purpose=typed, partners=[make_partner(name_en=typed)])

    content = download()

    (row,) = table_of(content)
    assert (row["Title in English"], row["Purpose"], row["Partners"]) == (typed, typed, typed)
    parts = parts_of(content)
    sheets = [text for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert not any("<f>" in sheet or "hyperlink" in sheet for sheet in sheets)


def test_a_text_longer_than_a_cell_is_cut_and_says_so(download):
    make_engagement(purpose="é" * 40_000)

    content = download()

    (row,) = table_of(content)
    assert len(row["Purpose"]) == LONGEST_CELL
    assert row["Purpose"].endswith("[…] 40000 characters in all: read the rest in the portal.")
    assert is_cut(row["Purpose"])
    told = [line[1] for line in sheets_of(content)["About"]]
    assert "1 text is longer than a cell can hold: its end says so. The CSV has it whole." in told


def test_the_first_sheet_says_what_the_file_is(download):
    make_engagement(countries=[make_country("NO")])
    make_engagement()

    lines = sheets_of(download(country="NO"))["About"]

    facts = {line[0]: line[1] for line in lines}
    assert facts["Filter"] == "Country: Norway"
    assert facts["Engagements"] == "1"
    assert facts["Marking"] == "Unclassified"
    assert facts["Made for"] == "Reader, cleared up to Unclassified"
    assert facts["Made on"].date() == timezone.localdate()
    assert "Restricted notes are in no file." in [line[1] for line in lines]


def test_what_is_protected_is_marked_on_its_first_sheet_on_paper_and_in_its_name(client, manager):
    make_engagement(sensitivity=Sensitivity.PROTECTED_B)
    client.force_login(manager)

    response = client.get(URL)
    content = b"".join(response.streaming_content)

    assert response["Content-Disposition"].endswith('-protected-b.xlsx"')
    about = [line[0] for line in sheets_of(content)["About"]]
    assert (about[0], about[-1]) == ("PROTECTED B", "PROTECTED B")
    for name in ("sheet1", "sheet2"):
        assert parts_of(content)[f"xl/worksheets/{name}.xml"].count("PROTECTED B") >= 2


def test_it_is_sent_while_its_rows_are_read(client, reader, monkeypatch):
    monkeypatch.setattr(records, "FIRST_LOT", 1)
    monkeypatch.setattr(records, "LOT", 1)
    last, *_others = [make_engagement(title_en=title) for title in "DCBA"]
    client.force_login(reader)
    sent = iter(client.get(URL, {"sort": "title"}).streaming_content)

    first = next(sent)
    Engagement.objects.filter(pk=last.pk).update(title_en="Changed since")

    rows = table_of(first + b"".join(sent))
    assert [row["Title in English"] for row in rows] == ["A", "B", "C", "Changed since"]


def test_what_is_marked_higher_while_it_is_sent_is_told_on_its_first_sheet(client, manager):
    engagement = make_engagement()
    client.force_login(manager)
    response = client.get(URL)

    Engagement.objects.filter(pk=engagement.pk).update(sensitivity=Sensitivity.PROTECTED_B)

    about = [line[0] for line in sheets_of(b"".join(response.streaming_content))["About"]]
    assert (about[0], about[-1]) == ("PROTECTED B", "PROTECTED B")


def test_what_text_cannot_hold_as_it_is_comes_back_as_it_was_typed(download):
    typed = " a\x0b_x0041_<b>\r\n & “c” "
    make_engagement()
    Engagement.objects.update(purpose=typed)

    (row,) = table_of(download())

    assert row["Purpose"] == typed


def test_a_sheet_that_takes_too_much_room_goes_on_on_the_next(download, monkeypatch):
    monkeypatch.setattr(as_xlsx, "LINES", 1)
    monkeypatch.setattr(as_xlsx, "MOST_BYTES", 1)
    for title in "AB":
        make_engagement(title_en=title)

    found = sheets_of(download(sort="title", fields="title_en"))

    told = {name: [row[0] for row in lines[1:]] for name, lines in found.items() if name != "About"}
    assert told == {"Engagements": ["A"], "Engagements (2)": ["B"]}


def test_headings_stay_in_sight_with_filters_and_widths(download):
    make_engagement()

    sheet = parts_of(download())["xl/worksheets/sheet2.xml"]

    assert 'state="frozen"' in sheet
    assert "<autoFilter ref=" in sheet
    assert sheet.count("<col ") > 5
    assert 'orientation="landscape"' in sheet


def test_opens_on_the_rows(download):
    assert 'activeTab="1"' in parts_of(download())["xl/workbook.xml"]


def test_what_a_sheet_has_no_room_for_goes_on_on_the_next(download, monkeypatch):
    monkeypatch.setattr(as_xlsx, "MOST_ROWS", 3)
    for number in range(5):
        make_engagement(title_en=f"Visit {number}")

    found = sheets_of(download(sort="title", fields="title_en"))

    names = ["About", "Engagements", "Engagements (2)", "Engagements (3)"]
    assert list(found) == names
    assert [len(found[name]) for name in names[1:]] == [3, 3, 2]
    assert [row[0] for name in names[1:] for row in found[name][1:]] == [
        f"Visit {number}" for number in range(5)
    ]


def test_the_french_workbook_is_in_french(download):
    make_engagement(title_fr="Visite", partners=[make_partner(name_fr="Partenaire")])

    found = sheets_of(download("/fr/engagements/export.xlsx"))

    assert any("Partenaire" in row for rows in found.values() for row in rows)


def test_of_nothing_it_is_headings_alone(download):
    assert table_of(download()) == []


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(download, staff, count, django_assert_num_queries):
    for _ in range(count):
        make_engagement(logged_by=staff, partners=[make_partner()], countries=[make_country()])

    with django_assert_num_queries(14):
        assert len(table_of(download())) == count
