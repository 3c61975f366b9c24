"""How complete: what lacks what it should have, and the reader's own drafts."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from accounts.models import User
from dashboards.figures import DONE, PLANNED, Figure, figure
from engagements import counting
from engagements.gaps import Gap, lacks
from engagements.kinds import COUNTED, Stage
from engagements.models import EngagementQuerySet
from objectives.models import FrameworkKind
from partners.models import Partner
from partners.verification import unverified

# The stages in which each can be missing; what is planned has cost nothing yet.
STAGES: dict[Gap, tuple[Stage, ...]] = {
    Gap.OUTCOME: DONE,
    Gap.LATE: PLANNED,
    Gap.COST: DONE,
    Gap.PEOPLE: DONE,
    Gap.TITLE_FR: COUNTED,
    Gap.TITLE_EN: COUNTED,
    Gap.COUNTRY: COUNTED,
    Gap.PARTNER: COUNTED,
    Gap.PARTNER_UNVERIFIED: COUNTED,
}


@dataclass(frozen=True, kw_only=True)
class Lack:
    """Something missing: of how many engagements, among which; and of how many the reader may add it.

    `what`: a gap, or a kind of framework that they have no objective of.
    """

    what: Gap | FrameworkKind
    engagements: Figure
    of: Figure
    to_do: Figure

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.engagements.count / self.of.count if self.of else 0

    @property
    def width(self) -> str:
        """Of its bar, in a drawing 120 wide."""
        return f"{120 * self.share:.1f}"

    @property
    def figures(self) -> Iterator[Figure]:
        yield from (self.engagements, self.of, self.to_do)


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """What is missing, the largest share first. `partners`: how many nobody verified for a year, or ever."""

    lacks: list[Lack]
    partners: int

    @property
    def figures(self) -> Iterator[Figure]:
        for lack in self.lacks:
            yield from lack.figures


@dataclass(frozen=True, kw_only=True)
class Drafts:
    """One person's drafts, which nobody else sees. `oldest`: when the one saved longest ago was saved."""

    all: Figure
    ageing: Figure
    oldest: dt.datetime | None

    @property
    def figures(self) -> Iterator[Figure]:
        yield from (self.all, self.ageing)


def completeness(
    engagements: EngagementQuerySet,
    reader: User,
    today: dt.date,
    tagged: Mapping[str, int] | None = None,
) -> Completeness:
    """Three queries, of staff five: what is missing, what of it they may add, and the partners.

    `tagged`: how many serve some objective of each kind of framework; where it is at hand, a query less.
    """
    missing = conditions(today)
    found = counts(engagements, missing, tagged)
    if reader.is_manager:
        to_do = found
    else:
        to_do = counts(engagements.editable_by(reader), missing) if reader.is_contributor else {}
    mine: dict[str, Any] = {} if reader.is_manager else {"editable": 1}

    def lack(what: Gap | FrameworkKind) -> Lack:
        stage = COUNTED if isinstance(what, FrameworkKind) else STAGES[what]
        narrow = asked(what)
        return Lack(
            what=what,
            engagements=figure(found[what.name], stage=stage, **narrow),
            of=figure(sum(found[one.name] for one in stage), stage=stage),
            to_do=figure(to_do.get(what.name), stage=stage, **narrow, **mine),
        )

    found_lacking = [lack(what) for what in (*STAGES, *FrameworkKind)]
    return Completeness(
        lacks=sorted(found_lacking, key=lambda one: (-one.share, -one.engagements.count)),
        partners=Partner.objects.filter(unverified(today)).count(),
    )


def conditions(today: dt.date) -> dict[Gap, Q]:
    """Each gap with the condition that there is one."""
    return {gap: Q(stage__in=stages) & lacks(gap, today) for gap, stages in STAGES.items()}


def counts(
    engagements: EngagementQuerySet,
    missing: dict[Gap, Q],
    tagged: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """How many lack each, and how many are in each stage that figures count, by the names of both.

    Two queries, or one where `tagged` is at hand: to look for the objectives of each kind row by row
    takes PostgreSQL seconds.
    """
    found = counting.aggregate(
        engagements,
        **{gap.name: Count("pk", filter=condition) for gap, condition in missing.items()},
        **{stage.name: Count("pk", filter=Q(stage=stage)) for stage in COUNTED},
    )
    total = sum(found[stage.name] for stage in COUNTED)
    tagged = tagged_by_kind(engagements) if tagged is None else tagged
    return found | {kind.name: total - tagged.get(kind.value, 0) for kind in FrameworkKind}


def tagged_by_kind(engagements: EngagementQuerySet) -> dict[str, int]:
    """How many serve some objective of each kind of framework."""
    return counting.tagged(engagements.filter(stage__in=COUNTED))


def asked(what: Gap | FrameworkKind) -> dict[str, Any]:
    """How the list's address asks for those that lack it."""
    return {"untagged" if isinstance(what, FrameworkKind) else "gap": what.value}


def own_drafts(drafts: EngagementQuerySet, today: dt.date) -> Drafts:
    """Two queries at most, over the reader's own drafts."""
    found = counting.aggregate(
        drafts,
        all=Count("pk"),
        ageing=Count("pk", filter=lacks(Gap.DRAFT_AGEING, today)),
    )
    by_change = drafts.order_by("changed_at").values_list("changed_at", flat=True)
    return Drafts(
        all=figure(found["all"], stage=[Stage.DRAFT]),
        ageing=figure(found["ageing"], stage=[Stage.DRAFT], gap=Gap.DRAFT_AGEING.value),
        oldest=by_change.first() if found["all"] else None,
    )
