"""A partner's page: what was done with it, as far as the reader may see."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import Sensitivity
from common.partial_dates import FiscalYear, PartialDate
from engagements.kinds import Kind, Stage
from partners.models import FormerName
from tests.factories import (
    make_country,
    make_engagement,
    make_framework,
    make_objective,
    make_partner,
)


def url(code="PRI"):
    return reverse("partners:detail", args=[code])


@pytest.fixture
def signed_in(client, staff):
    client.force_login(staff)
    return client


@pytest.fixture
def pri():
    return make_partner(
        "PRI",
        name_en="Penal Reform International",
        name_fr="Réforme pénale internationale",
        acronym_en="PRI",
        acronym_fr="RPI",
    )


def total(client, address):
    """How many the list behind a figure holds."""
    return client.get(address).context["page"].paginator.count


def test_it_has_its_names_in_both_languages_and_its_own_and_those_it_had(signed_in, pri):
    pri.name_own, pri.own_language = "Пенитенциарная реформа", "ru"
    pri.save()
    FormerName.objects.create(
        partner=pri, name_en="Prison Reform", used_from="1980", used_until="1989-05"
    )

    response = signed_in.get(url())

    assertContains(response, '<p class="lead" lang="fr">Réforme pénale internationale')
    assertContains(response, '<p class="lead" lang="ru">Пенитенциарная реформа</p>')
    assertContains(response, "Prison Reform")
    assertContains(response, "1989-05")


def test_in_french_the_french_name_comes_first(signed_in, pri):
    with override("fr"):
        response = signed_in.get(url())

    assertContains(response, "<title>Réforme pénale internationale (RPI)")
    assertContains(response, '<p class="lead" lang="en">Penal Reform International')


def test_the_way_up_leads_through_every_partner_above(signed_in, pri):
    un = make_partner("UN", name_en="United Nations")
    ecosoc = make_partner("ECOSOC", name_en="Economic Council", parent=un)
    pri.parent = ecosoc
    pri.save()

    crumbs = [crumb["label"] for crumb in signed_in.get(url()).context["crumbs"]]

    assert crumbs == ["Partners", "United Nations", "Economic Council"]


def test_what_was_done_stands_by_fiscal_year_the_newest_first(signed_in, pri):
    make_engagement(title_en="Old", partners=[pri], start=dt.date(2001, 5, 1))
    make_engagement(title_en="New", partners=[pri], start=dt.date(2026, 5, 1))
    make_engagement(title_en="Undated", partners=[pri], start=PartialDate.unknown())
    make_engagement(title_en="Not with it")

    years = signed_in.get(url()).context["years"]

    assert [(y.year, [e.title_en for e in y.engagements]) for y in years] == [
        (FiscalYear(2027), ["New"]),
        (FiscalYear(2002), ["Old"]),
        (None, ["Undated"]),
    ]
    assert [total(signed_in, year.url) for year in years] == [1, 1, 1]


def test_it_counts_what_was_done_with_its_bodies_and_says_so(signed_in, pri):
    body = make_partner("BODY", name_en="Its body", parent=pri)
    make_engagement(title_en="With itself", partners=[pri])
    make_engagement(title_en="With its body", partners=[body])

    both = signed_in.get(url())
    alone = signed_in.get(url(), {"bodies": "no"})

    assert both.context["together"].all.count == 2
    assert total(signed_in, both.context["together"].all.url) == 2
    assertContains(both, "With this partner and the bodies beneath it.")
    assert alone.context["together"].all.count == 1
    assertNotContains(alone, "With its body</a>")
    # The list would roll the bodies up: no figure leads to a list it did not count.
    assert alone.context["together"].all.url == ""


def test_an_engagement_in_which_it_has_two_parts_counts_once(signed_in, pri):
    engagement = make_engagement(partners=[pri])
    engagement.participations.create(partner=pri, role="host")

    assert signed_in.get(url()).context["together"].all.count == 1


def test_what_one_may_not_see_leaves_no_trace(client, reader, pri):
    secret = make_objective("S9", short_en="Secret aim")
    make_engagement(
        title_en="Hidden talks",
        partners=[pri],
        objectives=[secret],
        kind=Kind.TRAINING_RECEIVED,
        sensitivity=Sensitivity.PROTECTED_A,
    )
    make_engagement(title_en="Draft", partners=[pri], stage=Stage.DRAFT)
    client.force_login(reader)

    response = client.get(url())

    together = response.context["together"]
    assert (together.all.count, together.received.count, together.left_out) == (0, 0, 0)
    assert (response.context["last"], response.context["served"]) == (None, [])
    assertNotContains(response, "Hidden talks")
    assertContains(response, "Nothing is logged with this partner")


def test_declined_and_cancelled_ones_are_in_no_figure_but_said(signed_in, pri):
    make_engagement(partners=[pri], stage=Stage.CANCELLED, stage_reason="Travel stopped")

    response = signed_in.get(url())

    assert response.context["together"].all.count == 0
    assertContains(response, "1 more was declined or cancelled")
    assert total(signed_in, response.context["together"].left_out_url) == 1


def test_given_and_received_lead_to_what_they_count(signed_in, pri):
    body = make_partner("BODY", parent=pri)
    for kind in [Kind.INCOMING_VISIT, Kind.DEPLOYMENT, Kind.TRAINING_RECEIVED, Kind.OTHER]:
        make_engagement(partners=[pri], kind=kind)
    exchange = make_engagement(kind=Kind.INFORMATION_EXCHANGE)
    exchange.participations.create(partner=body, role="requester")

    together = signed_in.get(url()).context["together"]

    assert (together.given.count, together.received.count) == (3, 1)
    assert total(signed_in, together.given.url) == 3
    assert total(signed_in, together.received.url) == 1


def test_what_its_bodies_were_given_is_left_out_of_the_partner_alone(signed_in, pri):
    make_engagement(partners=[make_partner(parent=pri)], kind=Kind.TRAINING_DELIVERED)

    together = signed_in.get(url(), {"bodies": "no"}).context["together"]

    assert (together.given.count, together.given.url) == (0, "")


def test_the_last_engagement_is_the_latest_that_has_begun(signed_in, pri):
    make_engagement(partners=[pri], start=dt.date(2020, 1, 1))
    make_engagement(partners=[pri], start=dt.date(2021, 1, 1), title_en="Latest")
    make_engagement(partners=[pri], start=dt.date(2099, 1, 1), stage=Stage.APPROVED)

    response = signed_in.get(url())

    assert response.context["last"].title_en == "Latest"
    assert response.context["together"].planned == 1


def test_objectives_served_lead_to_their_list_and_those_never_served_are_named(signed_in, pri):
    framework = make_framework()
    one, two, never = (make_objective(code, framework) for code in ("S1", "S2", "S3"))
    make_objective("N1", make_framework(adopted=False))
    make_engagement(partners=[pri], objectives=[one, two])
    make_engagement(partners=[pri], objectives=[two])

    response = signed_in.get(url())

    served = response.context["served"]
    assert [(s.objective.code, s.count, s.width) for s in served] == [("S2", 2, 120), ("S1", 1, 60)]
    assert [total(signed_in, s.url) for s in served] == [2, 1]
    assert response.context["never"] == [never]
    assertContains(response, "Never with PRI:")


def test_its_bodies_and_those_beside_it_are_listed(signed_in, pri):
    parent = make_partner("TOP", name_en="Top", acronym_en="TOP")
    pri.parent = parent
    pri.save()
    for number in range(7):
        make_partner(f"SIDE-{number}", parent=parent)
    body = make_partner("BODY", name_en="Its body", parent=pri)
    make_partner("GONE", parent=pri, archived_at="2026-01-01T12:00Z", archive_reason="Gone")
    make_engagement(partners=[body])

    response = signed_in.get(url())

    assert [(t.partner.code, t.count) for t in response.context["bodies"]] == [("BODY", 1)]
    assert (len(response.context["siblings"]), response.context["more_siblings"]) == (5, 2)


def test_an_archived_partner_says_why_and_offers_no_logging(signed_in, pri):
    pri.archived_at, pri.archive_reason = "2026-01-01T12:00Z", "Merged into another."
    pri.save()

    response = signed_in.get(url())

    assertContains(response, "Merged into another.")
    assertNotContains(response, '?partner=PRI">Log an engagement')


def test_each_person_is_offered_what_they_may_do(client, staff, reader, administrator, pri):
    log, edit = (
        f"{reverse('engagements:create')}?partner=PRI",
        reverse("partners:edit", args=["PRI"]),
    )

    client.force_login(staff)
    assertContains(client.get(url()), log)
    assertNotContains(client.get(url()), edit)
    client.force_login(reader)
    assertNotContains(client.get(url()), log)
    client.force_login(administrator)
    assertContains(client.get(url()), edit)
    assertContains(client.get(url()), reverse("admin:partners_partner_change", args=[pri.pk]))


def test_a_partner_that_is_not_there_is_not_found(signed_in):
    assert signed_in.get(url("NOBODY")).status_code == 404


@pytest.mark.parametrize("query", [{"colour": "red"}, {"bodies": "perhaps"}])
def test_an_address_that_makes_no_sense_says_why(signed_in, pri, query):
    assertContains(
        signed_in.get(url(), query),
        "address" if "colour" in query else "yes or no",
        status_code=400,
    )


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(signed_in, pri, count, django_assert_num_queries):
    framework = make_framework()
    for _ in range(count):
        body = make_partner(parent=pri, country=make_country())
        make_engagement(
            partners=[pri, body],
            objectives=[make_objective(framework=framework)],
            countries=[make_country()],
        )
        FormerName.objects.create(partner=pri, name_en="Before")

    with django_assert_num_queries(27):
        response = signed_in.get(url())

    assert response.context["together"].all.count == count
