"""The questions asked of many engagements at once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, OuterRef, Q

from accounts.models import EDITORS, Role, User
from engagements.gaps import lacks, starts_in, untagged
from engagements.kinds import COUNTED, PLANNED, Stage
from engagements.models.alignment import Alignment
from engagements.models.hanging import HangingOn, of_codes
from engagements.models.participation import Participation
from engagements.queries import given_to_any, received_from_any
from engagements.search.finding import conditions

if TYPE_CHECKING:
    from common.search.names import Names
    from engagements.counting import Together
    from engagements.models.engagement import Engagement  # noqa: F401 - the name mypy looks up


class EngagementQuerySet(models.QuerySet["Engagement"]):
    # Who is reading

    def visible_to(self, user: User) -> EngagementQuerySet:
        """What the user may read: up to their clearance, and of drafts their own alone."""
        mine = Q(logged_by=user)
        return self.filter(
            ~Q(stage=Stage.DRAFT) & Q(sensitivity__lte=user.clearance) | Q(stage=Stage.DRAFT) & mine
        )

    def editable_by(self, user: User) -> EngagementQuerySet:
        """What the user may change: staff their office's and their own, managers all, else none."""
        visible = self.visible_to(user)
        if user.role in EDITORS:
            return visible
        if user.role == Role.STAFF:
            return visible.filter(
                Q(logged_by=user) | Q(lead_office=user.office_id, lead_office__isnull=False)
            )
        return visible.none()

    # Where they stand

    def drafts_of(self, user: User) -> EngagementQuerySet:
        return self.filter(stage=Stage.DRAFT, logged_by=user)

    def logged(self) -> EngagementQuerySet:
        """All but drafts, which belong to their author and to no figure."""
        return self.exclude(stage=Stage.DRAFT)

    def counted(self) -> EngagementQuerySet:
        """What figures count: logged, and neither declined nor cancelled."""
        return self.filter(stage__in=COUNTED)

    def planned(self) -> EngagementQuerySet:
        return self.filter(stage__in=PLANNED)

    def overdue(self, today: dt.date) -> EngagementQuerySet:
        """Planned, its last possible day gone by, and nobody has said what became of it."""
        return self.planned().filter(spans_to__lt=today)

    def lacking(self, gap: str, today: dt.date) -> EngagementQuerySet:
        """Those that have this gap (engagements.gaps.Gap) on this day."""
        return self.filter(lacks(gap, today))

    # When

    def starting_in(self, month: dt.date | None) -> EngagementQuerySet:
        """The start is known to fall in the month of this day; None: it is known to no month."""
        return self.filter(starts_in(month))

    def overlapping(self, first: dt.date | None, last: dt.date | None) -> EngagementQuerySet:
        """Whatever can have gone on between the two days; either may be open."""
        found = self
        if first:
            found = found.filter(spans_to__gte=first)
        if last:
            found = found.filter(spans_from__lte=last)
        return found

    # What, where, with whom (EXISTS, never a join: a record matches once)

    def serving(self, *codes: str) -> EngagementQuerySet:
        """Those aligned with any of these objectives."""
        rows = Alignment.objects.filter(engagement=OuterRef("pk"), objective__code__in=codes)
        return self.filter(HangingOn(rows, name="objective", values=of_codes(codes)))

    def aligned_with(self, objectives: Iterable[int]) -> EngagementQuerySet:
        """Those aligned with any of these objectives (keys)."""
        keys = tuple(objectives)
        rows = Alignment.objects.filter(engagement=OuterRef("pk"), objective__in=keys)
        return self.filter(HangingOn(rows, name="objective", values=keys))

    def untagged(self, kind: str) -> EngagementQuerySet:
        """Those with no objective of any framework of this kind."""
        return self.filter(untagged(kind))

    def with_partners(self, *pks: int) -> EngagementQuerySet:
        rows = Participation.objects.filter(engagement=OuterRef("pk"), partner__in=pks)
        return self.filter(HangingOn(rows, name="partner", values=pks))

    def given_to(self, *pks: int) -> EngagementQuerySet:
        """Those by which CSC gave any of these partners something; their roles are looked at."""
        return self.filter(given_to_any(pks))

    def received_from(self, *pks: int) -> EngagementQuerySet:
        """Those by which CSC received something from any of these partners."""
        return self.filter(received_from_any(pks))

    def in_countries(self, *pks: int) -> EngagementQuerySet:
        through = self.model.countries.through
        rows = through.objects.filter(engagement=OuterRef("pk"), country__in=pks)
        return self.filter(HangingOn(rows, name="country", values=pks))

    def matching(self, text: str, names: Names | None = None) -> EngagementQuerySet:
        """Those that the text finds: words in any order, "phrases", word*, -without (engagements/search).

        Each is in its text or number, or in a name of a partner or country of it; accents and case aside.
        `names` are those of today, where they have been read (engagements.search.finding.names_now).
        """
        return self.filter(*conditions(text, names))

    # What they come to: see engagements.counting, which reads the models

    def how_many(self) -> int:
        from engagements import counting

        return counting.count(self)

    def highest_sensitivity(self) -> int:
        from engagements import counting

        return counting.highest_sensitivity(self)

    def tally(self, name: str) -> Counter[Any]:
        """How many have each value of a column, or each objective, partner or country (keys)."""
        from engagements import counting

        return counting.tally(self, name)

    def newest(self, number: int) -> EngagementQuerySet:
        """So many that began last, in that order."""
        from engagements import counting

        first = counting.first(self, "start_earliest", number, largest=True)
        return first.newest_first()[:number]

    def with_each(
        self, groups: Mapping[int, Collection[int]], *, until: dt.date
    ) -> dict[int, Together]:
        """What there is with the partners of each group."""
        from engagements import counting

        return counting.with_each(self, groups, until=until)

    # What a page needs

    def for_list(self) -> EngagementQuerySet:
        """Everything one row of the list shows, in a fixed number of queries."""
        return self.select_related("lead_office").prefetch_related(
            "countries",
            models.Prefetch("participations", Participation.objects.select_related("partner")),
            models.Prefetch("alignments", Alignment.objects.in_order()),
        )

    def for_detail(self) -> EngagementQuerySet:
        return self.select_related(
            "lead_office", "lead_officer", "logged_by", "changed_by", "decided_by"
        ).prefetch_related(
            "countries",
            models.Prefetch(
                "participations",
                Participation.objects.select_related("partner__parent").prefetch_related(
                    "partner__former_names"
                ),
            ),
            models.Prefetch("alignments", Alignment.objects.for_reading()),
        )

    def newest_first(self) -> EngagementQuerySet:
        """By start, the latest first; those with no known start come last."""
        return self.order_by(F("start_earliest").desc(nulls_last=True), "-pk")
