"""Every figure of every block equals the count, sum or reach of the list it leads to.

Whatever is logged, whoever reads, however it is filtered, and in whichever words.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

import pytest
from django.db import models
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Role, Sensitivity
from common.partial_dates import FiscalYear, PartialDate
from dashboards import blocks
from dashboards.figures import Figure
from dashboards.options import OPTIONS as OPTION_NAMES
from dashboards.options import options_of
from engagements.filters import EngagementFilter
from engagements.kinds import Kind, Stage
from engagements.models import Engagement, Participation
from objectives.models import FrameworkKind
from tests.dashboards.lists import Lists
from tests.factories import (
    make_country,
    make_engagement,
    make_framework,
    make_objective,
    make_partner,
    make_region,
    make_user,
)
from tests.properties.sending import undone

FILTERS = [
    "objective=C1", "objective=B1&objective=B2", "objective=M1", "mapped=C1", "unmapped=priority",
    "untagged=mandate", "fy=2025-26", "fy=2026-27", "fy=2024-25&fy=2025-26", "fy=unknown",
    "from=2025-10-01", "to=2026-06-30", "month=2026-04", "month=unknown", "gap=cost", "gap=late",
    "known=people", "editable=1", "stage=completed", "stage=approved&stage=submitted",
    "stage=cancelled", "kind=incoming-visit&kind=information-exchange", "country=NO", "region=150",
    "partner=UN", "partner=UNODC", "mine=1", "also=objective:M1", "also=partner:UNODC",
]  # fmt: skip
OPTIONS = [
    "", "by=cost", "by=partners", "words=today", "words=then", "split=none", "rows=B&columns=PILLARS",
    "rows=MANDATE&columns=B&by=cost", "words=today&by=partners", "silent=12",
]  # fmt: skip


@pytest.fixture
def world():
    """What engagements can be of: three pillars' worth of frameworks, bodies under bodies, three places."""
    pillars = make_framework("PILLARS", FrameworkKind.PILLAR)
    older = make_framework("B", FrameworkKind.PRIORITY, in_force_from=dt.date(2006, 4, 1))
    today = make_framework("C", FrameworkKind.PRIORITY, in_force_from=dt.date(2025, 4, 1))
    mandate = make_framework("MANDATE", FrameworkKind.MANDATE)
    of = {"P": pillars, "B": older, "C": today, "M": mandate}
    objectives = {
        code: make_objective(code, of[code[0]])
        for code in ("P1", "P2", "B1", "B2", "B3", "C1", "C2", "M1", "M2")
    }
    objectives["C1"].follows.set([objectives["B1"], objectives["B2"]])
    objectives["C2"].follows.set([objectives["B2"]])
    un = make_partner("UN")
    unodc = make_partner("UNODC", parent=un)
    europe, americas = make_region("150"), make_region("019")
    return {
        "objectives": list(objectives.values()),
        "partners": [un, unodc, make_partner("FIELD", parent=unodc), make_partner("ICPA")],
        "countries": [
            make_country("NO", region=europe),
            make_country("FR", region=europe),
            make_country("JM", region=americas),
        ],
        "people": [
            make_user("reader", Role.READER, clearance=Sensitivity.UNCLASSIFIED),
            make_user("manager", Role.MANAGER, clearance=Sensitivity.PROTECTED_B),
        ],
    }


def some(count: int, of: int) -> st.SearchStrategy[list[int]]:
    """Places of up to `of` things among `count`, each once."""
    return st.lists(st.integers(0, count - 1), max_size=of, unique=True)


starts = st.integers(-400, 900).flatmap(
    lambda back: st.sampled_from(
        [
            PartialDate.day(day := timezone.localdate() - dt.timedelta(days=back)),
            PartialDate.month(day.year, day.month),
            PartialDate.year(day.year),
            PartialDate.fiscal(FiscalYear.of(day).ends),
            PartialDate.unknown(),
        ]
    )
)
engagements = st.fixed_dictionaries(
    {
        "stage": st.sampled_from([Stage.COMPLETED, Stage.COMPLETED, *Stage]),
        "kind": st.sampled_from(
            [Kind.INCOMING_VISIT, Kind.TRAINING_RECEIVED, Kind.INFORMATION_EXCHANGE, Kind.OTHER]
        ),
        "start": starts,
        "sensitivity": st.sampled_from(Sensitivity.values),
        "author": st.integers(0, 1),
        "objectives": some(9, 6),
        "partners": some(4, 3),
        "countries": some(3, 2),
        "role": st.sampled_from(Participation.PartnerRole.values),
        "csc_participants": st.sampled_from([None, 0, 2, 5]),
        "actual_cost": st.sampled_from([None, Decimal("0.00"), Decimal("12.50"), Decimal("3000")]),
        "planned_cost": st.sampled_from([None, Decimal("100"), Decimal("0.05")]),
        "outcome": st.sampled_from(["", "It went well."]),
        "title_fr": st.sampled_from(["", "Visite"]),
    }
)


def log(world, told: dict) -> None:
    told = dict(told)
    role, author = told.pop("role"), world["people"][told.pop("author")]
    for name in ("objectives", "partners", "countries"):
        told[name] = [world[name][place] for place in told[name]]
    left_out = told["stage"] in {Stage.RETURNED, Stage.DECLINED, Stage.CANCELLED}
    made = make_engagement(**told, logged_by=author, stage_reason="A reason." if left_out else "")
    made.participations.update(role=role)


def scope_for(asked: str, reader) -> blocks.Scope:
    data = QueryDict(asked)
    readable = Engagement.objects.visible_to(reader)
    filters = EngagementFilter(data, readable, user=reader, also_allowed=OPTION_NAMES)
    options = options_of(data)
    assert not filters.problems
    assert not options.problems
    return blocks.scope_of(filters, timezone.localdate(), options)


def figures_in(
    found: object, filters: EngagementFilter
) -> Iterator[tuple[EngagementFilter, Figure]]:
    """Every figure in a block, wherever it stands, with the filter that its link goes on from."""
    if isinstance(found, Figure):
        yield filters, found
    elif isinstance(found, models.Model | models.QuerySet | EngagementFilter):
        return
    elif isinstance(found, Mapping):
        for value in found.values():
            yield from figures_in(value, found.get("filters", filters))
    elif isinstance(found, list | tuple | set):
        for value in found:
            yield from figures_in(value, filters)
    elif dataclasses.is_dataclass(found) and not isinstance(found, blocks.Scope):
        for field in dataclasses.fields(found):
            yield from figures_in(getattr(found, field.name), filters)


@given(
    told=st.lists(engagements, min_size=1, max_size=9),
    filters=st.lists(st.sampled_from(FILTERS), max_size=2, unique=True),
    options=st.sampled_from(OPTIONS),
    who=st.integers(0, 1),
)
def test_every_figure_equals_its_list(world, told, filters, options, who):
    reader = world["people"][who]
    with undone():
        for one in told:
            log(world, one)
        scope = scope_for("&".join(filter(None, [*filters, options])), reader)
        lists = Lists(reader, also_allowed=OPTION_NAMES)

        wrong = [
            (name, figure, counted)
            for name, block in blocks.every_block(scope).items()
            for under, figure in figures_in(block, scope.filters)
            if figure.value != (counted := lists.measured(under, figure))
        ]

    assert wrong == []
