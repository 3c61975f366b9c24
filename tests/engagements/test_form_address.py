"""The form beside the list and the figures, and the address that it leads to."""

import datetime as dt

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Sensitivity
from common.partial_dates import PartialDate
from tests.factories import make_engagement

URL = reverse("engagements:list")
DASHBOARD = reverse("dashboards:overview")
PAGES = [URL, DASHBOARD, reverse("dashboards:places"), reverse("dashboards:partners")]
FROM_FORM = {"HX-Request": "true", "HX-Trigger": "filter-form"}


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def years():
    """One begun in each fiscal year from 2022-23 on, the first of them going on to the last."""
    make_engagement(
        title_en="Long", start=dt.date(2022, 6, 1), end=PartialDate.day(dt.date(2025, 6, 1))
    )
    for year in (2023, 2024, 2025):
        make_engagement(title_en=f"Begun in {year}", start=dt.date(year, 6, 1))


def shown(client, url):
    return client.get(url, follow=True)


def titles(response):
    return {engagement.title_en for engagement in response.context["page"]}


@pytest.mark.usefixtures("years")
def test_one_year_chosen_is_that_fiscal_year_and_not_what_went_on_in_it(signed_in):
    response = signed_in.get(URL, {"q": "", "fy-from": "2024-25", "fy-to": "2024-25"})

    assertRedirects(response, f"{URL}?fy=2024-25")
    assert titles(shown(signed_in, response.url)) == {"Begun in 2024"}


@pytest.mark.usefixtures("years")
def test_a_span_is_its_fiscal_years_whichever_end_comes_first(signed_in):
    for ends in (("2023-24", "2024-25"), ("2024-25", "2023-24")):
        response = signed_in.get(URL, dict(zip(("fy-from", "fy-to"), ends, strict=True)))

        assertRedirects(response, f"{URL}?fy=2023-24&fy=2024-25")


@pytest.mark.usefixtures("years")
def test_an_open_end_is_the_earliest_or_latest_year_on_record(signed_in):
    since = signed_in.get(URL, {"fy-from": "2024-25", "fy-to": ""})
    until = signed_in.get(URL, {"fy-from": "", "fy-to": "2023-24"})

    assertRedirects(since, f"{URL}?fy=2024-25&fy=2025-26")
    assertRedirects(until, f"{URL}?fy=2022-23&fy=2023-24")


def test_an_open_end_tells_nothing_of_what_one_may_not_read(client, reader):
    make_engagement(start=dt.date(2024, 6, 1))
    make_engagement(start=dt.date(2026, 6, 1), sensitivity=Sensitivity.PROTECTED_B)
    client.force_login(reader)

    assertRedirects(client.get(URL, {"fy-from": "2024-25"}), f"{URL}?fy=2024-25")


@pytest.mark.usefixtures("years")
def test_the_dashboard_compares_the_year_chosen_with_the_one_before(signed_in):
    query = {"fy-from": "2024-25", "fy-to": "2024-25", "by": "cost", "country": ""}
    response = signed_in.get(DASHBOARD, query)

    assertRedirects(response, f"{DASHBOARD}?by=cost&fy=2024-25")
    found = shown(signed_in, response.url).context["volume"]["figures"].engagements
    assert [figure.value for figure in found.figures] == [1, 1]


@pytest.mark.usefixtures("years")
@pytest.mark.parametrize("url", PAGES)
def test_with_htmx_the_address_to_share_names_the_year(signed_in, url):
    query = {"q": "", "fy-from": "2024-25", "fy-to": "2024-25"}
    response = signed_in.get(url, query, headers=FROM_FORM)

    assert response.status_code == 200
    asked = response["HX-Push-Url"].removesuffix("&filter=open")
    assert asked == f"{url}?fy=2024-25"


@pytest.mark.usefixtures("years")
def test_the_form_shows_the_years_that_the_address_names(signed_in):
    page = shown(signed_in, f"{URL}?fy=2023-24&fy=2024-25")

    assertContains(page, '<option value="2023-24" selected>2023-24</option>', count=1, html=True)
    assertContains(page, '<option value="2024-25" selected>2024-25</option>', count=1, html=True)
    assertNotContains(page, 'id="f-fy-')


@pytest.mark.usefixtures("years")
def test_years_with_a_gap_between_them_and_the_unknown_one_stay_boxes(signed_in):
    page = shown(signed_in, f"{URL}?fy=2022-23&fy=2024-25&fy=unknown")

    for text in ("2022-23", "2024-25", "unknown"):
        assertContains(page, f'id="f-fy-{text}"')
    assertNotContains(page, "selected>20")


@pytest.mark.usefixtures("years")
def test_days_typed_into_the_address_keep_their_meaning_and_stay_beside_the_years(signed_in):
    page = shown(signed_in, f"{URL}?from=2024-25&to=2024-25")

    assert titles(page) == {"Long", "Begun in 2024"}
    assertContains(page, 'name="from" value="2024-25" checked')
    assertContains(page, 'name="to" value="2024-25" checked')
    assertNotContains(page, "selected>20")


@pytest.mark.usefixtures("years")
def test_three_years_in_a_row_are_one_choice_to_take_away(signed_in):
    page = shown(signed_in, f"{URL}?q=begun&fy=2025-26&fy=2023-24&fy=2024-25")

    chips = [(str(choice.value), rest) for choice, rest in page.context["filters"].chips]
    assert chips[0] == ("2023-24 to 2025-26", "q=begun")
    assert [value for value, _rest in chips] == ["2023-24 to 2025-26", "begun"]


@pytest.mark.parametrize("url", PAGES)
def test_fields_left_empty_are_not_in_the_address(signed_in, url):
    query = {"q": "", "fy-from": "", "fy-to": "", "from": "", "kind": "other", "country": ""}

    assertRedirects(signed_in.get(url, query), f"{url}?kind=other")
    assertRedirects(signed_in.get(url, {"q": ""}), url)


@pytest.mark.parametrize("text", ["2024", "2024-26", "\x00", "unknown"])
def test_what_is_no_fiscal_year_is_refused(signed_in, text):
    response = signed_in.get(URL, {"fy-from": text, "fy-to": "2024-25"})

    assert response.status_code == 400
    assertContains(response, "is not a filter", status_code=400)


def test_an_empty_parameter_that_is_none_of_the_forms_is_refused_still(signed_in):
    assert signed_in.get(URL, {"colour": ""}).status_code == 400
