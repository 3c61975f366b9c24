"""The dashboard takes as many queries for twenty objectives as for five, for three engagements as for one."""

import pytest
from django.utils import timezone

from common.partial_dates import FiscalYear
from objectives.models import FrameworkKind, Objective
from tests.factories import (
    make_country,
    make_engagement,
    make_framework,
    make_objective,
    make_partner,
    make_region,
)

URL = "/en/dashboard/"
# Signed in, the filter, its frameworks, every block, the marking; the same under a filter and options.
QUERIES = {"": 31, "?objective=S1": 34, "?by=cost": 31, "?by=partners": 32}
# Staff are told besides what of all that is missing they may add themselves.
BY_PERSON = {"reader": 31, "staff": 33, "approver": 31}


def objectives(number):
    """So many of each kind: S1 to S5, or to S20."""
    for letter, kind in zip("PSMTJ", FrameworkKind, strict=True):
        framework = make_framework(f"FRAMEWORK-{letter}", kind)
        for n in range(1, number + 1):
            make_objective(f"{letter}{n}", framework)


def engagements(number):
    """Each serves all of them but one, with a partner and its body, somewhere else, a year earlier."""
    top = make_partner()
    year = FiscalYear.of(timezone.localdate())
    for n in range(number):
        make_engagement(
            objectives=list(Objective.objects.exclude(code=f"S{n + 2}")),
            partners=[top, make_partner(parent=top)],
            countries=[make_country(("NO", "FR", "BJ")[n], region=make_region(f"15{n}"))],
            start=FiscalYear(year.ends - n).days[0],
            actual_cost=100,
        )


@pytest.mark.parametrize(("of_each_kind", "logged"), [(5, 1), (20, 3)])
def test_the_dashboard_takes_the_same_queries(
    client, manager, django_assert_num_queries, of_each_kind, logged
):
    objectives(of_each_kind)
    engagements(logged)
    client.force_login(manager)

    for query, number in QUERIES.items():
        client.get(URL + query)
        with django_assert_num_queries(number):
            assert client.get(URL + query).context["total"] == logged


@pytest.mark.parametrize("person", BY_PERSON)
def test_so_it_does_for_whoever_reads(request, client, django_assert_num_queries, person):
    objectives(5)
    engagements(3)
    client.force_login(request.getfixturevalue(person))
    client.get(URL)

    with django_assert_num_queries(BY_PERSON[person]):
        client.get(URL)
