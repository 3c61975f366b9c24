"""What waits for one person: what to do now, drafts, what is planned, what lacks a tag."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from functools import reduce
from operator import or_
from typing import Generic, TypeVar

from django.db.models import Count, Max, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from common.marking import marking_of
from dashboards.metrics.plans import planned_ahead, planned_undated
from dashboards.unsaved import Kept, unsaved
from dashboards.words import all_of
from engagements import counting
from engagements.foremost import foremost
from engagements.gaps import untagged as untagged_with
from engagements.kinds import Stage
from engagements.models import Alignment, Engagement, EngagementQuerySet, Participation
from objectives.models import FrameworkKind

T = TypeVar("T")

SHOWN = 10
SHOWN_ASIDE = 5
# How long after its end an engagement without outcome is worth a reminder; older ones are history.
OUTCOME_WITHIN = dt.timedelta(days=365)
STALE_DRAFT = dt.timedelta(days=30)
# What an engagement should be tagged against; themes and sectors are nice to have.
EXPECTED = (FrameworkKind.PILLAR, FrameworkKind.PRIORITY, FrameworkKind.MANDATE)


class Why(StrEnum):
    """Why an engagement needs somebody, the most pressing first."""

    RETURNED = "returned"
    OVERDUE = "overdue"
    NO_OUTCOME = "no-outcome"


@dataclass(frozen=True, kw_only=True)
class Task:
    engagement: Engagement
    why: Why
    # Since its last possible day; None while that is not over.
    days: int | None


@dataclass(frozen=True, kw_only=True)
class Draft:
    engagement: Engagement
    needed: str
    saved_today: bool
    days_untouched: int

    @property
    def is_stale(self) -> bool:
        return self.days_untouched >= STALE_DRAFT.days


@dataclass(frozen=True, kw_only=True)
class Untagged:
    engagement: Engagement
    kinds: list[FrameworkKind]


@dataclass(frozen=True, kw_only=True)
class Section(Generic[T]):
    """The first few of something, and how many there are in all."""

    items: list[T] = field(default_factory=list)
    total: int = 0
    # The highest sensitivity of them all.
    sensitivity: int = 0

    @property
    def further(self) -> int:
        return self.total - len(self.items)

    def __bool__(self) -> bool:
        return bool(self.items)


def section(items: list[T], found: EngagementQuerySet) -> Section[T]:
    """`items` are the first of what was found, shown; the rest is counted."""
    of_all = counting.aggregate(found, total=Count("pk"), sensitivity=Max("sensitivity"))
    return Section(items=items, total=of_all["total"], sensitivity=of_all["sensitivity"] or 0)


def needs_now(user: User, today: dt.date) -> Section[Task]:
    """Of what the person logged or leads: returned, past its day, or lately over without outcome."""
    returned = Q(stage=Stage.RETURNED)
    over = Q(stage__in=[Stage.SUBMITTED, Stage.APPROVED], spans_to__lt=today)
    silent = Q(
        stage=Stage.COMPLETED,
        outcome="",
        spans_to__lt=today,
        spans_to__gte=today - OUTCOME_WITHIN,
    )
    found = mine(user).filter(returned | over | silent)
    first = foremost(found, returned, over, silent, by="spans_to", number=SHOWN)
    return section([task(engagement, today) for engagement in first], found)


def task(engagement: Engagement, today: dt.date) -> Task:
    last = engagement.spans_to
    days = (today - last).days if last and last < today else None
    if engagement.stage == Stage.RETURNED:
        why = Why.RETURNED
    elif engagement.stage == Stage.COMPLETED:
        why = Why.NO_OUTCOME
    else:
        why = Why.OVERDUE
    return Task(engagement=engagement, why=why, days=days)


def drafts(user: User, today: dt.date) -> Section[Draft]:
    """The person's own, the one saved last first."""
    found = Engagement.objects.drafts_of(user)
    first = found.order_by("-changed_at", "-pk").prefetch_related(
        "participations", prefetched_alignments()
    )[:SHOWN]
    return section([draft(engagement, today) for engagement in first], found)


def draft(engagement: Engagement, today: dt.date) -> Draft:
    saved_on = timezone.localdate(engagement.changed_at)
    return Draft(
        engagement=engagement,
        needed=all_of(still_needed(engagement)),
        saved_today=saved_on == today,
        days_untouched=(today - saved_on).days,
    )


def still_needed(engagement: Engagement) -> list[str]:
    """What a draft lacks to be logged. Reads what was prefetched for drafts()."""
    kinds = {alignment.framework.kind for alignment in engagement.alignments.all()}
    needs = {
        _("a title"): not (engagement.title_en or engagement.title_fr),
        _("a kind"): not engagement.kind,
        _("a start"): not engagement.start_precision,
        _("a partner"): not engagement.participations.all(),
        _("a pillar"): FrameworkKind.PILLAR not in kinds,
    }
    return [words for words, missing in needs.items() if missing]


def planned_soon(user: User, today: dt.date) -> Section[Engagement]:
    """As the dashboard counts the next 90 days, in its order; of more than fit, their office's are kept."""
    found = for_rows(planned_ahead(Engagement.objects.visible_to(user), today))
    own_office = Q(lead_office=user.office_id, lead_office__isnull=False)
    kept = foremost(found, own_office, ~own_office, by="start_earliest", number=SHOWN)
    in_order = sorted(kept, key=lambda engagement: (engagement.start_earliest, engagement.pk))
    return section(in_order, found)


def undated(user: User) -> Section[Engagement]:
    """What is planned with no known start: counted, and none of it shown."""
    return section([], planned_undated(Engagement.objects.visible_to(user)))


def waiting_for_decision(user: User) -> Section[Engagement]:
    """What an approver is asked to decide, the soonest first."""
    found = for_rows(Engagement.objects.visible_to(user).filter(stage=Stage.SUBMITTED))
    return section(list(foremost(found, by="spans_from", number=SHOWN)), found)


def untagged(user: User) -> Section[Untagged]:
    """Of what the person logged or leads and may tag: no pillar, no priority or no mandate item."""
    lacks = reduce(or_, (untagged_with(kind) for kind in EXPECTED))
    found = mine(user).editable_by(user).counted().filter(lacks)
    shown = found.prefetch_related(prefetched_alignments())
    first = foremost(shown, by="start_earliest", number=SHOWN_ASIDE, latest=True)
    return section([lacking(engagement) for engagement in first], found)


def lacking(engagement: Engagement) -> Untagged:
    has = {alignment.framework.kind for alignment in engagement.alignments.all()}
    return Untagged(engagement=engagement, kinds=[kind for kind in EXPECTED if kind not in has])


def logged_lately(user: User) -> list[Engagement]:
    """By the person; for whoever logs nothing, by anybody, as far as they may see."""
    found = Engagement.objects.visible_to(user).logged()
    if user.is_contributor:
        found = found.filter(logged_by=user)
    return list(found.order_by("-logged_at", "-pk")[:SHOWN_ASIDE])


def decided_lately(user: User) -> list[Engagement]:
    found = Engagement.objects.visible_to(user).filter(decided_by=user)
    return list(found.order_by("-decided_at", "-pk")[:SHOWN_ASIDE])


def mine(user: User) -> EngagementQuerySet:
    """What the person logged or leads, and may still see; drafts stand apart."""
    visible = Engagement.objects.visible_to(user).logged()
    return visible.filter(Q(logged_by=user) | Q(lead_officer=user))


def for_rows(engagements: EngagementQuerySet) -> EngagementQuerySet:
    """With the places and partners a row names."""
    return engagements.select_related("lead_office").prefetch_related(
        "countries", Prefetch("participations", Participation.objects.select_related("partner"))
    )


def prefetched_alignments() -> Prefetch:
    return Prefetch("alignments", Alignment.objects.select_related("framework"))


@dataclass(frozen=True, kw_only=True)
class Worklist:
    """A person's page; what their role has no part in stays empty."""

    planned: Section[Engagement]
    undated: Section[Engagement]
    lately: list[Engagement]
    now: Section[Task] = Section()
    drafts: Section[Draft] = Section()
    untagged: Section[Untagged] = Section()
    waiting: Section[Engagement] = Section()
    decided: list[Engagement] = field(default_factory=list)
    unsaved: list[Kept] = field(default_factory=list)

    @property
    def marking(self) -> int:
        """Of what the page names and counts."""
        sections = (self.now, self.drafts, self.untagged, self.planned, self.undated, self.waiting)
        return marking_of(sections, self.lately, self.decided, self.unsaved)


def worklist(user: User, today: dt.date) -> Worklist:
    planned, lately = planned_soon(user, today), logged_lately(user)
    unknown, kept = undated(user), unsaved(user)
    if user.is_contributor:
        return Worklist(
            planned=planned,
            undated=unknown,
            lately=lately,
            now=needs_now(user, today),
            drafts=drafts(user, today),
            untagged=untagged(user),
            unsaved=kept,
        )
    if user.is_approver:
        return Worklist(
            planned=planned,
            undated=unknown,
            lately=lately,
            waiting=waiting_for_decision(user),
            decided=decided_lately(user),
            unsaved=kept,
        )
    return Worklist(planned=planned, undated=unknown, lately=lately, unsaved=kept)
