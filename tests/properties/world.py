"""Whatever can be logged, and however it can be asked for."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone
from hypothesis import strategies as st

from accounts.models import Role, Sensitivity
from common.partial_dates import FiscalYear, PartialDate
from engagements.kinds import Kind, Stage
from engagements.models import Engagement, Participation
from objectives.models import FrameworkKind
from tests.factories import (
    make_country,
    make_engagement,
    make_framework,
    make_objective,
    make_partner,
    make_region,
    make_user,
)

FILTERS = [
    "objective=C1", "objective=B1&objective=B2", "objective=M1", "mapped=C1", "unmapped=priority",
    "untagged=mandate", "fy=2025-26", "fy=2026-27", "fy=2024-25&fy=2025-26", "fy=unknown",
    "from=2025-10-01", "to=2026-06-30", "month=2026-04", "month=unknown", "gap=cost", "gap=late",
    "known=people", "editable=1", "stage=completed", "stage=approved&stage=submitted",
    "stage=cancelled", "kind=incoming-visit&kind=information-exchange", "country=NO", "region=150",
    "partner=UN", "partner=UNODC", "mine=1", "also=objective:M1", "also=partner:UNODC",
]  # fmt: skip


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


def make_world() -> dict[str, list]:
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


def log(world, told: dict) -> Engagement:
    told = dict(told)
    role, author = told.pop("role"), world["people"][told.pop("author")]
    for name in ("objectives", "partners", "countries"):
        told[name] = [world[name][place] for place in told[name]]
    left_out = told["stage"] in {Stage.RETURNED, Stage.DECLINED, Stage.CANCELLED}
    made = make_engagement(**told, logged_by=author, stage_reason="A reason." if left_out else "")
    made.participations.update(role=role)
    return made
