import pytest
from django.http import QueryDict

from dashboards.options import Options, options_of
from objectives.models import FrameworkKind
from tests.factories import make_engagement, make_framework

URL = "/en/dashboard/"
SPLIT_BY_AN_AXIS = (
    "The cells cannot be split by what is in the rows or columns. Choose another framework."
)


@pytest.fixture(autouse=True)
def _frameworks(db):
    make_framework("ROWS", FrameworkKind.PRIORITY)
    make_framework("COLUMNS", FrameworkKind.MANDATE)


def asked(query):
    return options_of(QueryDict(query))


def test_nothing_asked_is_what_the_page_would_choose(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert asked("rows=&by=&fy=2026-27") == Options()
    assert Options().query == ""


def test_what_is_asked_is_said_back_as_the_address_has_it():
    query = "rows=COLUMNS&columns=ROWS&split=none&by=cost&words=today&silent=36"

    assert asked(query).query == query


def test_what_the_page_would_choose_is_not_said_back():
    assert asked("by=count&words=&silent=24&split=").query == ""


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("rows=NOPE", "There is no framework “NOPE”."),
        ("columns=%00", "There is no framework “”."),
        ("split=NOPE", "There is no framework “NOPE”."),
        ("rows=none", "There is no framework “none”."),
        ("rows=ROWS&columns=ROWS", "Rows and columns are the same framework. Choose two that differ."),
        ("rows=ROWS&split=ROWS", SPLIT_BY_AN_AXIS),
        ("by=people", "“people” cannot be counted. Write count, cost or partners."),
        ("words=now", "Figures are read as then or as today, not as “now”."),
        ("silent=0", "“0” is not a number of months from 1 to 600."),
        ("silent=601", "“601” is not a number of months from 1 to 600."),
        ("silent=٢", "“٢” is not a number of months from 1 to 600."),
        ("silent=1e9", "“1e9” is not a number of months from 1 to 600."),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_said_in_a_sentence_and_counts_nothing(
    client, staff, query, sentence
):
    make_engagement()
    client.force_login(staff)

    response = client.get(f"{URL}?{query}")

    assert [problem.message for problem in asked(query).problems] == [sentence]
    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert "alignment" not in response.context


def test_every_link_that_stays_on_the_page_keeps_the_options(client, staff):
    make_engagement(kind="other")
    client.force_login(staff)

    page = client.get(URL + "?kind=other&by=cost&words=today").content.decode()

    assert 'href="/en/dashboard/?by=cost&amp;words=today"' in page  # the chip, and "Clear all"
    assert 'href="/en/dashboard/?kind=other&amp;by=cost&amp;words=today&amp;filter=open"' in page


def test_choosing_a_filter_keeps_the_options(client, staff):
    make_engagement(kind="other")
    client.force_login(staff)

    page = client.get(URL + "?by=cost&filter=open").content.decode()
    chosen = client.get(
        URL + "?kind=other&by=cost", headers={"HX-Request": "true", "HX-Trigger": "filter-form"}
    )

    assert '<input type="hidden" name="by" value="cost">' in page
    assert chosen["HX-Push-Url"] == "/en/dashboard/?kind=other&by=cost&filter=open"


def test_the_list_knows_no_options(client, staff):
    client.force_login(staff)

    assert client.get("/en/engagements/?by=cost").status_code == 400
