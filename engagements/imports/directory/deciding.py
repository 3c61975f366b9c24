"""What becomes of each row of a list: added, laid over a record that is here, left alone, left out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from django.http import QueryDict

from engagements.imports.decided import Decision, Record
from engagements.imports.plan import Difference, Outcome, PlannedRow, Problem, Why
from engagements.imports.row_reading import Reader
from engagements.imports.rows import Asked, RowRead


class RowForm(Protocol):
    """The form of the page, for one row after the other."""

    fields: dict[str, Any]
    base_fields: ClassVar[dict[str, Any]]
    cleaned_data: dict[str, Any]
    problems: list[tuple[str, str]]
    cautions_found: list[str]

    def judge(self, data: QueryDict, record: Any = None) -> bool: ...


@dataclass
class ListDecision(Decision[Record]):
    """`columns` are what would be written."""

    columns: dict[str, Any] = field(default_factory=dict)


One = TypeVar("One", bound=ListDecision)


class ListDecider(ABC, Generic[Record, One]):
    """Decides row after row, in their order: a later one may repeat an earlier.

    `loaded`: fingerprint of a row that was loaded before → what its record is known by.
    """

    decision: type[One]
    form: RowForm
    # Input of the form → the field of the file it is told by, where that is called otherwise.
    told_by: ClassVar[dict[str, str]] = {}

    def __init__(self, reader: Reader, loaded: dict[str, str]) -> None:
        self.reader, self.answers, self.loaded = reader, reader.answers, loaded
        self._cells: dict[tuple, int] = {}

    def decide(self, row: RowRead) -> One:
        said = self.answers.rows.get(row.number, "")
        first = self._cells.setdefault(row.cells, row.number)
        if said == "skip":
            return self.out(row, Why.SKIPPED)
        if first != row.number and said != "create":
            return self.out(row, Why.REPEATS, repeats=first)
        if not said and row.fingerprint in self.loaded:
            planned = self.planned(row, self.data(row), Outcome.UNCHANGED, why=Why.LOADED)
            return self.decision(row, self.known(row, planned))
        return self.told(row, said)

    # What each list says of its own

    @abstractmethod
    def told(self, row: RowRead, said: str) -> One:
        """Of a row that is new to us. `said` is what was chosen for it: "update", "create" or ""."""

    def known(self, row: RowRead, planned: PlannedRow) -> PlannedRow:
        """Of a row that was loaded before: with what its record is known by."""
        return replace(planned, record=self.loaded[row.fingerprint])

    @abstractmethod
    def data(self, row: RowRead, record: Record | None = None) -> QueryDict:
        """The form as a person would have filled it in from this row: over the record it is about."""

    @abstractmethod
    def planned(
        self,
        row: RowRead,
        data: QueryDict,
        outcome: Outcome,
        record: Record | None = None,
        why: str = "",
    ) -> PlannedRow: ...

    @abstractmethod
    def why_like(self, record: Record) -> str:
        """Why a row is taken to be about this record, though nobody said so."""

    def why_same(self, record: Record) -> str:
        """ "" where the record's reference says it."""
        return ""

    def shown(self, name: str, value: Any) -> str:
        """A column as people read it."""
        return "" if value is None else str(value)

    def inputs_written(self) -> list[str]:
        """The inputs of the form that hold what would be written."""
        return list(self.form.base_fields)

    def inputs_told(self, row: RowRead) -> list[str]:
        """The inputs of the form that the row says something of."""
        return [name for inputs in row.told.values() for name in inputs]

    def more_wrong(self, one: One) -> Iterator[Problem]:
        """What is wrong beside what the form finds; it may add to what would be written."""
        return iter(())

    # One that is here

    def laid(self, row: RowRead, record: Record, *, sure: bool) -> One:
        """What the row says over what is on record; what it leaves empty stays as it is."""
        one = self.judged(row, self.data(row, record), record, asked=row.asked)
        if one.planned.outcome != Outcome.UPDATE:
            return one
        if not one.planned.differences:
            planned = replace(one.planned, outcome=Outcome.UNCHANGED, why=Why.SAME_RECORD)
            planned = replace(planned, reason=self.why_same(record))
            return self.decision(row, planned, record=record)
        if sure:
            return one
        reason = self.why_like(record)
        planned = replace(one.planned, outcome=Outcome.DUPLICATE, why=Why.LIKE, reason=reason)
        return self.decision(row, planned, record=record)

    # Judged by the form

    def judged(
        self, row: RowRead, data: QueryDict, record: Record | None, *, asked: Iterable[Asked]
    ) -> One:
        self.form.judge(data, record)
        ready = Outcome.UPDATE if record else Outcome.CREATE
        planned = self.planned(row, data, ready, record)
        one = self.decision(
            row, planned, [*row.problems], [*asked], record=record, data=data,
            columns={n: self.form.cleaned_data.get(n) for n in self.inputs_written()},
        )  # fmt: skip
        waiting = {each.field for each in one.asked} | {each.field for each in row.problems}
        one.problems += self.more_wrong(one)
        for name, message in self.form.problems:
            name = self.field_of(name, row)
            if name not in waiting:
                one.problems.append(self.problem(row, name, message))
        why = Why.PROBLEM if one.problems else Why.QUESTION if one.asked else ""
        if why:
            one.planned = replace(planned, outcome=Outcome.LEFT_OUT, why=why)
            one.columns = {}
            return one
        one.cautions = self.form.cautions_found
        if record:
            one.planned = replace(planned, differences=tuple(self.differences(one)))
        return one

    def differences(self, one: One) -> Iterator[Difference]:
        """Of one that is here: each column that the row changes."""
        for name in dict.fromkeys(self.inputs_told(one.row)):
            if name not in one.columns:
                continue
            before, after = getattr(one.record, name), one.columns[name]
            if before != after:
                yield Difference(
                    field=self.told_by.get(name, name),
                    label=str(self.form.fields[name].label),
                    before=self.shown(name, before),
                    after=self.shown(name, after),
                )

    def over(self, data: QueryDict, row: RowRead) -> QueryDict:
        """The form's data with what the row tells laid over them, but for what is to stay."""
        kept = self.answers.keep.get(row.number, ())
        for name, inputs in row.told.items():
            for each, values in inputs.items() if name not in kept else ():
                if each in self.form.base_fields and each not in kept:
                    data.setlist(each, values)
        return data

    def field_of(self, name: str, row: RowRead) -> str:
        """The field of the file to which an error of the form belongs."""
        return self.told_by.get(name, "" if name == "__all__" else name)

    # Left out

    def problem(self, row: RowRead, name: str, message: str) -> Problem:
        said = self.reader.said_in(row.cells, name)
        return self.reader.problem_at(row.number, name, message, value=said)

    def wrong(self, row: RowRead, name: str, message: str) -> One:
        one = self.out(row, Why.PROBLEM)
        one.problems = [self.problem(row, name, message)]
        return one

    def out(self, row: RowRead, why: Why, *, repeats: int = 0, reason: str = "") -> One:
        planned = self.planned(row, self.data(row), Outcome.LEFT_OUT, why=why)
        return self.decision(row, replace(planned, repeats=repeats, reason=reason))
