"""Each block as a file: what it holds, how it is marked, whom it is for."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Sensitivity
from common.partial_dates import PartialDate
from dashboards.blocks import BLOCKS
from dashboards.downloads import FILE_NAMES
from dashboards.exports import LINES, as_csv
from objectives.models import Framework, Objective
from tests.dashboards.frameworks import serving
from tests.factories import make_engagement, make_partner

pytestmark = pytest.mark.usefixtures("two_of_each")

COUNTED = "Figures count only what you may open: up to Protected A."


@pytest.fixture
def download(client, staff):
    client.force_login(staff)

    def download(block="alignment", query="", language="en"):
        with override(language):
            response = client.get(reverse(f"dashboards:{block}_csv") + query)
        assert response.status_code == 200
        return response

    return download


def lines_of(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_every_block_has_lines_an_address_and_a_name():
    blocks = set(BLOCKS)

    assert LINES
    assert set(LINES) == blocks
    assert blocks <= set(FILE_NAMES)
    for name in LINES:
        assert reverse(f"dashboards:{name}_csv") == f"/en/dashboard/{name}.csv"


@pytest.mark.parametrize("block", sorted(LINES))
def test_a_file_says_beneath_its_lines_how_they_were_counted(download, block):
    serving("P1", "S1", "M1")
    lines = lines_of(download(block, "?kind=outgoing-visit"))

    assert lines[-3:-1] == [[COUNTED], ["Filter: Kind: Outgoing visit"]]
    assert lines[-1][0].startswith("Counted on 20")


@pytest.mark.parametrize("block", sorted(LINES))
def test_a_file_of_nothing_still_says_what_it_is(download, block):
    lines = lines_of(download(block))

    assert all(lines[0])
    assert ["Filter: none: everything is counted"] in lines


@pytest.mark.parametrize("block", sorted(LINES))
def test_a_file_over_protected_records_is_marked_above_below_and_in_its_name(
    client, manager, block
):
    serving("P1", "S1", "M1", sensitivity=Sensitivity.PROTECTED_B)
    client.force_login(manager)

    response = client.get(reverse(f"dashboards:{block}_csv"))

    lines = lines_of(response)
    assert lines[0] == lines[-1] == ["PROTECTED B"]
    assert response["Content-Disposition"].endswith('-protected-b.csv"')


@pytest.mark.parametrize("block", sorted(LINES))
def test_a_file_is_the_same_whether_or_not_something_is_hidden(download, block):
    serving("P1", "S1", "M1", csc_participants=2, actual_cost="100")
    without_it = download(block)
    hidden = make_partner("HIDDEN", name_en="Borealis")
    serving(
        "P1", "S1", "M1", sensitivity=2, partners=[hidden], csc_participants=5, actual_cost="900"
    )

    with_it = download(block)

    assert with_it.content == without_it.content
    assert with_it["Content-Disposition"] == without_it["Content-Disposition"]


@pytest.mark.parametrize("block", sorted(LINES))
def test_a_file_speaks_french(download, block):
    serving("P1", "S1", "M1")

    response = download(block, language="fr")

    assert response.request["PATH_INFO"].startswith("/fr/")
    assert response.content.decode("utf-8-sig") != download(block).content.decode("utf-8-sig")


@pytest.mark.parametrize("block", sorted(LINES))
@pytest.mark.parametrize("query", ["?objective=NOPE", "?colour=blue", "?rows=NOPE"])
def test_what_makes_no_sense_in_the_address_is_refused(client, staff, block, query):
    client.force_login(staff)

    response = client.get(reverse(f"dashboards:{block}_csv") + query)

    assert response.status_code == 400
    assert "Content-Disposition" not in response


def test_an_unknown_block_is_not_there(client, staff):
    client.force_login(staff)

    assert client.get("/en/dashboard/weather.csv").status_code == 404


def test_the_matrix_downloads_as_it_is_filtered(download):
    un = make_partner("UN")
    serving("P1", "S1", "M1", kind="incoming-visit", actual_cost="12.50", partners=[un])
    serving("P1", "S1", "M1", "M2", kind="incoming-visit", partners=[un])
    serving("P1", "S1", "M1", kind="outgoing-visit")

    lines = lines_of(download("alignment", "?kind=incoming-visit"))

    kinds = [
        "Strategic priority",
        "Name (strategic priority)",
        "Mandate item",
        "Name (mandate item)",
    ]
    amounts = ["Engagements", "Actual cost (CAD)", "Engagements with a known cost", "Partners"]
    assert lines[0] == [*kinds, *amounts, "Engagements, P1", "Engagements, P2"]
    assert lines[1] == ["S1", "Short S1", "M1", "Short M1", "2", "12.50", "1", "1", "2", "0"]
    assert [line[0] for line in lines[1:5]] == ["S1", "S1", "S2", "S2"]


def test_the_totals_of_the_matrix_stand_beneath_it(download):
    serving("P1", "S1", "M1", "M2", actual_cost="10")
    serving("S2", start=dt.date(2001, 5, 1))

    lines = lines_of(download("alignment"))

    assert lines[5:10] == [
        ["S1", "Short S1", "all", "", "1", "10.00", "1", "0", "", ""],
        ["S2", "Short S2", "all", "", "1", "0", "0", "0", "", ""],
        ["all", "", "M1", "Short M1", "1", "10.00", "1", "0", "", ""],
        ["all", "", "M2", "Short M2", "1", "10.00", "1", "0", "", ""],
        ["all", "", "all", "", "2", "10.00", "1", "0", "", ""],
    ]
    assert lines[10] == [COUNTED]


def test_the_years_of_each_objective_have_a_file_of_their_own(download):
    serving("P1", "S1", "M1")
    serving("S2", start=dt.date(2001, 5, 1))

    lines = lines_of(download("coverage"))

    assert lines[0][:2] == ["Objective", "Name"]
    assert [line[0] for line in lines[1:5]] == ["S1", "S2", "M1", "M2"]
    assert lines[2][2:] == ["0", "0", "0", "0", "0", "1"]
    assert lines[5] == [COUNTED]


@pytest.mark.parametrize("block", sorted(LINES))
def test_every_line_of_figures_is_as_wide_as_the_headings(download, block):
    serving("P1", "S1", "M1", partners=[make_partner()], start=PartialDate.unknown())
    serving("P2", "S2", "M1", start=dt.date(2026, 5, 1))

    lines = lines_of(download(block))

    figures = lines[: lines.index([COUNTED])]
    assert len(figures) > 1
    assert {len(line) for line in figures} == {len(lines[0])}


def test_without_frameworks_there_is_no_matrix_to_download(client, staff):
    make_engagement()
    Objective.objects.all().delete()
    Framework.objects.all().delete()
    client.force_login(staff)

    assert client.get(reverse("dashboards:alignment_csv")).status_code == 404


def test_no_text_runs_as_a_formula(download):
    Objective.objects.filter(code="S1").update(short_en='=HYPERLINK("x")')
    serving("P1", "S1", "M1")

    lines = lines_of(download("alignment"))

    assert lines[1][1] == '\'=HYPERLINK("x")'


def test_numbers_stay_numbers_below_nothing_too():
    assert as_csv([["Change", -3, Decimal("-12.50"), "-3"]]) == "\ufeffChange,-3,-12.50,'-3\r\n"


def test_the_page_leads_to_each_file_with_its_filter_and_options(client, staff):
    serving("P1", "S1", "M1")
    client.force_login(staff)
    query = "?kind=outgoing-visit&words=today"

    page = client.get(reverse("dashboards:overview") + query).content.decode()

    for name in LINES:
        address = reverse(f"dashboards:{name}_csv") + query.replace("&", "&amp;")
        assert f'href="{address}" download>Download CSV' in page
