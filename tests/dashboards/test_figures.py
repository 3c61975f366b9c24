"""Every figure equals the list it links to, for whatever is logged and however it is filtered."""

import datetime as dt
from random import Random

import pytest
from django.db import transaction
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Role, Sensitivity
from common.partial_dates import FiscalYear, PartialDate
from dashboards import blocks
from dashboards.links import list_of
from engagements.filters import EngagementFilter
from engagements.kinds import Kind, Stage
from engagements.models import Engagement
from objectives.models import FrameworkKind
from tests.dashboards.lists import Lists
from tests.factories import (
    make_country,
    make_engagement,
    make_framework,
    make_objective,
    make_partner,
    make_user,
)

QUERIES = [
    "",
    "objective=S1",
    "objective=S1&objective=S2&objective=M1",
    "untagged=mandate",
    "untagged=mandate&objective=M1",
    "objective=A1",
    "fy=2025-26",
    "fy=2026-27&fy=2025-26",
    "fy=unknown",
    "fy=unknown&fy=2026-27",
    "from=2025-10-01&to=2026-06-30",
    "also=fy:2025-26",
    "stage=completed",
    "stage=approved&stage=cancelled",
    "stage=draft&stage=submitted",
    "stage=cancelled",
    "also=stage:approved&also=objective:P2",
    "kind=other&kind=incoming-visit",
    "country=NO&also=country:BJ",
    "partner=UNODC",
    "mine=1",
]


@pytest.fixture(scope="module")
def user(django_db_setup, django_db_blocker):
    """Cleared up to Protected A, so that some of what is logged may not be opened.

    Like all that is logged made once a file, and undone in the end: no test here changes any of it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_user("figures", Role.STAFF, clearance=Sensitivity.PROTECTED_A)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def logged(user, django_db_blocker):
    with django_db_blocker.unblock():
        log_sixty(user)


def log_sixty(user):
    """Engagements of every sort, the same at every run."""
    random = Random(1997)
    objectives = [
        make_objective(f"{letter}{number}", framework)
        for letter, kind in zip("PSMTJ", FrameworkKind, strict=True)
        for framework in [make_framework(f"FRAMEWORK-{letter}", kind)]
        for number in (1, 2, 3)
    ]
    earlier = make_framework("EARLIER", FrameworkKind.PRIORITY, adopted=False)
    objectives += [make_objective(code, earlier) for code in ("A1", "A2")]
    partners = [make_partner(code) for code in ("UNODC", "ICPA", "RCMP")]
    countries = [make_country(iso2) for iso2 in ("NO", "FR", "BJ")]
    authors = [user, make_user("author", Role.STAFF)]
    for _ in range(60):
        stage = random.choice([*Stage, Stage.COMPLETED, Stage.COMPLETED, Stage.COMPLETED])
        make_engagement(
            stage=stage,
            stage_reason="" if stage in {Stage.DRAFT, Stage.COMPLETED} else "A reason.",
            kind=random.choice([Kind.OTHER, Kind.INCOMING_VISIT, Kind.OUTGOING_VISIT]),
            start=random_start(random),
            sensitivity=random.choice([0, 0, 1, 2]),
            logged_by=random.choice(authors),
            objectives=random.sample(objectives, random.randint(2, 9)),
            partners=random.sample(partners, random.randint(0, 2)),
            countries=random.sample(countries, random.randint(0, 2)),
            csc_participants=random.choice([None, 1, 4]),
            actual_cost=random.choice([None, "12.50", "3000"]),
        )


def random_start(random):
    today = timezone.localdate()
    day = today - dt.timedelta(days=random.randint(-200, 900))
    return random.choice(
        [
            PartialDate.day(day),
            PartialDate.day(day),
            PartialDate.month(day.year, day.month),
            PartialDate.year(day.year),
            PartialDate.fiscal(FiscalYear.of(day).ends),
            PartialDate.unknown(),
        ]
    )


def scope_for(query, user):
    filters = EngagementFilter(
        QueryDict(query), Engagement.objects.visible_to(user), user=user, also_allowed=["filter"]
    )
    assert not filters.problems
    return blocks.scope_of(filters, timezone.localdate())


@pytest.mark.parametrize("query", QUERIES)
def test_every_count_equals_its_list(logged, user, query):
    scope, lists = scope_for(query, user), Lists(user)
    alignment = blocks.alignment(scope)
    counted = [
        *alignment["matrix"].figures,
        *(one.engagements for one in alignment["elsewhere"]),
        *blocks.time(scope)["counted"].figures,
        *blocks.completeness(scope)["counted"].figures,
    ]

    wrong = [f for f in counted if f.value != lists.measured(scope.filters, f)]
    coverage = blocks.coverage(scope)
    wrong += [
        f for f in coverage["counted"].figures if f.value != lists.measured(coverage["filters"], f)
    ]
    coming = blocks.time(scope)["coming"].figures
    wrong += [f for f in coming if f.value != lists.measured(scope.filters, f)]

    assert wrong == []


@pytest.mark.parametrize("query", QUERIES)
def test_every_key_figure_follows_from_its_list(logged, user, query):
    block = blocks.volume(scope_for(query, user))
    found, filters, lists = block["figures"], block["filters"], Lists(user)

    def reached(figure, column):
        values = lists.behind(filters, figure).values_list(column, flat=True)
        return [value for value in values if value is not None]

    for figure in found.engagements.figures:
        assert figure.value == lists.measured(filters, figure)
    for figure in found.partners.figures:
        assert figure.value == len(set(reached(figure, "partners")))
    for figure in found.countries.figures:
        assert figure.value == len(set(reached(figure, "countries")))
    for figure in found.people.figures:
        assert figure.value == sum(reached(figure, "csc_participants"))
    for figure in found.cost.figures:
        assert figure.value == sum(reached(figure, "actual_cost"))


def test_some_of_what_is_counted_is_not_nothing(logged, user):
    """The two tests above would pass on an empty portal."""
    scope = scope_for("", user)
    matrix = blocks.alignment(scope)["matrix"]

    assert len(matrix.cells) - len(matrix.empty_cells) > 4
    assert blocks.alignment(scope)["elsewhere"]
    assert blocks.volume(scope)["figures"].engagements.now.value > 1
    assert blocks.time(scope)["counted"].unknown.value > 1


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(parts=st.lists(st.sampled_from(QUERIES), min_size=2, max_size=3, unique=True))
def test_every_cell_equals_its_list_under_filters_put_together(logged, user, parts):
    scope = scope_for("&".join(part for part in parts if part), user)
    matrix, lists = blocks.alignment(scope)["matrix"], Lists(user)

    wrong = [f for f in matrix.figures if f.value != lists.measured(scope.filters, f)]

    assert wrong == []


def test_a_link_does_not_ask_twice_for_what_is_chosen_already(logged, user):
    scope = scope_for("objective=S1", user)
    cell = blocks.alignment(scope)["matrix"].cells[0]

    query = list_of(scope.filters, cell.engagements).partition("?")[2]

    assert QueryDict(query).getlist("objective") == ["S1", "M1"]
    assert "also" not in query
