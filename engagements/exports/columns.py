"""The columns of an export. COLUMNS is the whole specification of it.

A column's code is the stable name by which addresses and headings in codes call it. Its `field` is what the
loading of files takes it for (engagements/imports): `ignore` for what follows from other columns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import User
from common.bilingual import LANGUAGES
from common.partial_dates import FiscalYear, PartialDate, Precision
from common.text import fold
from engagements.exports.records import Part, Record, Tag
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
    """`says` what stands in it: str, int, Decimal, date, PartialDate or None; None where that is as read.

    `reads` names what it says that of: columns of an engagement, or what hangs on it (records.HANGING).
    `alike`: the same is said of many engagements. `width`: in characters.
    """

    code: str
    heading: Any
    reads: tuple[str, ...]
    says: Callable[..., Any] | None = None
    holds: Is = Is.TEXT
    width: int = 16
    field: str = IGNORE
    alike: bool = True

    def value(self, record: Record, words: Words) -> Any:
        """Of one record."""
        read = [record.read(name) for name in self.reads]
        return self.says(words, *read) if self.says else read[0]


def plain(
    name: str, heading: Any, holds: Is = Is.TEXT, width: int = 16, field: str = IGNORE
) -> Column:
    return Column(name, heading, (name,), None, holds, width, field)


def choice(
    name: str, heading: Any, choices: type[TextChoices], width: int = 16, field: str = IGNORE
) -> Column:
    def label(words: Words, value: str) -> str:
        return words.choice(choices, value)

    return Column(name, heading, (name,), label, Is.TEXT, width, field)


def precision(name: str, heading: Any, reads: str) -> Column:
    def label(words: Words, value: str) -> str:
        return words.choice(Precision, value)

    return Column(name, heading, (reads,), label, field=name)


def partial_date(name: str, heading: Any) -> Column:
    def date(words: Words, *parts: Any) -> PartialDate:
        return PartialDate(*parts)

    reads = (f"{name}_precision", f"{name}_earliest", f"{name}_latest")
    return Column(name, heading, reads, date, Is.PARTIAL_DATE, 14, name)


def person(name: str, heading: Any, reads: str, field: str = IGNORE) -> Column:
    return Column(name, heading, (reads,), lambda w, key: w.person(key), Is.TEXT, 20, field)


def day(name: str, heading: Any, reads: str) -> Column:
    """The day it was, where the portal is."""

    def date(words: Words, moment: dt.datetime) -> dt.date:
        return moment.astimezone(words.zone).date()

    return Column(name, heading, (reads,), date, Is.DATE, 14, alike=False)


def parts(
    name: str, heading: Any, says: Callable[[Words, Part], str], holds: Is, width: int, field: str
) -> Column:
    def several(words: Words, parts: Sequence[Part]) -> str:
        said = words.remembered(says)
        return words.several([said[part] for part in parts])

    return Column(name, heading, ("parts",), several, holds, width, field, alike=False)


def role(words: Words, part: Part) -> str:
    return words.choice(Participation.PartnerRole, part.role)


def countries(words: Words, keys: Sequence[int]) -> str:
    return words.several([words.country(key) for key in keys])


def tagged(name: str, heading: Any, kind: FrameworkKind) -> Column:
    def codes(words: Words, tags: Sequence[Tag]) -> str:
        return words.tags(tags, kind)

    return Column(name, heading, ("tags",), codes, field=name, alike=False)


def primary(words: Words, tags: Sequence[Tag]) -> str:
    return words.several(
        [words.objectives[objective].code for objective, main, _why in tags if main]
    )


def reasons(words: Words, tags: Sequence[Tag]) -> str:
    told = [(objective, reason) for objective, _main, reason in tags if reason]
    return "\n".join([f"{words.objectives[key].code}: {reason}" for key, reason in told])


TEXT, LONG, NUMBER, DATE = Is.TEXT, Is.LONG_TEXT, Is.NUMBER, Is.DATE
COLUMNS: list[Column] = [
    Column("reference", _("Reference"), ("reference",), lambda w, r: r or "", field="reference", alike=False),
    # The version that was exported: by it the loading of files knows what was changed since.
    plain("version", _("Version"), NUMBER, 9, "version"),
    # What
    plain("title_en", _("Title in English"), LONG, 44, "title_en"),
    plain("title_fr", _("Title in French"), LONG, 44, "title_fr"),
    choice("kind", _("Kind"), Kind, 22, "kind"),
    choice("stage", _("Stage"), Stage, field="stage"),
    Column(
        "sensitivity", _("Sensitivity"), ("sensitivity",), lambda w, s: w.sensitivity(s), field="sensitivity"
    ),
    # When
    partial_date("start", _("Start")),
    precision("precision", _("Start known to the"), "start_precision"),
    plain("start_earliest", _("Start, earliest"), DATE, 14),
    plain("start_latest", _("Start, latest"), DATE, 14),
    partial_date("end", _("End")),
    precision("end_precision", _("End known to the"), "end_precision"),
    plain("end_earliest", _("End, earliest"), DATE, 14),
    plain("end_latest", _("End, latest"), DATE, 14),
    Column("fiscal_year", _("Fiscal year"), ("fiscal_year",), lambda w, y: str(FiscalYear(y)) if y else ""),
    # Where, with whom
    Column("countries", _("Countries"), ("countries",), countries, TEXT, 24, "countries"),
    plain("place", _("Place"), TEXT, 20, "place"),
    parts("partners", _("Partners"), lambda w, part: w.partner(part.partner), LONG, 40, "partners"),
    parts("roles", _("Roles of the partners"), role, TEXT, 22, "roles"),
    parts("partner_codes", _("Partner codes"), lambda w, p: w.partners[p.partner].code, TEXT, 22, IGNORE),
    # For what: a column for each kind of framework
    tagged("pillars", _("Pillars"), FrameworkKind.PILLAR),
    tagged("priorities", _("Strategic priorities"), FrameworkKind.PRIORITY),
    tagged("mandate", _("Mandate items"), FrameworkKind.MANDATE),
    tagged("themes", _("Policy themes"), FrameworkKind.THEME),
    tagged("sectors", _("Justice sectors"), FrameworkKind.SECTOR),
    Column("primary", _("Primary objectives"), ("tags",), primary, alike=False),
    Column("reasons", _("Reasons for the objectives"), ("tags",), reasons, LONG, 40, alike=False),
    # Who, of CSC
    Column("office", _("Lead office"), ("lead_office_id",), lambda w, key: w.office(key), TEXT, 24, "office"),
    person("officer", _("Lead officer"), "lead_officer_id", "officer"),
    plain("csc_participants", _("People from CSC"), NUMBER, 10, "csc_participants"),
    plain("csc_posts", _("Their posts"), LONG, 30, "csc_posts"),
    # What it cost
    plain("planned_cost", _("Planned cost (CAD)"), Is.MONEY, 16, "planned_cost"),
    plain("actual_cost", _("Actual cost (CAD)"), Is.MONEY, 16, "cost_cents"),
    plain("paid_by", _("Paid by"), TEXT, 24, "paid_by"),
    # In words
    plain("purpose", _("Purpose"), LONG, 50, "purpose"),
    plain("outcome", _("Outcome"), LONG, 50, "outcome"),
    plain("lessons", _("Lessons"), LONG, 50, "lessons"),
    choice("text_language", _("Language of the text"), User.Language, field="text_language"),
    # Approval
    choice("approval", _("Approval"), Engagement.Approval, 12, "approval"),
    plain("approved_by", _("Approved by"), TEXT, 24, "approved_by"),
    plain("approved_on", _("Approved on"), DATE, 14, "approved_on"),
    plain("stage_reason", _("Reason given for the stage"), LONG, 30),
    # Where it came from
    plain("source_url", _("Source page"), TEXT, 40, "source_url"),
    choice("origin", _("Came here"), Engagement.Origin, 20),
    person("logged_by", _("Logged by"), "logged_by_id"),
    day("logged_on", _("Logged on"), "logged_at"),
    person("changed_by", _("Changed by"), "changed_by_id"),
    day("changed_on", _("Changed on"), "changed_at"),
]  # fmt: skip
BY_CODE: Mapping[str, Column] = {column.code: column for column in COLUMNS}


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
