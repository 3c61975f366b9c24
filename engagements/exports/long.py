"""One row for each engagement, partner and objective: what a pivot table is made from.

What is told of the engagement repeats in each of its rows. Numbers do not: they stand in its first row alone,
so that a sum over all rows is that of the engagements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from engagements.exports.columns import Column, Is
from engagements.exports.records import Part, Record, Tag
from engagements.exports.words import Words
from engagements.models import Participation
from partners.models import Partner

# Told by columns of their own in each row; a version leads nowhere, since such a file is not loaded again.
TOLD_APART = {
    "partners", "roles", "partner_codes", "pillars", "priorities", "mandate", "themes", "sectors",
    "primary", "reasons", "version",
}  # fmt: skip
NUMBERS = {Is.NUMBER, Is.MONEY}


@dataclass(frozen=True)
class Meeting:
    """A partner with an objective, of an engagement that has it so: either may be lacking."""

    part: Part | None
    tag: Tag | None
    is_first: bool


@dataclass(frozen=True)
class LongColumn:
    """As a Column, told of a meeting."""

    code: str
    heading: Any
    value: Callable[[Meeting, Words], Any]
    holds: Is = Is.TEXT
    width: int = 16


def of_partner(told: Callable[[Partner, Words], Any]) -> Callable[[Meeting, Words], Any]:
    return lambda m, words: told(words.partners[m.part.partner], words) if m.part else ""


def of_objective(told: Callable[[Any, Words], Any]) -> Callable[[Meeting, Words], Any]:
    return lambda m, words: told(words.objectives[m.tag.objective], words) if m.tag else ""


def role(meeting: Meeting, words: Words) -> str:
    return words.choice(Participation.PartnerRole, meeting.part.role) if meeting.part else ""


def framework_kind(objective: Any, words: Words) -> str:
    kind = objective.framework
    return kind.kind if words.codes else capfirst(kind.get_kind_display())


def framework(objective: Any, words: Words) -> str:
    return objective.framework.code if words.codes else objective.framework.title


def is_primary(meeting: Meeting, words: Words) -> int | None:
    return int(meeting.tag.primary) if meeting.tag else None


LONG_COLUMNS: list[LongColumn] = [
    LongColumn("count_once", _("Engagements (add these up)"), lambda m, w: int(m.is_first), Is.NUMBER),
    LongColumn("partner", _("Partner"), of_partner(lambda p, w: w.partner(p.pk)), Is.LONG_TEXT, 40),
    LongColumn("partner_code", _("Partner code"), of_partner(lambda p, w: p.code)),
    LongColumn("role", _("Role of the partner"), role),
    LongColumn("partner_kind", _("Kind of partner"), of_partner(lambda p, w: w.choice(Partner.Kind, p.kind))),
    LongColumn(
        "partner_country",
        _("Country of the partner"),
        of_partner(lambda p, w: w.country(p.country_id) if p.country_id else ""),
    ),
    LongColumn(
        "part_of",
        _("Part of"),
        of_partner(lambda p, w: w.partner(p.parent_id) if p.parent_id else ""),
        width=30,
    ),
    LongColumn("objective", _("Objective"), of_objective(lambda o, w: o.code), width=11),
    LongColumn("wording", _("Wording"), of_objective(lambda o, w: o.wording), Is.LONG_TEXT, 50),
    LongColumn("framework_kind", _("Kind of framework"), of_objective(framework_kind), width=20),
    LongColumn("framework", _("Framework"), of_objective(framework), width=30),
    LongColumn("is_primary", _("Primary (1) or not (0)"), is_primary, Is.NUMBER, 11),
    LongColumn("reason", _("Reason"), lambda m, w: m.tag.reason if m.tag else "", Is.LONG_TEXT, 40),
]  # fmt: skip


def columns_of(columns: list[Column]) -> list[Column]:
    """What is told of the engagement itself."""
    return [column for column in columns if column.code not in TOLD_APART]


def meetings(record: Record) -> Iterator[Meeting]:
    """Each partner with each objective; of neither, one with nothing."""
    parts: list[Part | None] = [*record.parts] or [None]
    tags: list[Tag | None] = [*record.tags] or [None]
    for place, (part, tag) in enumerate(product(parts, tags)):
        yield Meeting(part, tag, is_first=place == 0)


def lines_of(record: Record, columns: list[Column], words: Words) -> Iterator[list[Any]]:
    told = [column.value(record, words) for column in columns]
    again = [
        None if column.holds in NUMBERS else value
        for column, value in zip(columns, told, strict=True)
    ]
    for meeting in meetings(record):
        of_it = [column.value(meeting, words) for column in LONG_COLUMNS]
        yield (told if meeting.is_first else again) + of_it
