"""What becomes of each row: created, laid over a record, left alone, left out; or it waits for an answer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from accounts.models import Office, User
from common.text import sort_key
from engagements.forms import opening
from engagements.forms.approval import APPROVAL, asks_approval
from engagements.imports.decided import Decision
from engagements.imports.defaults import defaults_of
from engagements.imports.existing import Existing, Key
from engagements.imports.laying import Layer
from engagements.imports.look_ups import LookUps
from engagements.imports.new_partners import stand_in
from engagements.imports.plan import Outcome, PlannedRow, Problem, Why
from engagements.imports.row_form import RowForm
from engagements.imports.row_reading import FAMILIES, Reader
from engagements.imports.rows import Asked, Inputs, RowRead
from engagements.imports.telling import date_in, facts_of
from engagements.many import Entry
from engagements.merging import as_opened
from engagements.models import Engagement
from objectives.models import FrameworkKind

OURS = re.compile(r"^IE-\d{4}-\d{4,}$", re.ASCII)
# Input of the form → the field of the file it is told by.
TOLD_BY = {
    "add_partner": "partners",
    "add_country": "countries",
    "lead_office": "office",
    "lead_officer": "officer",
    "actual_cost": "cost_cents",
}
# What every engagement needs, and may be said once for the file.
NEEDED = {
    "kind": "kind",
    "start": "start_precision",
    "partners": "partner",
    "office": "lead_office",
}


@dataclass(slots=True)
class EngagementDecision(Decision[Engagement]):
    """`entry` is what would be written."""

    entry: Entry | None = None

    def wait_for(self, asked: Asked) -> None:
        Decision.wait_for(self, asked)
        self.entry = None


class Decider:
    """Decides row after row, in their order: a later one may repeat an earlier."""

    def __init__(
        self, *, reader: Reader, look: LookUps, here: Existing, user: User, office: Office | None
    ) -> None:
        self.reader, self.look, self.here, self.user, self.office = reader, look, here, user, office
        self.answers = reader.answers
        look.new_partners = {c: stand_in(c, n, reader) for c, n in reader.new_names.items()}
        self.form = RowForm(user=user, look=look)
        self.layer = Layer(look=look, is_ours=reader.is_ours)
        self.defaults = defaults_of(self.answers)
        self._loaded = here.loaded.copy()
        self._cells: dict[tuple, int] = {}
        self._created: dict[Key, list[tuple[int, set[str]]]] = defaultdict(list)

    def decide(self, row: RowRead) -> EngagementDecision:
        said = self.answers.rows.get(row.number, "")
        first = self._cells.setdefault(row.cells, row.number)
        if said == "skip":
            return self._out(row, Why.SKIPPED)
        if first != row.number and said != "create":
            return self._out(row, Why.REPEATS, repeats=first)
        if said != "create" and (record := self.here.record_of(row.reference)):
            return self._laid(row, record)
        if said != "create" and OURS.match(row.reference):
            return self._unknown(row)
        if not said and self._loaded[row.fingerprint] > 0:
            self._loaded[row.fingerprint] -= 1
            known = self.here.loaded_as.get(row.fingerprint, "")
            return self._here(row, Outcome.UNCHANGED, Why.LOADED, reference=known)
        return self._new(row, said)

    # A new one

    def _new(self, row: RowRead, said: str) -> EngagementDecision:
        data = self._data(row)
        partners = set(data.getlist("partner"))
        keys = self._keys(row, data)
        if said != "create":
            for key in keys:
                if record := self.here.like(key, partners):
                    if said == "update":
                        return self._laid(row, record)
                    return self._here(row, Outcome.DUPLICATE, Why.LIKE, record=record)
                repeats = self._created_like(key, partners)
                if repeats and self.answers.like_rows != "create":
                    return self._like_row(row, repeats)
        for key in keys:
            self._created[key].append((row.number, partners))
        asked = [*row.asked, *self._needs(row, data)]
        return self._judged(row, data, None, asked=asked)

    def _like_row(self, row: RowRead, repeats: int) -> EngagementDecision:
        """It may be another engagement, or the same told twice: asked once for all such rows."""
        one = self._out(row, Why.LIKE_ROW, repeats=repeats)
        if self.answers.like_rows == "skip":
            one.planned = replace(one.planned, outcome=Outcome.DUPLICATE)
        else:
            one.asked = [Asked("like_rows", "", "")]
        return one

    def _data(self, row: RowRead) -> QueryDict:
        """The form as a person would have filled it in from this row."""
        filled: Inputs = {"sensitivity": ["0"]}
        if self.office:
            filled["lead_office"] = [self.office.code]
        for name, inputs in self.defaults.items():
            if name != "objectives":
                filled |= inputs
        objectives: list[str] = []
        for name, inputs in row.told.items():
            if name in ("objectives", *FAMILIES):
                objectives += inputs["objectives"]
            elif name != "stage":
                filled |= inputs
        filled["objectives"] = self._with_defaults(objectives)
        data = QueryDict(mutable=True)
        for each, values in filled.items():
            # All of it is text: a QueryDict would look at each value, whether it is.
            MultiValueDict.setlist(data, each, [*values])
        if "text_language" not in data:
            french = data.get("title_fr") and not data.get("title_en")
            told = data.get("title_fr") or data.get("title_en")
            language = "fr" if french else "en"
            data["text_language"] = language if told else self.reader.language
        if any(data.get(name) for name in APPROVAL[1:]) and "approval" not in data:
            data["approval"] = Engagement.Approval.GIVEN
        return data

    def _with_defaults(self, codes: list[str]) -> list[str]:
        """The objectives said for the file, of the kinds of framework that the row says nothing of."""
        told = {self.look.kind_of(code) for code in codes}
        more = self.defaults.get("objectives", {}).get("objectives", [])
        return list(dict.fromkeys([*codes, *(c for c in more if self.look.kind_of(c) not in told)]))

    def _needs(self, row: RowRead, data: QueryDict) -> list[Asked]:
        """What every engagement needs and nobody has said: asked once for the file."""
        waiting = {asked.field for asked in row.asked} | {p.field for p in row.problems}
        names = [n for n, each in NEEDED.items() if n not in waiting and not data.get(each)]
        pillars = [
            code
            for code in data.getlist("objectives")
            if self.look.kind_of(code) == FrameworkKind.PILLAR
        ]
        if not pillars and not waiting & {"objectives", "pillars"}:
            names.append("objectives")
        return [Asked("defaults", name, name) for name in names]

    def _keys(self, row: RowRead, data: QueryDict) -> list[Key]:
        start = date_in("start", data)
        if start is None:
            return []
        first = start.earliest.isoformat() if start.earliest else ""
        titles = {sort_key(data.get(f"title_{each}", "")) for each in ("en", "fr")} - {""}
        return [(title, start.precision, first) for title in sorted(titles)]

    def _created_like(self, key: Key, partners: set[str]) -> int:
        """The row before it that says the same; 0 for none."""
        return next((n for n, others in self._created.get(key, []) if partners & others), 0)

    # One that is here

    def _laid(self, row: RowRead, record: Engagement) -> EngagementDecision:
        if record.pk not in self.here.editable:
            message = _(
                "%(reference)s belongs to another office: only its own people, managers and administrators "
                "may change it. Leave the row out."
            )
            return self._wrong(row, "reference", message % {"reference": record.reference})
        now = opening.of(record)
        laid = self.layer.lay(
            row,
            now=now,
            base=self._base(row, record, now),
            stage=record.stage,
            keep=self.answers.keep.get(row.number, ()),
            over=self.answers.rows.get(row.number) == "update",
        )
        problems = [self._unchangeable(row, name) for name in laid.unchangeable]
        if not asks_approval(record):
            problems += [
                self._unchangeable(row, each.field)
                for each in laid.differences
                if each.field in APPROVAL
            ]
        if laid.conflicts:
            return self._conflict(row, record, laid.data, laid)
        if not laid.differences and not problems and not row.asked and not row.problems:
            return self._here(row, Outcome.UNCHANGED, Why.SAME_RECORD, record=record)
        return self._judged(
            row, laid.data, record, asked=row.asked, problems=problems, differences=laid.differences
        )

    def _base(self, row: RowRead, record: Engagement, now: QueryDict) -> QueryDict | None:
        """The record as the file was exported; None where nobody knows."""
        if not self.reader.is_ours or row.version == record.version:
            return now
        state = self.here.bases.get((record.pk, row.version or 0))
        if state is None:
            return None
        officer = next(
            (p for p in self.look.people.values() if p.pk == state["lead_officer"]), None
        )
        base = as_opened(state | {"lead_officer": None})
        base["lead_officer"] = officer.username if officer else ""
        return base

    def _conflict(
        self, row: RowRead, record: Engagement, data: QueryDict, laid
    ) -> EngagementDecision:
        planned = self._planned(row, data, Outcome.CONFLICT, record=record, why=Why.MOVED_ON)
        planned = replace(
            planned,
            conflicts=tuple(laid.conflicts),
            differences=tuple(laid.differences),
            changed_by=str(record.changed_by),
        )
        return EngagementDecision(row, planned, record=record)

    def _unchangeable(self, row: RowRead, name: str) -> Problem:
        if name == "stage":
            message = _(
                "A stage is changed by its own acts, on the page of the engagement. Put back what stood here."
            )
        else:
            message = _(
                "The approver decides it here, and no file changes it. Put back what stood here."
            )
        return self.reader.problem_at(row.number, name, message, value=self.told_in(row, name))

    # Judged by the form

    def _judged(
        self,
        row: RowRead,
        data: QueryDict,
        record: Engagement | None,
        *,
        asked: list[Asked],
        problems: Iterable[Problem] = (),
        differences: Iterable = (),
    ) -> EngagementDecision:
        self.form.judge(data, record)
        waiting = {each.field for each in asked} | {each.field for each in row.problems}
        found = [*row.problems, *problems, *self._office_problem(row, data, record)]
        for name, message in self.form.problems:
            field_name = self._told_by(name, row)
            if field_name not in waiting and not (waiting & set(FAMILIES) and name == "objectives"):
                value = self.told_in(row, field_name)
                found.append(self.reader.problem_at(row.number, field_name, message, value=value))
        ready = Outcome.UPDATE if record else Outcome.CREATE
        why = Why.PROBLEM if found else Why.QUESTION if asked else ""
        planned = self._planned(
            row, data, Outcome.LEFT_OUT if why else ready, record=record, why=why
        )
        planned = replace(planned, differences=tuple(differences))
        one = EngagementDecision(row, planned, found, list(asked), record=record, data=data)
        if not why:
            one.cautions = self.form.cautions_found
            one.entry = Entry.of(self.form.values())
        return one

    def _office_problem(
        self, row: RowRead, data: QueryDict, record: Engagement | None
    ) -> list[Problem]:
        """Staff load for their own office."""
        own = self.user.office.code if self.user.office else ""
        if self.user.is_manager or record is not None or data.get("lead_office", own) == own:
            return []
        message = _(
            "You load for your own office, %(office)s. Leave out what another office leads."
        )
        office = self.user.office.name if self.user.office else ""
        value = self.told_in(row, "office")
        return [
            self.reader.problem_at(row.number, "office", message % {"office": office}, value=value)
        ]

    def _told_by(self, name: str, row: RowRead) -> str:
        """The field of the file to which an error of the form belongs."""
        for prefix in ("start", "end"):
            if name.startswith(f"{prefix}_"):
                return prefix
        if name.startswith("title_") and name not in self.reader.columns:
            other = "title_fr" if name == "title_en" else "title_en"
            return next((n for n in ("title", other) if n in self.reader.columns), "title")
        if name == "objectives":
            return next((n for n in ("objectives", *FAMILIES) if n in row.told), "objectives")
        return TOLD_BY.get(name, "" if name == "__all__" else name)

    def told_in(self, row: RowRead, name: str) -> str:
        """What the row's cells of a field hold, as text."""
        return self.reader.said_in(row.cells, name)

    # Left alone, left out

    def _here(
        self,
        row: RowRead,
        outcome: Outcome,
        why: Why,
        *,
        record: Engagement | None = None,
        reference: str = "",
    ) -> EngagementDecision:
        planned = self._planned(row, self._data(row), outcome, record=record, why=why)
        return EngagementDecision(
            row, replace(planned, record=planned.record or reference), record=record
        )

    def _out(self, row: RowRead, why: Why, *, repeats: int = 0) -> EngagementDecision:
        planned = self._planned(row, self._data(row), Outcome.LEFT_OUT, why=why)
        return EngagementDecision(row, replace(planned, repeats=repeats))

    def _wrong(self, row: RowRead, name: str, message: str) -> EngagementDecision:
        one = self._out(row, Why.PROBLEM)
        value = self.told_in(row, name)
        one.problems = [self.reader.problem_at(row.number, name, message, value=value)]
        return one

    def _unknown(self, row: RowRead) -> EngagementDecision:
        message = _(
            "There is no engagement “%(reference)s” here. Correct the reference, or clear it to log the row "
            "as a new one."
        )
        return self._wrong(row, "reference", message % {"reference": row.reference})

    def _planned(
        self,
        row: RowRead,
        data: QueryDict,
        outcome: Outcome,
        *,
        record: Engagement | None = None,
        why: str = "",
    ) -> PlannedRow:
        facts = facts_of(data, look=self.look)
        asked = (each.value for each in row.asked if each.field == "partners")
        return PlannedRow(
            number=row.number,
            outcome=outcome,
            why=why,
            record=record.reference or "" if record else "",
            record_title=record.title if record else "",
            **facts | {"partners": (*facts["partners"], *asked)},
        )
