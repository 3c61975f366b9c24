"""One objective: its wording, what serves it, where that is thin."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from accounts.models import Sensitivity
from common.partial_dates import FiscalYear
from engagements.kinds import Stage
from engagements.models import Alignment
from objectives.models import FrameworkKind
from tests.factories import make_engagement, make_framework, make_objective, make_partner


@pytest.fixture
def objective():
    return make_objective("S4", make_framework("FIVE", FrameworkKind.PRIORITY))


def address(code="S4"):
    return reverse("objectives:detail", args=[code])


def in_year(year: FiscalYear) -> dt.date:
    return year.days[0]


def this_year() -> FiscalYear:
    return FiscalYear.of(timezone.localdate())


def test_it_gives_the_wording_in_both_languages(client, reader, objective):
    client.force_login(reader)

    response = client.get(address())

    assertContains(response, '<p class="lead objective-wording">Wording of S4</p>')
    assertContains(response, '<p class="soft objective-wording" lang="fr">Libellé de S4</p>')


def test_in_french_the_french_stands_first(client, reader, objective):
    client.force_login(reader)
    with override("fr"):
        french = address()

    response = client.get(french)

    assertContains(response, '<p class="lead objective-wording">Libellé de S4</p>')
    assertContains(response, '<p class="soft objective-wording" lang="en">Wording of S4</p>')


def test_its_figures_count_what_serves_it(client, reader, objective):
    year, shared, other = this_year(), make_partner(), make_partner()
    now = make_engagement(start=in_year(year), objectives=[objective], partners=[shared])
    make_engagement(start=in_year(year.previous), objectives=[objective], partners=[shared, other])
    make_engagement(start=in_year(year), partners=[make_partner()])
    Alignment.objects.filter(engagement=now).update(primary=True)
    client.force_login(reader)

    figures = client.get(address()).context["figures"]

    assert (figures.this_year, figures.year_before, figures.all_years) == (1, 1, 2)
    assert (figures.of, figures.partners, figures.primary) == (3, 2, 1)


def test_it_counts_and_shows_nothing_its_reader_may_not_open(client, reader, objective):
    make_engagement(
        title_en="Hidden",
        objectives=[objective],
        sensitivity=Sensitivity.PROTECTED_B,
        partners=[make_partner()],
    )
    make_engagement(title_en="Hidden", objectives=[objective], stage=Stage.DRAFT)
    client.force_login(reader)

    response = client.get(address())

    figures = response.context["figures"]
    assert (figures.all_years, figures.of, figures.partners, figures.primary) == (0, 0, 0, 0)
    assertNotContains(response, "Hidden")
    assertContains(response, "Nothing serves it yet.")


def test_it_names_the_years_without_and_the_mandate_items_nothing_serves(client, reader, objective):
    mandate = make_framework("MANDATE", FrameworkKind.MANDATE)
    served, _unserved = make_objective("M1", mandate), make_objective("M2", mandate)
    year = this_year()
    for back in (1, 2, 4, 5):
        begun = in_year(FiscalYear(year.ends - back))
        make_engagement(start=begun, objectives=[objective, served])
    client.force_login(reader)

    response = client.get(address())

    figures = response.context["figures"]
    assert figures.years_without == [FiscalYear(year.ends - 3)]
    assert [(o.code, o.served) for o in figures.crossing.served] == [("M1", 4)]
    assert [o.code for o in figures.crossing.unserved] == ["M2"]
    assertContains(response, "objective=S4&amp;objective=M1")


def test_a_mandate_item_is_set_against_the_priorities(client, reader, objective):
    item = make_objective("M1", make_framework("MANDATE", FrameworkKind.MANDATE))
    make_engagement(objectives=[item])
    client.force_login(reader)

    assertContains(client.get(address("M1")), "Under the priorities:")
    assert item.pk


def test_no_year_before_its_framework_is_missed(client, reader):
    year = this_year()
    framework = make_framework("NEW", in_force_from=in_year(year.previous))
    make_engagement(start=in_year(year), objectives=[make_objective("N1", framework)])
    client.force_login(reader)

    assert client.get(address("N1")).context["figures"].years_without == [year.previous]


def test_it_lists_the_latest_ten_and_leads_to_the_rest(client, reader, objective):
    for day in range(1, 12):
        make_engagement(start=dt.date(2026, 4, day), objectives=[objective])
    client.force_login(reader)

    response = client.get(address())

    assert [e.start_earliest.day for e in response.context["latest"]] == list(range(11, 1, -1))
    assertContains(response, "The latest 10 of 11.")


def test_a_page_with_protected_records_is_marked(client, manager, objective):
    make_engagement(objectives=[objective], sensitivity=Sensitivity.PROTECTED_B)
    client.force_login(manager)

    assertContains(client.get(address()), 'id="page-marking" data-level="2"')


def test_one_of_a_set_not_adopted_says_so_and_calls_nothing_thin(client, reader):
    make_objective("C1", make_framework("SIX", FrameworkKind.PRIORITY, adopted=False))
    client.force_login(reader)

    response = client.get(address("C1"))

    assertContains(response, "not adopted yet")
    assertNotContains(response, "alert-warn")


def test_one_that_is_not_there_is_not_there(client, reader):
    client.force_login(reader)

    assert client.get(address("X99")).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_it_takes_the_same_number_of_queries_for_any_number_of_rows(
    client, reader, objective, rows
):
    make_objective(framework=make_framework(kind=FrameworkKind.MANDATE))
    for _ in range(rows):
        make_engagement(objectives=[objective, make_objective()], partners=[make_partner()])
    client.force_login(reader)

    with assertNumQueries(19):
        client.get(address())
