"""Every framework with its objectives, and how many engagements serve each."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.translation import override
from pytest_django.asserts import assertContains, assertNotContains, assertNumQueries

from accounts.models import Sensitivity
from engagements.kinds import Stage
from objectives.models import FrameworkKind
from tests.factories import make_engagement, make_framework, make_objective

ADDRESS = "/en/objectives/"


def served(response):
    return {
        objective.code: objective.served
        for _kind, frameworks in response.context["kinds"]
        for framework in frameworks
        for objective in framework.objectives.all()
    }


def test_it_counts_what_serves_each_and_says_where_nothing_does(client, reader):
    pillar = make_framework("PILLARS")
    one, two = make_objective("P1", pillar), make_objective("P2", pillar)
    make_engagement(objectives=[one])
    make_engagement(objectives=[one])
    client.force_login(reader)

    response = client.get(ADDRESS)

    assert served(response) == {"P1": 2, "P2": 0}
    assertContains(response, two.wording_en)
    assertContains(response, "none yet", count=1)


def test_it_counts_neither_drafts_nor_declined_nor_what_its_reader_may_not_open(client, reader):
    objective = make_objective("P1")
    make_engagement(objectives=[objective])
    make_engagement(objectives=[objective], stage=Stage.DRAFT, logged_by=reader)
    make_engagement(objectives=[objective], stage=Stage.DECLINED, stage_reason="No.")
    make_engagement(objectives=[objective], sensitivity=Sensitivity.PROTECTED_A)
    client.force_login(reader)

    assert served(client.get(ADDRESS)) == {"P1": 1}


def test_each_count_leads_to_the_list_of_exactly_what_it_counts(client, reader):
    objective = make_objective("P1")
    counted = make_engagement(objectives=[objective])
    declined = make_engagement(objectives=[objective], stage=Stage.DECLINED, stage_reason="No.")
    client.force_login(reader)

    address = "/en/engagements/?objective=P1&stage=completed&stage=approved&stage=submitted&stage=returned"
    assertContains(client.get(ADDRESS), address.replace("&", "&amp;"))

    response = client.get(address)
    assertContains(response, counted.reference)
    assertNotContains(response, declined.reference)


def test_frameworks_stand_by_kind_what_is_in_force_first(client, reader):
    priority = FrameworkKind.PRIORITY
    make_framework(
        "FIRST", priority, in_force_from=dt.date(2000, 4, 1), in_force_to=dt.date(2006, 3, 31)
    )
    make_framework("NOW", priority, in_force_from=dt.date(2006, 4, 1))
    make_framework("NEXT", priority, adopted=False)
    make_framework("PILLARS")
    client.force_login(reader)

    kinds = client.get(ADDRESS).context["kinds"]

    assert [(kind, [f.code for f in frameworks]) for kind, frameworks in kinds] == [
        ("pillar", ["PILLARS"]),
        ("strategic priority", ["NOW", "FIRST", "NEXT"]),
    ]


def test_it_says_which_wording_is_a_translation(client, reader):
    make_framework(official_en=True, official_fr=False)
    client.force_login(reader)

    assertContains(client.get(ADDRESS), "the French is a translation, not official")


def test_without_frameworks_it_says_what_to_do(client, reader):
    client.force_login(reader)

    assertContains(client.get(ADDRESS), "There is no framework yet")


def test_it_speaks_french(client, reader):
    make_objective("P1", make_framework("PILLARS"))
    client.force_login(reader)
    with override("fr"):
        address = reverse("objectives:list")

    assertContains(client.get(address), "Libellé de P1")


@pytest.mark.parametrize("rows", [1, 3])
def test_it_takes_the_same_number_of_queries_for_any_number_of_rows(client, reader, rows):
    for _ in range(rows):
        make_engagement(objectives=[make_objective(), make_objective()])
    client.force_login(reader)

    with assertNumQueries(6):
        client.get(ADDRESS)
