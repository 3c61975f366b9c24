import datetime as dt

import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts.models import Sensitivity
from common.partial_dates import PartialDate
from dashboards.links import list_of
from engagements.kinds import Stage
from objectives.models import Framework, Objective
from tests.dashboards.frameworks import serving
from tests.factories import make_engagement

pytestmark = pytest.mark.usefixtures("two_of_each")

URL = "/en/dashboard/"


@pytest.fixture
def open_dashboard(client, staff):
    client.force_login(staff)

    def open_dashboard(query=""):
        return client.get(URL + query)

    return open_dashboard


def cell(response, row, column):
    matrix = response.context["alignment"]["matrix"]
    (found,) = [c for c in matrix.cells if (c.row.code, c.column.code) == (row, column)]
    return found


def test_shows_every_block(open_dashboard):
    serving("P1", "S1", "M1")

    page = open_dashboard().content.decode()

    for heading in ["Engagements completed", "For what", "Coverage over five fiscal years",
                    "Engagements by fiscal year", "How complete"]:  # fmt: skip
        assert heading in page


def test_a_cell_opens_exactly_the_engagements_it_counts(open_dashboard, client):
    wanted = serving("P1", "S1", "M1")
    serving("P1", "S1")
    serving("P1", "S1", "M1", stage=Stage.CANCELLED, stage_reason="The host withdrew.")
    response = open_dashboard()

    url = list_of(response.context["filters"], cell(response, "S1", "M1").engagements)

    assert f'href="{url.replace("&", "&amp;")}"' in response.content.decode()
    assert list(client.get(url).context["page"]) == [wanted]


def test_the_filter_narrows_every_figure(open_dashboard):
    serving("P1", "S1", "M1", kind="incoming-visit")
    serving("P2", "S1", "M1", kind="outgoing-visit")

    narrowed = open_dashboard("?kind=incoming-visit")

    assert cell(narrowed, "S1", "M1").engagements.value == 1
    assert [p.objective.code for p in cell(narrowed, "S1", "M1").parts] == ["P1"]


def test_counts_nothing_the_reader_may_not_open(client, reader):
    serving("P1", "S1", "M1")
    serving("P1", "S1", "M1", sensitivity=Sensitivity.PROTECTED_A)
    client.force_login(reader)

    assert cell(client.get(URL), "S1", "M1").engagements.value == 1


def test_a_fiscal_year_chosen_is_compared_with_the_one_before(open_dashboard):
    make_engagement(start=dt.date(2024, 5, 1))
    make_engagement(start=dt.date(2023, 5, 1))
    make_engagement(start=dt.date(2023, 6, 1))

    found = open_dashboard("?fy=2024-25").context["volume"]["figures"].engagements

    assert [figure.value for figure in found.figures] == [1, 2]


@pytest.mark.parametrize(
    "query", ["?fy=2024-25&fy=2023-24", "?from=2023-04-01", "?also=fy:2024-25"]
)
def test_other_dates_are_compared_with_nothing(open_dashboard, query):
    make_engagement(start=dt.date(2024, 5, 1))

    found = open_dashboard(query).context["volume"]["figures"].engagements

    assert [figure.value for figure in found.figures] == [1]


def test_says_what_nothing_serves(open_dashboard):
    serving("P1", "S1", "M1")
    serving("P1", "S1", "M1")

    page = open_dashboard().content.decode()

    assert "Nothing serves Short M2 (M2) or Short S2 (S2)." in page
    assert "All 3 empty cells" in page


def test_a_filter_that_makes_no_sense_counts_nothing(open_dashboard):
    serving("P1", "S1", "M1")

    response = open_dashboard("?objective=NOPE")

    assert response.status_code == 400
    assert "There is no objective “NOPE”." in response.content.decode()
    assert "alignment" not in response.context


def test_an_empty_portal_says_what_to_do_first(open_dashboard):
    page = open_dashboard().content.decode()

    assert "Figures appear with the first engagement that is logged." in page


def test_a_filter_that_matches_nothing_says_how_to_go_on(open_dashboard):
    serving("P1", "S1", "M1")

    page = open_dashboard("?stage=cancelled").content.decode()

    assert "No engagement that figures count matches this filter." in page


def test_without_frameworks_the_rest_is_there(open_dashboard):
    make_engagement()
    Objective.objects.all().delete()
    Framework.objects.all().delete()

    page = open_dashboard().content.decode()

    assert "there is nothing to set against each other" in page
    assert "Engagements by fiscal year" in page


def test_takes_as_many_queries_for_three_as_for_one(open_dashboard, django_assert_num_queries):
    serving("P1", "S1", "M1")
    open_dashboard()
    with django_assert_num_queries(30):
        open_dashboard()
    serving("P1", "P2", "S1", "S2", "M1", "M2", "T1", "J1")
    serving("P2", "S2", "M2", start=dt.date(2001, 5, 1), stage=Stage.APPROVED)
    with django_assert_num_queries(30):
        open_dashboard()


def test_speaks_french(client, staff):
    serving("P1", "S1", "M1")
    client.force_login(staff)
    with override("fr"):
        url = reverse("dashboards:overview")

    page = client.get(url).content.decode()

    assert url.startswith("/fr/")
    assert '<html lang="fr">' in page
    assert "Court S1" in page


def test_the_filter_opens_beside_the_figures_and_keeps_what_is_chosen(open_dashboard):
    serving("P1", "S1", "M1", kind="incoming-visit")

    page = open_dashboard("?kind=incoming-visit&filter=open").content.decode()

    assert 'id="filter-form" method="get" action="/en/dashboard/"' in page
    assert 'href="/en/dashboard/?kind=incoming-visit">Close the filter' in page


def test_choosing_with_htmx_brings_the_figures_and_the_address_to_share(client, staff):
    serving("P1", "S1", "M1", kind="incoming-visit")
    client.force_login(staff)

    response = client.get(
        URL + "?kind=incoming-visit&q=",
        headers={"HX-Request": "true", "HX-Trigger": "filter-form"},
    )

    assert response["HX-Push-Url"] == "/en/dashboard/?kind=incoming-visit&filter=open"
    page = response.content.decode()
    assert page.strip().startswith('<div id="results-and-filters"')
    assert 'id="filter-form"' in page
    assert "Counting 1 engagement" in page


def test_an_unknown_parameter_counts_nothing(open_dashboard):
    serving("P1", "S1", "M1")

    assert open_dashboard("?colour=blue").status_code == 400


@pytest.mark.parametrize("person", ["reader", "staff", "manager", "administrator", "approver"])
def test_is_open_to_everyone_who_is_signed_in(client, request, person):
    client.force_login(request.getfixturevalue(person))

    assert client.get(URL).status_code == 200


def test_says_how_many_start_in_no_month_that_is_known(open_dashboard):
    make_engagement(start=PartialDate.fiscal(2027))

    page = open_dashboard().content.decode()

    assert "Of 2026-27, 1 engagement starts in a month that is not known." in page


def test_coverage_leaves_the_fiscal_year_chosen_aside_and_is_marked_for_it(open_dashboard):
    serving("S1", "M1", start=dt.date(2025, 5, 1))
    serving("S1", "M1", start=dt.date(2022, 5, 1), sensitivity=Sensitivity.PROTECTED_A)

    whole, chosen = (
        open_dashboard(query).context["coverage"]["counted"] for query in ("", "?fy=2025-26")
    )
    page = open_dashboard("?fy=2025-26")

    def values(found):
        return [figure.value for figure in found.figures]

    assert values(chosen) == values(whole)
    assert "The fiscal year chosen is left aside here." in page.content.decode()
    assert page.context["marking"] == Sensitivity.PROTECTED_A
