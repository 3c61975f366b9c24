"""What loading a file would do, row by row: what the page shows before it is confirmed, as data.

Nothing here reads or writes the database. The sentences in it are in the language of whoever it was made for.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from functools import cached_property
from typing import Any


class Verdict(StrEnum):
    """Of the file as a whole."""

    ACCEPTED = "accepted"  # every row is ready, or is here already
    PARTLY = "partly"  # some rows wait for an answer, or are left out
    REFUSED = "refused"  # no table, or nothing in it could ever be loaded


class Outcome(StrEnum):
    """What becomes of a row."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"  # here already, and nothing in it differs
    DUPLICATE = "duplicate"  # here already, as far as can be told: skipped unless said otherwise
    CONFLICT = "conflict"  # somebody else changed the same fields since the file was exported
    LEFT_OUT = "left_out"


READY = (Outcome.CREATE, Outcome.UPDATE)
ALREADY_HERE = (Outcome.UNCHANGED, Outcome.DUPLICATE)
STAY_OUT = (Outcome.LEFT_OUT, Outcome.CONFLICT)


class Why(StrEnum):
    """Why a row is not loaded."""

    PROBLEM = "problem"  # something in it is wrong: see its problems
    QUESTION = "question"  # it waits for an answer: see the questions
    REPEATS = "repeats"  # it is the same, cell by cell, as the row `repeats`
    LIKE_ROW = "like-row"  # the row `repeats` has the same title, start and a partner of it
    SKIPPED = "skipped"  # a person said so
    LOADED = "loaded"  # this very row was loaded before
    SAME_RECORD = "same-record"  # it says what the record with its reference says
    LIKE = "like"  # the record has the same title, start and a partner of it
    MOVED_ON = "moved-on"  # a conflict


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong. `row` 0: with the file as a whole; `column` 0: with no column of it."""

    sheet: str = ""
    row: int = 0
    column: int = 0
    letter: str = ""
    heading: str = ""
    field: str = ""
    value: str = ""
    message: str = ""

    @property
    def place(self) -> str:
        """The column as people look for it: "D, Start"."""
        return ", ".join(part for part in (self.letter, self.heading) if part)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What a question may be answered with; `score` from 0 to 1, 1 for what is not merely alike."""

    code: str
    label: str
    score: float = 1.0
    # Why it cannot be chosen; "" where it can.
    why_not: str = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    """Asked once for the file. `kind` is where its answer stands in the answers:

    "partners", "countries", "kinds", "objectives_said", "offices", "people"   what the text `value` means
    "defaults"     the field `value`, which the rows lack and need
    "date_order"   whether `value`, such as 03/04/2010, is in March or in April
    "fiscal_or_month"   whether `value`, such as 2004-05, is a month or a fiscal year
    "like_rows"    whether rows like another row are engagements of their own ("create") or not ("skip")
    "confirmed"    numbers that look like a person's; `value` is what confirms them
    `rows` are those that wait for it.
    """

    kind: str
    value: str
    rows: tuple[int, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    field: str = ""
    message: str = ""


@dataclass(frozen=True, kw_only=True)
class Recalled:
    """A text that was taken for what the person answered before. `kind` as a question's; `on` an ISO date.

    `label` is what it stands for, "" for nothing.
    """

    kind: str
    value: str
    code: str = ""
    label: str = ""
    on: str = ""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A field of a record that a row changes: both as people read them, `label` in their language."""

    field: str = ""
    label: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A field that both the file and somebody else changed since: `base` is what both began with."""

    field: str = ""
    label: str = ""
    base: str = ""
    sheet: str = ""
    here: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedRow:
    """One row of the table. `number` as the spreadsheet shows it.

    `start` and `end` as said at their precision ("2003-02", "autumn 2002", "" for none), in English; where
    the plan's language says it otherwise, `start_shown` and `end_shown` do. `partners` by code, or by name
    where one is to be created; `record` is the reference of the engagement it is about, the partner's code,
    the contact's key ("" for a new one); `changed_by` who changed it since, in a conflict.
    """

    number: int
    outcome: Outcome
    title: str = ""
    # Of a contact that has a name as well.
    post: str = ""
    kind: str = ""
    start: str = ""
    end: str = ""
    start_shown: str = ""
    end_shown: str = ""
    precision: str = ""
    end_precision: str = ""
    countries: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    cost_cents: int | None = None
    sensitivity: int = 0
    why: str = ""
    reason: str = ""
    repeats: int = 0
    record: str = ""
    record_title: str = ""
    differences: tuple[Difference, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    changed_by: str = ""

    @property
    def is_ready(self) -> bool:
        return self.outcome in READY

    @property
    def start_said(self) -> str:
        return self.start_shown or self.start

    @property
    def end_said(self) -> str:
        return self.end_shown or self.end


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What loading the file would do. `names`: label of every partner and country code in its rows."""

    verdict: Verdict
    reason: str = ""
    subject: str = "engagements"
    language: str = "en"
    format: str = ""
    sheet: str = ""
    header_row: int = 0
    encoding: str | None = None
    delimiter: str = ""
    # Heading → field, as the columns stand; two of one heading: the second as "heading (2)".
    mapping: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[PlannedRow, ...] = ()
    questions: tuple[Question, ...] = ()
    recalled: tuple[Recalled, ...] = ()
    problems: tuple[Problem, ...] = ()
    # Rows of the sheet that are no rows of the table, and what they are: a total, a section, a title.
    not_rows: tuple[tuple[int, str], ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    new_partners: tuple[str, ...] = ()
    # Texts that become names of a partner, and its code.
    new_names: tuple[tuple[str, str], ...] = ()
    # Of what would be done alone: two plans of the same do the same.
    digest: str = ""

    @property
    def rows_found(self) -> int:
        return len(self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each outcome, 0 included."""
        found = Counter(row.outcome for row in self.rows)
        return {outcome.value: found[outcome] for outcome in Outcome}

    @property
    def ready(self) -> list[PlannedRow]:
        return self.of(*READY)

    @property
    def left_out(self) -> list[PlannedRow]:
        """What the file of rows left out holds."""
        return self.of(*STAY_OUT)

    @property
    def already_here(self) -> list[PlannedRow]:
        return self.of(*ALREADY_HERE)

    def of(self, *outcomes: Outcome) -> list[PlannedRow]:
        return [row for row in self.rows if row.outcome in outcomes]

    def problems_of(self, number: int) -> list[Problem]:
        return [problem for problem in self.problems if problem.row == number]

    def packed(self) -> bytes:
        """Compressed JSON, without what is empty anyway. Made once, however often it is asked for."""
        return self._packed

    @cached_property
    def _packed(self) -> bytes:
        text = json.dumps(_plain(self), ensure_ascii=False, separators=(",", ":"))
        return zlib.compress(text.encode(), level=3)

    @classmethod
    def unpacked(cls, content: bytes) -> Plan:
        told = json.loads(zlib.decompress(content))
        told["verdict"] = Verdict(told["verdict"])
        told["rows"] = tuple(_row(row) for row in told.get("rows", ()))
        told["questions"] = tuple(_question(each) for each in told.get("questions", ()))
        told["recalled"] = tuple(Recalled(**each) for each in told.get("recalled", ()))
        told["problems"] = tuple(
            # Of delimited text, which has no sheets, the name of the sheet is empty.
            Problem(**({"sheet": "", "row": 0} | each))
            for each in told.get("problems", ())
        )
        told["not_rows"] = tuple((number, why) for number, why in told.get("not_rows", ()))
        told["new_names"] = tuple((text, code) for text, code in told.get("new_names", ()))
        told["new_partners"] = tuple(told.get("new_partners", ()))
        return cls(**told)


def _plain(thing: Any) -> Any:
    if isinstance(thing, str | int | float | bool | None):
        return thing
    if isinstance(thing, Mapping):
        return dict(thing)
    if isinstance(thing, Iterable):
        return [_plain(each) for each in thing]
    values = {each.name: getattr(thing, each.name) for each in fields(thing)}
    return {name: _plain(value) for name, value in values.items() if _is_told(name, value)}


def _is_told(name: str, value: Any) -> bool:
    """What is as it is of its own accord goes without saying; that it cost nothing does not."""
    return value not in ("", (), None, 0) or (name == "cost_cents" and value == 0)


def _row(told: dict[str, Any]) -> PlannedRow:
    told["outcome"] = Outcome(told["outcome"])
    for name in ("countries", "partners", "objectives"):
        told[name] = tuple(told.get(name, ()))
    told["differences"] = tuple(Difference(**each) for each in told.get("differences", ()))
    told["conflicts"] = tuple(Conflict(**each) for each in told.get("conflicts", ()))
    return PlannedRow(**told)


def _question(told: dict[str, Any]) -> Question:
    told["rows"] = tuple(told.get("rows", ()))
    proposals = (
        {"code": "", "label": "", "score": 0.0} | each for each in told.get("proposals", ())
    )
    told["proposals"] = tuple(Proposal(**each) for each in proposals)
    return Question(**({"value": ""} | told))
