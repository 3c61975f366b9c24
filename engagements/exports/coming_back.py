"""A file that was exported here and comes back: which of its cells somebody changed.

A cell that says what it said when the file left tells nothing, however its words would be read today: a
partner that is archived by now, two that go by one name, a text that was too long for its cell.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.utils.translation import override

from accounts.models import Office
from common.bilingual import LANGUAGES
from common.history.tracking import State
from common.partial_dates import PartialDate, Precision
from common.text import fold, tidy
from engagements.as_of import columns_of
from engagements.exports.columns import COLUMNS, Column
from engagements.exports.records import Part, Record, Tag
from engagements.exports.text import is_beginning, unsafe
from engagements.exports.words import Words
from engagements.models import Engagement
from objectives.models import Objective
from partners.models import Country, Partner

CODES = "codes"
BLANKS = re.compile(r"[^\S\n]+")


class ComingBack:
    """`columns`: index → the column of an export that stands there. `variant`: en, fr or codes."""

    def __init__(self, columns: Mapping[int, Column], variant: str) -> None:
        self.columns, self.variant = columns, variant

    @classmethod
    def of(cls, headings: Sequence[Any]) -> ComingBack | None:
        """None for a file that is none of ours, or has no reference and version to find its records by."""
        found = {variant: columns_in(headings, variant) for variant in (CODES, *LANGUAGES)}
        variant = max(found, key=lambda each: len(found[each]))
        columns = found[variant]
        codes = {column.code for column in columns.values()}
        return cls(columns, variant) if {"reference", "version"} <= codes else None

    @property
    def fields(self) -> dict[int, str]:
        """Column index → the field it loads into; `ignore` for what follows from other columns."""
        return {index: column.field for index, column in self.columns.items()}

    def only(self, indexes: Iterable[int]) -> ComingBack:
        """These columns of it alone."""
        wanted = set(indexes)
        kept = {index: column for index, column in self.columns.items() if index in wanted}
        return ComingBack(kept, self.variant)

    def untouched(self, record: Record, cells: Sequence[Any]) -> set[int]:
        """The columns whose cells say what an export of this record says.

        What is looked up is read once, with the first record: the same few queries for any number.
        """
        with override(self.language):
            return {
                index
                for index, column in self.columns.items()
                if any(
                    says(cells[index] if index < len(cells) else None, value, words)
                    for words in self._words
                    for value in [column.value(record, words)]
                )
            }

    @cached_property
    def keys(self) -> dict[str, dict[str, int]]:
        """Code → key of partners, countries, objectives and offices, as a history tells them."""
        return {
            "partners": dict(Partner.objects.values_list("code", "pk")),
            "countries": dict(Country.objects.values_list("iso2", "pk")),
            "objectives": dict(Objective.objects.in_order().values_list("code", "pk")),
            "offices": dict(Office.objects.values_list("code", "pk")),
        }

    @property
    def language(self) -> str:
        return "en" if self.variant == CODES else self.variant

    @cached_property
    def _words(self) -> list[Words]:
        """Objectives in codes or in their wording, beside codes in either language: the cells say which."""
        codes = self.variant == CODES
        words = [Words(codes=codes)]
        for language in LANGUAGES if codes else [self.variant]:
            with override(language):
                words.append(Words(codes=codes, wording=True).with_objectives())
        return words


def columns_in(headings: Sequence[Any], variant: str) -> dict[int, Column]:
    """Those headings that are ours, in words of a language or as codes."""
    with override("en" if variant == CODES else variant):
        known = {
            fold(column.code if variant == CODES else str(column.heading)): column
            for column in COLUMNS
        }
    said = [fold(str(heading)) if heading is not None else "" for heading in headings]
    return {index: known[text] for index, text in enumerate(said) if text in known}


def record_of(engagement: Engagement) -> Record:
    """As an export reads it, from what was prefetched: its participations, countries and alignments."""
    return Record(
        engagement,
        [Part(part.partner_id, part.role) for part in engagement.participations.all()],
        [country.pk for country in engagement.countries.all()],
        [Tag(each.objective_id, each.primary, each.reason) for each in engagement.alignments.all()],
    )


def record_then(now: Engagement, state: State, version: int, ours: ComingBack) -> Record:
    """As an export read it at a version that has moved on since: `state` of its history."""
    keys = ours.keys
    then = Engagement(pk=now.pk, version=version, **columns_of(state))
    then.lead_office_id = keys["offices"].get(state["lead_office"])
    then.lead_officer_id = state["lead_officer"]
    ranks = {code: place for place, code in enumerate(keys["objectives"])}
    tags = sorted(state["objectives"], key=lambda tag: ranks.get(tag["objective"], 0))
    return Record(
        then,
        [
            Part(keys["partners"][each["partner"]], each["role"])
            for each in state["partners"]
            if each["partner"] in keys["partners"]
        ],
        [keys["countries"][code] for code in sorted(state["countries"])],
        [
            Tag(keys["objectives"][each["objective"]], each["primary"], each["reason"])
            for each in tags
            if each["objective"] in keys["objectives"]
        ],
    )


def says(cell: Any, value: Any, words: Words) -> bool:
    """Whether a cell that was read says what was written there: `value`, as a column has it."""
    if value is None or value == "":
        return cell is None or plain(cell) == ""
    if isinstance(value, PartialDate):
        if value.precision == Precision.DAY:
            return says_day(cell, value.earliest)
        return plain(cell) == plain(words.date(value))
    if isinstance(value, dt.date):
        return says_day(cell, value)
    if isinstance(value, int | Decimal):
        return number_in(cell) == value
    return says_text(cell, value)


def says_day(cell: Any, day: dt.date | None) -> bool:
    if isinstance(cell, dt.datetime):
        return cell.time() == dt.time() and cell.date() == day
    if isinstance(cell, dt.date):
        return cell == day
    return day is not None and plain(cell) == day.isoformat()


def says_text(cell: Any, text: str) -> bool:
    """As it stands, made safe for a CSV, or cut for a workbook."""
    said = plain(cell)
    return plain(text) in {said, plain(unsafe(said))} or is_beginning(said, plain(text))


def plain(cell: Any) -> str:
    """What a person would call the same: without blanks around it or at the ends of lines."""
    if cell is None:
        return ""
    text = BLANKS.sub(" ", tidy(str(cell)))
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def number_in(cell: Any) -> Decimal | None:
    """1234.5, "1234.50" or "1234,50"; None for anything else."""
    if isinstance(cell, bool) or cell is None:
        return None
    try:
        return Decimal(str(cell).strip().replace(",", "."))
    except InvalidOperation:
        return None
