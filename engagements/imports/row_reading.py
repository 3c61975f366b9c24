"""Cells into what the form is told: each column by its field, in the words of whoever wrote the file."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from common.partial_dates import PartialDate, Precision
from common.sheets.book import Cell, number_of
from common.sheets.tables import Column, Row, Table
from common.sheets.values.cells import ValueProblem, is_blank, short, text_of
from common.sheets.values.dates import Unclear, end_of, precision_of, read_date
from common.sheets.values.language import likely_language
from common.sheets.values.lists import split, standing_alone
from common.sheets.values.numbers import read_number
from common.text import TITLE_LENGTH, PlainTextField, fold
from engagements.forms import opening
from engagements.imports.answers import Answers
from engagements.imports.cells_told import (
    amount_in,
    are_codes,
    cents_said,
    date_inputs,
    day_of,
    is_address,
    plain,
    stages_said,
    under,
)
from engagements.imports.date_asking import asked_of, habits_in
from engagements.imports.matching.keys import same
from engagements.imports.matching.matchers import Matchers
from engagements.imports.matching.results import CREATE, NOTHING, Found, Match, Proposals, Refused
from engagements.imports.matching.words import (
    SENSITIVITIES,
    STAGES_OF_ACTS,
    approval_of,
    language_of,
    role_of,
    sensitivity_of,
    stage_of,
)
from engagements.imports.plan import Problem
from engagements.imports.rows import NEW, Asked, Inputs, RowRead, fingerprint_of
from engagements.imports.titles import language_of_values
from engagements.imports.untouched import Untouched
from engagements.kinds import Stage
from objectives.models import FrameworkKind

TEXTS = ("title_en", "title_fr", "place", "paid_by", "approved_by", "source_url")
LONG_TEXTS = ("purpose", "outcome", "lessons", "csc_posts")
# Field → the kind of framework its column is about.
FAMILIES: dict[str, str] = {
    "pillars": FrameworkKind.PILLAR,
    "priorities": FrameworkKind.PRIORITY,
    "mandate": FrameworkKind.MANDATE,
    "themes": FrameworkKind.THEME,
    "sectors": FrameworkKind.SECTOR,
}
# Mapped, and yet no part of what the row says of its engagement.
ASIDE = {"ignore", "", "reference", "version"}
ALWAYS_READ = {"reference", "version"}
SEVERAL = {"partners", "countries", "objectives", *FAMILIES}
# A month, or a fiscal year.
MONTH_OR_YEAR = re.compile(r"\s*\d{4}-\d\d\s*", re.ASCII)
PARTNER_NAME = PlainTextField(max_length=TITLE_LENGTH)
# Of these stages nothing is logged: what did not take place is no engagement yet, or none any more.
NOT_LOADED = {Stage.CANCELLED, Stage.DECLINED, Stage.DRAFT}


class Reader:
    """Reads the rows of one table. What it asks of the database was asked before: `matchers`."""

    def __init__(
        self,
        table: Table,
        mapping: dict[int, str],
        answers: Answers,
        matchers: Matchers,
        *,
        language: str,
        clearance: int,
        untouched: Untouched | None = None,
    ) -> None:
        self.untouched = untouched or Untouched()
        self.table, self.answers, self.matchers, self.language = table, answers, matchers, language
        self.columns: dict[str, list[Column]] = {}
        for column in table.columns:
            self.columns.setdefault(mapping.get(column.index, "ignore"), []).append(column)
        self.is_ours = "version" in self.columns and "reference" in self.columns
        self.habits = habits_in(table, self.columns, answers)
        titles = (language_of_values(table, each) for each in self.columns.get("title", []))
        self.title_language = next(titles, "") or language
        self._lists: dict[tuple[str, str], list[str]] = {}
        self.partners_alone = standing_alone(
            plain(cell)
            for column in self.columns.get("partners", [])
            for cell in table.values(column.index)
        )
        self.new_names: dict[str, str] = {}
        self.words: dict[str, Callable[[str], Match]] = {
            "sensitivity": lambda text: sensitivity_of(text, clearance),
            "approval": approval_of,
            "text_language": language_of,
        }

    @cached_property
    def says_codes(self) -> bool:
        """Whether the countries are told by their codes alone, so that NA is one of them."""
        columns = self.columns.get("countries", [])
        cells = (row.cells[column.index] for row in self.table.rows for column in columns)
        return are_codes(cells)

    # A row

    def begun(self, row: Row) -> RowRead:
        """The row, nothing of it read yet."""
        told = [
            (name, row.cells[column.index])
            for name, columns in self.columns.items()
            if name not in ASIDE
            for column in columns
        ]
        return RowRead(row.number, tuple(row.cells), fingerprint=fingerprint_of(told))

    def read(self, row: Row) -> RowRead:
        found = self.begun(row)
        self._known_by(found, row)
        self._texts(found, row)
        self._dates(found, row)
        self._lists_of(found, row)
        self._figures(found, row)
        self._choices(found, row)
        return found

    def cells(self, row: Row, name: str) -> list[tuple[Column, Cell]]:
        """What its columns of this field hold; several where several were mapped to it.

        None of a column in which nothing was changed since we exported it.
        """
        columns = self.columns.get(name)
        if not columns:
            return []
        untouched = self.untouched.in_row(row.number)
        return [
            (column, row.cells[column.index])
            for column in columns
            if column.index not in untouched or name in ALWAYS_READ
        ]

    def text(self, row: Row, name: str) -> str:
        """One text; what says nothing is none."""
        if name not in self.columns:
            return ""
        found = [plain(cell) for _column, cell in self.cells(row, name)]
        return ("\n" if name in LONG_TEXTS else "; ").join(text for text in found if text)

    def said_in(self, cells: tuple[Cell, ...], name: str) -> str:
        """What the cells of a field hold, as they stand."""
        found = (text_of(cells[column.index]) for column in self.columns.get(name, []))
        return "; ".join(text for text in found if text)

    def problem(self, found: RowRead, name: str, cell: Cell, message: Any) -> None:
        """What is wrong with the cell of this field in this row."""
        found.problems.append(self.problem_at(found.number, name, message, value=text_of(cell)))

    def problem_at(self, number: int, name: str, message: Any, *, value: str = "") -> Problem:
        column = next(iter(self.columns.get(name, [])), None)
        return Problem(
            sheet=self.table.sheet,
            row=number,
            column=number_of(column.letter) if column else 0,
            letter=column.letter if column else "",
            heading=column.heading if column else "",
            field=name,
            value=short(value),
            message=str(message),
        )

    def _say(self, found: RowRead, row: Row, name: str, told: Inputs | None) -> None:
        """What a field tells; None where the row says nothing."""
        if told is not None:
            found.told[name] = told
        elif name in self.columns and self.cells(row, name):
            found.blank.add(name)

    # Its reference and version

    def _known_by(self, found: RowRead, row: Row) -> None:
        found.reference = self.text(row, "reference").upper()
        for _column, cell in self.cells(row, "version"):
            try:
                found.version = read_number(cell)
            except ValueProblem as wrong:
                self.problem(found, "version", cell, wrong.message)

    def _texts(self, found: RowRead, row: Row) -> None:
        no_address = ""
        for name in TEXTS:
            text = self.text(row, name)
            if name == "source_url" and text and not is_address(text):
                heading = self.columns[name][0].heading
                text, no_address = "", under(heading, text, self.language)
            self._say(found, row, name, {name: [text]} if text else None)
        if title := self.text(row, "title"):
            found.told["title"] = {f"title_{self._language_of(title)}": [title]}
        elif "title" in self.columns:
            found.blank.add("title")
        for name in LONG_TEXTS:
            text = self.text(row, name)
            if name == "purpose":
                text = "\n".join(part for part in (text, *self._kept(row), no_address) if part)
            self._say(found, row, name, {name: [text]} if text else None)

    def _language_of(self, title: str) -> str:
        """The language a title is in: as said for the file, as its words tell, as most of its column is."""
        return self.answers.default("text_language") or likely_language(title, self.title_language)

    def _kept(self, row: Row) -> list[str]:
        """Columns that have no field of their own, and are kept all the same."""
        told = ((column.heading, plain(cell)) for column, cell in self.cells(row, "keep"))
        return [under(heading, text, self.language) for heading, text in told if text]

    def _dates(self, found: RowRead, row: Row) -> None:
        ends: PartialDate | None = None
        for _column, cell in self.cells(row, "start"):
            precision = self._precision(row, "precision", cell)
            told = self._date(found, "start", cell, precision)
            if told is not None:
                self._say(found, row, "start", date_inputs("start", told.start))
                ends = ends or told.end
        for _column, cell in self.cells(row, "end"):
            name = "end_precision" if "end_precision" in self.columns else "precision"
            precision = self._precision(row, name, cell)
            told = self._date(found, "end", cell, precision, is_end=True)
            ends = end_of(told) if told is not None else ends
        if not self.columns.get("start") and not self.columns.get("end"):
            return
        for name in ("start", "end"):
            if name not in found.told and self.cells(row, name):
                found.blank.add(name)
        if ends is not None:
            found.told["end"] = date_inputs("end", ends)
            found.blank.discard("end")

    def _precision(self, row: Row, name: str, date: Cell) -> str:
        """What is said of how precisely a date is known; of another word the date speaks for itself.

        So does a date that was changed, and not what stands beside it: but for 2004-05.
        """
        untouched = self.untouched.in_row(row.number)
        told = (
            precision_of(plain(row.cells[column.index], keep=True))
            for column in self.columns.get(name, [])
            if column.index not in untouched or MONTH_OR_YEAR.fullmatch(plain(date))
        )
        return next((precision for precision in told if precision), "")

    def _date(
        self, found: RowRead, name: str, cell: Cell, precision: str, *, is_end: bool = False
    ) -> Any:
        try:
            return read_date(cell, habits=self.habits[name], precision=precision, is_end=is_end)
        except Unclear as unclear:
            found.asked.append(asked_of(unclear, text_of(cell), name))
        except ValueProblem as wrong:
            self.problem(found, name, cell, wrong.message)
        return None

    # Lists

    def _lists_of(self, found: RowRead, row: Row) -> None:
        countries = self._codes(found, row, "countries", "countries")
        self._say(found, row, "countries", {"country": countries} if countries else None)
        self._partners(found, row)
        self._objectives(found, row)
        for name, section, wanted in (
            ("kind", "kinds", "kind"),
            ("office", "offices", "lead_office"),
        ):
            codes = self._codes(found, row, name, section)
            self._say(found, row, name, {wanted: codes[:1]} if codes else None)
        officer = self._codes(found, row, "officer", "people")
        self._say(found, row, "officer", {"lead_officer": officer[:1]} if officer else None)

    def _partners(self, found: RowRead, row: Row) -> None:
        codes = self._codes(found, row, "partners", "partners")
        if not codes:
            self._say(found, row, "partners", None)
            return
        roles = self._roles(found, row)
        if roles and len(roles) != len(codes):
            cells = self.cells(row, "partners")
            apart = [part for _c, cell in cells for part in plain(cell).split(";") if part.strip()]
            if len(apart) == len(roles):
                resolved = [self._resolved(found, "partners", "partners", p.strip()) for p in apart]
                codes = [code for code in resolved if code]
        told: Inputs = {"partner": codes}
        if roles and len(roles) == len(codes):
            told["role"] = roles
        elif roles and len(set(roles)) == 1:
            told["role"] = roles[:1] * len(codes)
        elif roles:
            message = _("There are as many roles as partners, or one for all of them.")
            self.problem(found, "roles", self.text(row, "roles"), message)
        found.told["partners"] = told

    def _roles(self, found: RowRead, row: Row) -> list[str]:
        roles = []
        for _column, cell in self.cells(row, "roles"):
            for part in plain(cell).split(";"):
                if not part.strip():
                    continue
                match role_of(part.strip()):
                    case Found(code=role):
                        roles.append(role)
                    case Refused(message=message):
                        self.problem(found, "roles", cell, message)
        return roles

    def _objectives(self, found: RowRead, row: Row) -> None:
        day = day_of(found)
        for name in ("objectives", *FAMILIES):
            if name not in self.columns:
                continue
            codes = self._codes(
                found, row, name, "objectives_said", day=day, kind=FAMILIES.get(name, "")
            )
            self._say(found, row, name, {"objectives": codes} if codes else None)

    def _codes(self, found: RowRead, row: Row, name: str, section: str, **about: Any) -> list[str]:
        """The codes of what its cells name, each once."""
        codes: dict[str, None] = {}
        for _column, cell in self.cells(row, name):
            # What says nothing is the matcher's to know: NA is Namibia, too.
            told = plain(cell, keep=True)
            for text in self._split(section, told, several=name in SEVERAL):
                if code := self._resolved(found, name, section, text, **about):
                    codes[code] = None
        return list(codes)

    def _split(self, section: str, text: str, *, several: bool) -> list[str]:
        if not text or not several:
            return [text] if text else []
        known = self._lists.get((section, text))
        if known is None:
            known = self._lists[section, text] = self._parted(section, text)
        return known

    def _parted(self, section: str, text: str) -> list[str]:
        knows = self.matchers.knows(section, self.answers)
        if section == "partners":
            return split(
                text,
                lambda part: fold(part) in self.partners_alone or knows(part),
                apart=False,
                qualifies=self.matchers.countries.knows,
            )
        return split(text, knows)

    def _resolved(self, found: RowRead, name: str, section: str, text: str, **about: Any) -> str:
        """The code a text stands for; "" where it says nothing, or somebody has to say."""
        if section == "countries" and self.says_codes and text in self.matchers.countries.by_code:
            return text
        match self.matchers.resolve(section, text, self.answers, **about):
            case Found(code=code):
                return self._new(found, name, text) if code == CREATE else code
            case Proposals() as proposals:
                found.asked.append(Asked(section, text, name, proposals))
            case Refused(message=message):
                self.problem(found, name, text, message)
        return ""

    def _new(self, found: RowRead, name: str, text: str) -> str:
        """What stands for a partner that is to be created, under the first spelling of its name."""
        code = f"{NEW}{same(text) or fold(text)}"
        if code not in self.new_names:
            try:
                self.new_names[code] = PARTNER_NAME.clean(text)
            except ValidationError as wrong:
                self.problem(found, name, text, " ".join(wrong.messages))
                return ""
        return code

    # Figures and choices

    def _figures(self, found: RowRead, row: Row) -> None:
        for name, wanted in (("cost_cents", "actual_cost"), ("planned_cost", "planned_cost")):
            cents = self._value(found, row, name, amount_in)
            told = {wanted: [opening.money(cents_said(cents))]} if cents is not None else None
            self._say(found, row, name, told)
        people = self._value(found, row, "csc_participants", lambda column, cell: read_number(cell))
        told = {"csc_participants": [str(people)]} if people is not None else None
        self._say(found, row, "csc_participants", told)
        day = None
        for _column, cell in self.cells(row, "approved_on"):
            date = self._date(found, "approved_on", cell, "")
            if date is not None and date.start.precision != Precision.DAY:
                message = _("This is not a day. Write it as 2026-11-22, or leave it empty.")
                self.problem(found, "approved_on", cell, message)
            elif date is not None and date.start.earliest:
                day = date.start.earliest.isoformat()
        self._say(found, row, "approved_on", {"approved_on": [day]} if day else None)

    def _value(
        self, found: RowRead, row: Row, name: str, read: Callable[[Column, Cell], int | None]
    ) -> int | None:
        value = None
        for column, cell in self.cells(row, name):
            try:
                value = read(column, cell) if value is None else value
            except ValueProblem as wrong:
                self.problem(found, name, cell, wrong.message)
        return value

    def _choices(self, found: RowRead, row: Row) -> None:
        for name, match_of in self.words.items():
            told = None
            for _column, cell in self.cells(row, name):
                match match_of(plain(cell, keep=True)) if not is_blank(cell) else NOTHING:
                    case Found(code=slug):
                        told = {name: [str(SENSITIVITIES.get(slug, slug))]}
                    case Refused(message=message):
                        self.problem(found, name, cell, message)
            self._say(found, row, name, told)
        self._stage(found, row)

    def _stage(self, found: RowRead, row: Row) -> None:
        """Of a file that we exported the stage it had; of another what no row can bring in."""
        told = None
        for _column, cell in self.cells(row, "stage"):
            text = plain(cell)
            known = stages_said().get(fold(text))
            if self.is_ours and found.reference:
                told = {"stage": [known or text]} if text else None
            elif text and STAGES_OF_ACTS.get(same(text)) in NOT_LOADED:
                match stage_of(text):
                    case Refused(message=message):
                        self.problem(found, "stage", cell, message)
        self._say(found, row, "stage", told)
