"""The columns of an export. COLUMNS is the whole specification of it.

A column's code is the stable name by which addresses and headings in codes call it. Its `field` is what the
loading of files takes it for (engagements/imports): `ignore` for what follows from other columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import User
from common.bilingual import LANGUAGES
from common.partial_dates import Precision
from common.text import fold
from engagements.exports.records import Record
from engagements.exports.words import Words
from engagements.kinds import Kind, Stage
from engagements.models import Engagement, Participation
from objectives.models import FrameworkKind

IGNORE = "ignore"


class Is(StrEnum):
    """What stands in a column. A date is a whole day; a partial one is as precise as it is known."""

    TEXT = "text"
    LONG_TEXT = "long text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    PARTIAL_DATE = "partial date"


@dataclass(frozen=True)
class Column:
    """`value`: str, int, Decimal, date, PartialDate or None. `width`: in characters."""

    code: str
    heading: Any
    value: Callable[[Record, Words], Any]
    holds: Is = Is.TEXT
    width: int = 16
    field: str = IGNORE


def plain(name: str) -> Callable[[Record, Words], Any]:
    return lambda record, words: getattr(record.engagement, name)


def roles(record: Record, words: Words) -> str:
    return words.several([words.choice(Participation.PartnerRole, p.role) for p in record.parts])


def tagged(kind: FrameworkKind) -> Callable[[Record, Words], str]:
    return lambda record, words: words.tags(record.tags, kind)


def primary(record: Record, words: Words) -> str:
    chosen = [tag.objective for tag in record.tags if tag.primary]
    return words.several([words.objectives[key].code for key in chosen])


def reasons(record: Record, words: Words) -> str:
    told = [tag for tag in record.tags if tag.reason]
    return "\n".join(f"{words.objectives[tag.objective].code}: {tag.reason}" for tag in told)


COLUMNS: list[Column] = [
    Column(
        "reference", _("Reference"), lambda r, w: r.engagement.reference or "", field="reference"
    ),
    # The version that was exported: by it the loading of files knows what was changed since.
    Column("version", _("Version"), plain("version"), Is.NUMBER, 9, "version"),
    # What
    Column("title_en", _("Title in English"), plain("title_en"), Is.LONG_TEXT, 44, "title_en"),
    Column("title_fr", _("Title in French"), plain("title_fr"), Is.LONG_TEXT, 44, "title_fr"),
    Column(
        "kind", _("Kind"), lambda r, w: w.choice(Kind, r.engagement.kind), width=22, field="kind"
    ),
    Column("stage", _("Stage"), lambda r, w: w.choice(Stage, r.engagement.stage), field="stage"),
    Column(
        "sensitivity",
        _("Sensitivity"),
        lambda r, w: w.sensitivity(r.engagement.sensitivity),
        field="sensitivity",
    ),
    # When
    Column("start", _("Start"), plain("start"), Is.PARTIAL_DATE, 14, "start"),
    Column(
        "precision",
        _("Start known to the"),
        lambda r, w: w.choice(Precision, r.engagement.start_precision),
        field="precision",
    ),
    Column("start_earliest", _("Start, earliest"), plain("start_earliest"), Is.DATE, 14),
    Column("start_latest", _("Start, latest"), plain("start_latest"), Is.DATE, 14),
    Column("end", _("End"), plain("end"), Is.PARTIAL_DATE, 14, "end"),
    Column(
        "end_precision",
        _("End known to the"),
        lambda r, w: w.choice(Precision, r.engagement.end_precision),
        field="end_precision",
    ),
    Column("end_earliest", _("End, earliest"), plain("end_earliest"), Is.DATE, 14),
    Column("end_latest", _("End, latest"), plain("end_latest"), Is.DATE, 14),
    Column("fiscal_year", _("Fiscal year"), lambda r, w: str(r.engagement.fiscal or "")),
    # Where, with whom
    Column(
        "countries",
        _("Countries"),
        lambda r, w: w.several([w.country(key) for key in r.countries]),
        width=24,
        field="countries",
    ),
    Column("place", _("Place"), plain("place"), width=20, field="place"),
    Column(
        "partners",
        _("Partners"),
        lambda r, w: w.several([w.partner(part.partner) for part in r.parts]),
        Is.LONG_TEXT,
        40,
        "partners",
    ),
    Column("roles", _("Roles of the partners"), roles, width=22, field="roles"),
    Column(
        "partner_codes",
        _("Partner codes"),
        lambda r, w: w.several([w.partners[part.partner].code for part in r.parts]),
        width=22,
    ),
    # For what: a column for each kind of framework
    Column("pillars", _("Pillars"), tagged(FrameworkKind.PILLAR), field="pillars"),
    Column(
        "priorities", _("Strategic priorities"), tagged(FrameworkKind.PRIORITY), field="priorities"
    ),
    Column("mandate", _("Mandate items"), tagged(FrameworkKind.MANDATE), field="mandate"),
    Column("themes", _("Policy themes"), tagged(FrameworkKind.THEME), field="themes"),
    Column("sectors", _("Justice sectors"), tagged(FrameworkKind.SECTOR), field="sectors"),
    Column("primary", _("Primary objectives"), primary),
    Column("reasons", _("Reasons for the objectives"), reasons, Is.LONG_TEXT, 40),
    # Who, of CSC
    Column(
        "office",
        _("Lead office"),
        lambda r, w: w.office(r.engagement.lead_office_id),
        width=24,
        field="office",
    ),
    Column(
        "officer",
        _("Lead officer"),
        lambda r, w: w.person(r.engagement.lead_officer_id),
        width=20,
        field="officer",
    ),
    Column(
        "csc_participants",
        _("People from CSC"),
        plain("csc_participants"),
        Is.NUMBER,
        10,
        "csc_participants",
    ),
    Column("csc_posts", _("Their posts"), plain("csc_posts"), Is.LONG_TEXT, 30, "csc_posts"),
    # What it cost
    Column(
        "planned_cost", _("Planned cost (CAD)"), plain("planned_cost"), Is.MONEY, 16, "planned_cost"
    ),
    Column("actual_cost", _("Actual cost (CAD)"), plain("actual_cost"), Is.MONEY, 16, "cost_cents"),
    Column("paid_by", _("Paid by"), plain("paid_by"), width=24, field="paid_by"),
    # In words
    Column("purpose", _("Purpose"), plain("purpose"), Is.LONG_TEXT, 50, "purpose"),
    Column("outcome", _("Outcome"), plain("outcome"), Is.LONG_TEXT, 50, "outcome"),
    Column("lessons", _("Lessons"), plain("lessons"), Is.LONG_TEXT, 50, "lessons"),
    Column(
        "text_language",
        _("Language of the text"),
        lambda r, w: w.choice(User.Language, r.engagement.text_language),
        field="text_language",
    ),
    # Approval
    Column(
        "approval", _("Approval"), lambda r, w: w.approval(r.engagement), width=12, field="approval"
    ),
    Column("approved_by", _("Approved by"), plain("approved_by"), width=24, field="approved_by"),
    Column("approved_on", _("Approved on"), plain("approved_on"), Is.DATE, 14, "approved_on"),
    Column(
        "stage_reason", _("Reason given for the stage"), plain("stage_reason"), Is.LONG_TEXT, 30
    ),
    # Where it came from
    Column("source_url", _("Source page"), plain("source_url"), width=40, field="source_url"),
    Column(
        "origin",
        _("Came here"),
        lambda r, w: w.choice(Engagement.Origin, r.engagement.origin),
        width=20,
    ),
    Column("logged_by", _("Logged by"), lambda r, w: w.person(r.engagement.logged_by_id), width=20),
    Column("logged_on", _("Logged on"), lambda r, w: day(r.engagement.logged_at), Is.DATE, 14),
    Column(
        "changed_by", _("Changed by"), lambda r, w: w.person(r.engagement.changed_by_id), width=20
    ),
    Column("changed_on", _("Changed on"), lambda r, w: day(r.engagement.changed_at), Is.DATE, 14),
]
BY_CODE: Mapping[str, Column] = {column.code: column for column in COLUMNS}


def day(moment: Any) -> Any:
    """The day it was, where the portal is."""
    return localtime(moment).date()


def fields_of_export(headings: Sequence[Any]) -> dict[int, str] | None:
    """Of a file that was exported here: column index → field it loads into (`ignore` included).

    It is one where reference and version head columns, in words of either language or as codes. None for
    any other file: what its headings mean has to be guessed.
    """
    known = fields_by_heading()
    found = {
        index: known[fold(str(heading))]
        for index, heading in enumerate(headings)
        if heading is not None and fold(str(heading)) in known
    }
    return found if {"reference", "version"} <= set(found.values()) else None


@lru_cache(maxsize=1)
def fields_by_heading() -> dict[str, str]:
    """Each folded heading there is, in either language or as a code, with its field."""
    found = {column.code: column.field for column in COLUMNS}
    for language in LANGUAGES:
        with override(language):
            found |= {fold(str(column.heading)): column.field for column in COLUMNS}
    return found


def in_their_order(codes: Iterable[str]) -> list[Column]:
    return [BY_CODE[code] for code in codes]
