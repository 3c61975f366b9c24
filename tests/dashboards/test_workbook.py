"""All blocks as one workbook: what is in it, how it prints, and that nothing in it runs."""

import datetime as dt

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from accounts.models import Sensitivity
from common.partial_dates import FiscalYear, PartialDate
from dashboards.exports import LINES
from dashboards.workbook.book import titles
from dashboards.workbook.sheets import unique
from engagements.filters import EngagementFilter
from engagements.kinds import Kind, Stage
from engagements.models import Engagement
from objectives.models import Framework, Objective
from tests.dashboards.frameworks import serving
from tests.dashboards.workbooks import Workbook
from tests.factories import (
    make_country,
    make_engagement,
    make_partner,
)

pytestmark = pytest.mark.usefixtures("two_of_each")


@pytest.fixture
def taken(client, staff):
    client.force_login(staff)

    def taken(query="", language="en"):
        with override(language):
            response = client.get(reverse("dashboards:dashboard_xlsx") + query)
        assert response.status_code == 200
        return Workbook(response.content)

    return taken


def test_begins_with_what_it_is_and_what_is_in_it(taken):
    serving("S1", "M1")

    book = taken("?kind=outgoing-visit&words=today")

    rows = book.rows("About")
    facts = {row[0]: row[1] for row in rows if len(row) > 1}
    assert next(row for row in rows if row)[0] == "International engagements: the dashboard"
    assert facts["Filter"] == "Kind: Outgoing visit"
    assert facts["Objectives"] == "in today’s words"
    assert facts["Made for"] == "Staff, cleared up to Protected A"
    assert facts["Marking"] == "Unclassified"
    listed = [row[0] for row in rows[rows.index(["Sheet", "What it holds"]) + 1 :] if len(row) > 1]
    assert listed == book.names[1:]
    assert f"location=\"'{listed[0]}'!A1\"" in book.xml("About")


def test_says_the_day_and_time_as_a_real_moment(taken):
    book = taken()

    (days,) = [row[1] for row in book.rows("About") if row and row[0] == "Counted on"]

    assert dt.date(1899, 12, 30) + dt.timedelta(days=int(days)) == timezone.localdate()
    assert days != int(days)


def test_has_a_sheet_for_every_block_that_has_lines(taken):
    serving("S1", "M1")

    names = taken().names

    assert names[0] == "About"
    assert {titles()[name][0] for name in LINES} <= set(names)
    assert {"Matrix", "Years", "Months"} <= set(names)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_sheets_have_names_that_every_program_takes(taken, language):
    serving("S1", "M1")

    names = taken(language=language).names

    assert [n for n in names if len(n) > 31 or set(n) & set("[]:*?/\\'")] == []
    assert len({name.lower() for name in names}) == len(names)


def test_the_matrix_holds_numbers_and_their_lists(taken):
    serving("S1", "M1", kind="incoming-visit")
    serving("S1", "M1", kind="incoming-visit")
    serving("S1", "M1", kind="outgoing-visit")

    book = taken("?kind=incoming-visit")

    rows = book.rows("Matrix")
    assert rows[0] == ["Strategic priority", "M1 Short M1", "M2 Short M2", "Engagements"]
    assert rows[1] == ["S1 Short S1", 2, 0, 2]
    assert rows[3] == ["Engagements", 2, 0, 2]
    assert "colorScale" in book.xml("Matrix")
    assert all(
        link.startswith("http://testserver/en/engagements/?") for link in book.links("Matrix")
    )
    assert any("objective=S1&objective=M1" in link for link in book.links("Matrix"))


@pytest.mark.parametrize("query", ["", "?fy=2025-26", "?stage=completed", "?partner=UNODC"])
def test_every_linked_number_is_that_of_its_list(taken, staff, query):
    unodc, norway = make_partner("UNODC"), make_country("NO")
    years = [FiscalYear(2027), FiscalYear(2026), FiscalYear(2026), FiscalYear(2021)]
    for year in years:
        serving("S1", "M1", start=year.days[0], partners=[unodc], countries=[norway])
    serving("S2", "M1", start=years[0].days[1], stage=Stage.APPROVED, partners=[unodc])
    serving("S2", start=PartialDate.unknown())
    figures_of_lists = {"Key figures", "Time"}

    book = taken(query)

    linked = [
        pair for name in book.names if name not in figures_of_lists for pair in book.linked(name)
    ]
    assert len(linked) > 50
    wrong = [pair for pair in linked if pair[0] != listed(pair[1], staff)]
    assert wrong == []


def listed(address, reader):
    """How many engagements, or partners or countries, the page behind an address counts."""
    path, _mark, query = address.removeprefix("http://testserver").partition("?")
    asked = QueryDict(query)
    readable = Engagement.objects.visible_to(reader)
    found = EngagementFilter(asked, readable, user=reader).qs
    column = {"/en/dashboard/partners/": "partners", "/en/dashboard/places/": "countries"}.get(path)
    return (
        found.values(column).exclude(**{column: None}).distinct().count()
        if column
        else found.count()
    )


def test_the_years_hold_what_was_done_and_planned_with_a_chart(taken):
    year = FiscalYear.of(timezone.localdate())
    serving("S1", start=year.days[0])
    serving("S1", start=year.days[1], stage=Stage.APPROVED)

    book = taken()

    assert book.rows("Years")[-1] == [str(year), 1, 1]
    assert len(book.rows("Months")) == 13
    assert sum(name.startswith("xl/charts/chart") for name in book.parts) == 2
    assert "The same numbers are in the table beside it." in book.parts["xl/drawings/drawing1.xml"]


def test_money_is_a_number_in_dollars(taken):
    serving("S1", start=FiscalYear.of(timezone.localdate()).days[0], actual_cost="1234.50")

    book = taken()

    (cost,) = [row for row in book.rows("Key figures") if row[0] == "Actual cost (CAD)"]
    assert cost[1] == 1234.5
    assert "&quot;$&quot;#,##0.00" in book.parts["xl/styles.xml"]


def test_a_day_is_a_day_and_what_is_known_no_closer_is_text(taken):
    make_engagement(start=dt.date(2020, 5, 17), partners=[make_partner("A")])
    make_engagement(start=PartialDate.season(2002, "autumn"), partners=[make_partner("B")])

    book = taken()

    rows = {row[0]: row for row in book.rows("Partners")}
    place = rows["Code"].index("Last contact")
    assert rows["A"][place] == (dt.date(2020, 5, 17) - dt.date(1899, 12, 30)).days
    assert rows["B"][place] == "autumn 2002"
    assert 'formatCode="yyyy-mm-dd"' in book.parts["xl/styles.xml"]


def test_every_sheet_prints_lying_as_wide_as_paper_with_its_headings_and_marking(client, manager):
    serving("S1", "M1", sensitivity=Sensitivity.PROTECTED_B)
    client.force_login(manager)

    response = client.get(reverse("dashboards:dashboard_xlsx"))

    book = Workbook(response.content)
    for name in book.names:
        xml = book.xml(name)
        assert 'orientation="landscape"' in xml
        assert 'paperSize="1"' in xml
        assert 'fitToHeight="0"' in xml
        assert xml.count("PROTECTED B") == 2
    for name in book.names[1:]:
        assert 'state="frozen"' in book.xml(name)
    assert book.parts["xl/workbook.xml"].count("_xlnm.Print_Titles") == len(book.names) - 1
    assert response["Content-Disposition"].endswith('-protected-b.xlsx"')
    assert [row[0] for row in book.rows("About")].count("PROTECTED B") == 2


def test_carries_the_marking_of_what_it_tells_of_a_partner_beyond_its_filter(client, manager):
    unodc = make_partner("UNODC")
    serving("S1", "M1", partners=[unodc], kind=Kind.INCOMING_VISIT)
    serving("S1", partners=[unodc], kind=Kind.OUTGOING_VISIT, sensitivity=Sensitivity.PROTECTED_B)
    client.force_login(manager)

    response = client.get(reverse("dashboards:dashboard_xlsx") + "?kind=incoming-visit")

    book = Workbook(response.content)
    assert response["Content-Disposition"].endswith('-protected-b.xlsx"')
    assert [book.xml(name).count("PROTECTED B") for name in book.names] == [2] * len(book.names)


def test_what_may_not_be_seen_is_in_no_part_of_it_nor_in_its_name(client, staff, taken):
    open_to_all = serving("S1", "M1", partners=[make_partner("OPEN")])
    assert open_to_all.sensitivity == Sensitivity.UNCLASSIFIED
    before = taken()
    hidden = {"partners": [make_partner("HIDDEN", name_en="Borealis")], "sensitivity": 2}
    serving("S1", "M1", title_en="Nightfall", countries=[make_country("BJ")], **hidden)

    after = taken()

    assert without_the_moment(after) == without_the_moment(before)
    whole = "".join(after.parts.values())
    for word in ("Borealis", "Nightfall", "PROTECTED", "Benin"):
        assert word not in whole.replace("<a:t>Benin", "")
    response = client.get(reverse("dashboards:dashboard_xlsx"))
    assert response["Content-Disposition"].endswith(f'"dashboard-{timezone.localdate()}.xlsx"')


def without_the_moment(book):
    moments = {"docProps/core.xml", "xl/worksheets/sheet1.xml"}
    return {name: text for name, text in book.parts.items() if name not in moments}


@pytest.mark.parametrize(
    "typed",
    ["=1+1", "+1", "@SUM(1)", "http://example.org/", "<b>&\"'", "زيارة 🇳🇴", "x" * 300],
)
def test_whatever_is_typed_stays_text(taken, typed):
    Objective.objects.filter(code="S1").update(short_en=typed[:100])
    make_partner("ODD", name_en=typed)
    serving("S1", "M1", partners=[make_partner("ODDER", name_en=typed)])

    book = taken()

    assert f"S1 {typed[:100]}" in [row[0] for row in book.rows("Matrix") if row]
    assert not any("<f>" in text for name, text in book.parts.items() if "worksheets/sheet" in name)
    assert not any("example.org" in link for name in book.names for link in book.links(name))


def test_of_nothing_it_is_still_whole(taken):
    book = taken()

    assert book.names[0] == "About"
    assert book.rows("Matrix")[1] == ["S1 Short S1", 0, 0, 0]


def test_without_frameworks_the_rest_is_there(taken):
    make_engagement()
    Objective.objects.all().delete()
    Framework.objects.all().delete()

    names = taken().names

    assert "Matrix" not in names
    assert "Years" in names


def test_says_its_title_and_language_in_its_properties(taken):
    english, french = taken(), taken(language="fr")

    assert "International engagements" in english.parts["docProps/core.xml"]
    assert "en-CA" in english.parts["docProps/custom.xml"]
    assert "fr-CA" in french.parts["docProps/custom.xml"]


def test_a_heading_stands_once_in_a_table():
    assert unique(["Name", "name", "", "Name"]) == ["Name", "name (2)", "3", "Name (3)"]


@pytest.mark.parametrize("query", ["?objective=NOPE", "?colour=blue", "?rows=NOPE"])
def test_what_makes_no_sense_in_the_address_is_refused(client, staff, query):
    client.force_login(staff)

    assert client.get(reverse("dashboards:dashboard_xlsx") + query).status_code == 400


def test_takes_as_many_queries_for_three_as_for_one(client, staff, django_assert_num_queries):
    url = reverse("dashboards:dashboard_xlsx")
    client.force_login(staff)
    this_year = FiscalYear.of(timezone.localdate()).days[0]
    serving("S1", "M1", partners=[make_partner()], countries=[make_country("NO")], start=this_year)
    client.get(url)
    with django_assert_num_queries(39):
        client.get(url)
    serving("S1", "S2", "M1", "M2", "T1", partners=[make_partner()])
    serving("S2", "M2", countries=[make_country("FR")], stage=Stage.APPROVED)
    with django_assert_num_queries(39):
        client.get(url)
