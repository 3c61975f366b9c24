"""The records that log, keep and move on one generated engagement, made without asking the database.

What the actions do one by one (engagements/actions.py, stages.py, common/history/recording.py) is done here
for many: tests/engagements/test_generating.py shows that the same comes of it.
"""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone

from accounts.models import User
from common.history.models import Revision
from common.history.tracking import plain
from common.partial_dates import FiscalYear, PartialDate
from engagements.generating.inventing import Invented
from engagements.history import ENGAGEMENT
from engagements.kinds import Stage
from engagements.models import Alignment, Engagement, Participation
from engagements.stages import stage_when_logged

Keys = Callable[[], int]
Place = Engagement.countries.through


@dataclass(kw_only=True)
class Batch:
    """What to write, by table: engagements as records, the rest as rows of what WRITTEN names."""

    engagements: list[Engagement] = field(default_factory=list)
    participations: list[tuple] = field(default_factory=list)
    alignments: list[tuple] = field(default_factory=list)
    places: list[tuple] = field(default_factory=list)
    revisions: list[tuple] = field(default_factory=list)


WRITTEN: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "participations": (Participation, ("engagement_id", "partner_id", "role", "position")),
    "alignments": (
        Alignment,
        ("engagement_id", "objective_id", "framework_id", "reason", "primary", "demonstration",
         "made_at", "made_by_id"),
    ),
    "places": (Place, ("engagement_id", "country_id")),
    "revisions": (
        Revision,
        ("id", "kind", "record_id", "key", "number", "previous_id", "at", "by_id", "act", "reason",
         "sensitivity", "version", "state"),
    ),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Keeper:
    """Turns what was invented into records. `reference` gives the next one of a fiscal year."""

    approver: User
    now: dt.datetime
    engagement_keys: Keys
    revision_keys: Keys
    reference: Callable[[FiscalYear], str]

    def keep(self, invented: Invented, batch: Batch) -> None:
        engagement = blank()
        engagement.pk = self.engagement_keys()
        engagement.logged_by = engagement.changed_by = invented.by
        engagement.changed_at = invented.logged_at
        for name, value in invented.fields.items():
            setattr(engagement, name, value)
        self._connect(engagement, invented, batch)
        if not invented.is_draft:
            self._log(engagement, invented, batch)
        engagement.derive()
        batch.engagements.append(engagement)

    def _connect(self, engagement: Engagement, invented: Invented, batch: Batch) -> None:
        key, by = engagement.pk, invented.by.pk
        batch.participations += [
            (key, part.partner.pk, part.role, position)
            for position, part in enumerate(invented.parts)
        ]
        batch.places += [(key, country.pk) for country in invented.countries]
        batch.alignments += [
            (key, tag.objective.pk, tag.objective.framework_id, tag.reason, tag.primary,
             tag.demonstration, invented.logged_at, by)
            for tag in invented.tags
        ]  # fmt: skip

    def _log(self, engagement: Engagement, invented: Invented, batch: Batch) -> None:
        """Logged, and each verb after it, on record one after the other."""
        if "amended" in invented.verbs:
            engagement.end = PartialDate.day(timezone.localdate(self.now))
        engagement.spans_from, engagement.spans_to = engagement._span()
        engagement.stage = stage_when_logged(engagement)
        year = engagement.start.fiscal_year
        engagement.reference = self.reference(
            year or FiscalYear.of(timezone.localdate(invented.logged_at))
        )
        hanging = hanging_on(invented)
        last = self._record(engagement, "logged", hanging, None, batch)
        for verb in invented.verbs:
            by = invented.by if verb in {"amended", "completed", "cancelled"} else self.approver
            engagement.version += 1
            engagement.changed_by = by
            engagement.changed_at = min(engagement.changed_at + dt.timedelta(days=2), self.now)
            for name, value in self._becomes(engagement, verb, invented, by).items():
                setattr(engagement, name, value)
            last = self._record(engagement, verb, hanging, last, batch)

    def _becomes(
        self, engagement: Engagement, verb: str, invented: Invented, by: User
    ) -> dict[str, Any]:
        """What a verb changes: as engagements/stages.py has it."""
        if verb == "amended":
            return {"end": invented.fields["end"]}
        if verb == "completed":
            approval = engagement.approval or Engagement.Approval.UNKNOWN
            return {"stage": Stage.COMPLETED, "approval": approval}
        if verb == "cancelled":
            return {"stage": Stage.CANCELLED, "stage_reason": invented.reason}
        decided = {"stage": verb, "decided_at": engagement.changed_at, "decided_by": by}
        if verb != Stage.APPROVED:
            return decided | {"stage_reason": invented.reason}
        return decided | {
            "approval": Engagement.Approval.GIVEN,
            "approved_on": timezone.localdate(engagement.changed_at),
            "approved_by": str(by),
        }

    def _record(
        self,
        engagement: Engagement,
        act: str,
        hanging: dict[str, Any],
        previous: int | None,
        batch: Batch,
    ) -> int:
        """Put the act on record; the key of its revision."""
        key = self.revision_keys()
        state = columns_of(engagement) | hanging
        batch.revisions.append(
            (key, ENGAGEMENT.kind, engagement.pk, uuid.uuid4(), engagement.version, previous,
             engagement.changed_at, engagement.changed_by_id, act, "", engagement.sensitivity,
             engagement.version, state)
        )  # fmt: skip
        return key


NAMES = [column.attname for column in Engagement._meta.concrete_fields]
DEFAULTS = [column.get_default() for column in Engagement._meta.concrete_fields]


def blank() -> Engagement:
    """A new one, made as one that was read is: several times faster than by the names of its fields."""
    return Engagement.from_db("default", NAMES, DEFAULTS)


# Name in the state → attribute of the record, and of the record it leads to.
PATHS = [
    (name, *path.partition("__")[::2])
    if "__" in path
    else (name, Engagement._meta.get_field(path).attname, "")  # type: ignore[union-attr]
    for name, path in ENGAGEMENT.columns.items()
]


def columns_of(engagement: Engagement) -> dict[str, Any]:
    """Of its state, what stands in its own columns."""
    state = {}
    for name, attribute, beyond in PATHS:
        value = getattr(engagement, attribute)
        state[name] = plain(getattr(value, beyond) if beyond and value is not None else value)
    return state


def hanging_on(invented: Invented) -> dict[str, Any]:
    """Of its state, what hangs on it in other tables: each list in the order its history has."""
    moment, author = plain(invented.logged_at), invented.by.pk
    return {
        "partners": [{"partner": p.partner.code, "role": p.role} for p in invented.parts],
        "countries": sorted(country.iso2 for country in invented.countries),
        "objectives": [
            {
                "objective": tag.objective.code,
                "reason": tag.reason,
                "primary": tag.primary,
                "demonstration": tag.demonstration,
                "made_at": moment,
                "made_by": author,
            }
            for tag in sorted(invented.tags, key=lambda tag: tag.objective.code)
        ],
    }
