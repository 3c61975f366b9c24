"""What becomes of each row of a list of partners: whom it is about, and under whom it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from common.text import fold
from engagements.forms.parts import why_archived
from engagements.imports.directory.deciding import ListDecider, ListDecision
from engagements.imports.matching.keys import same
from engagements.imports.matching.matchers import TOO_LIKE
from engagements.imports.matching.results import Found, Proposals
from engagements.imports.partners.form import PartnerRowForm, data_of, former_name, value_shown
from engagements.imports.partners.reading import PartnerReader
from engagements.imports.plan import Difference, Outcome, PlannedRow, Problem, Why
from engagements.imports.rows import NEW, Asked, RowRead
from partners.forms import SECTORS, former_names_of
from partners.models import Partner

CODE = re.compile(r"[A-Z0-9][A-Z0-9_-]{0,39}", re.ASCII)
NAMES = ("name_en", "name_fr", "name_own")


@dataclass
class PartnerDecision(ListDecision[Partner]):
    """`former`: the names that would be added to those it had."""

    former: list[dict[str, str]] = field(default_factory=list)


class PartnerDecider(ListDecider[Partner, PartnerDecision]):
    decision = PartnerDecision
    told_by = dict.fromkeys(SECTORS, "sectors")

    def __init__(self, reader: PartnerReader, loaded: dict[str, str]) -> None:
        super().__init__(reader, loaded)
        self.matcher = reader.matchers.partners
        self.codes = {code.upper(): one for code, one in self.matcher.by_code.items()}
        # What stands for a partner of the file until it is saved; its columns are filled in then.
        self.new = {
            f"{NEW}{row.number}": Partner(name_en=reader.text(row, "name"))
            for row in reader.table.rows
        }
        countries = reader.matchers.countries.by_code
        self.form = PartnerRowForm(partners=self.matcher.by_code | self.new, countries=countries)
        self.parents = {pk: one.parent_id for pk, one in self.matcher.partners.items()}
        self._told: dict[tuple[str, str], int] = {}

    def told(self, row: RowRead, said: str) -> PartnerDecision:
        if row.reference and (record := self.codes.get(row.reference.upper())):
            return self.laid(row, record, sure=True)
        if said != "create":
            called = self._called(row)
            if len(called) > 1:
                message = _("More than one partner is called “%(text)s”. Give its code.")
                return self.wrong(row, self._named_by(row), message % {"text": name_of(row)})
            if called:
                return self.laid(row, called[0], sure=said == "update")
        return self._new(row, said)

    # Who it is

    def _called(self, row: RowRead) -> list[Partner]:
        """The partners it may be: of its very name, or else the one whose name is nearly the same."""
        scores: dict[int, float] = {}
        for name in NAMES:
            for text in row.input(name):
                for code, score in self._matches(text):
                    pk = self.matcher.by_code[code].pk
                    scores[pk] = max(score, scores.get(pk, 0.0))
        best = max(scores.values(), default=0.0)
        found = [self.matcher.partners[pk] for pk, score in scores.items() if score == best]
        active = [partner for partner in found if not partner.is_archived] or found
        where = row.input("country")
        return [one for one in active if not (where and one.country) or one.country.iso2 in where]

    def _matches(self, text: str) -> Iterator[tuple[str, float]]:
        match self.matcher.match(text):
            case Found(code=code):
                yield code, 1.0
            case Proposals(proposals=proposals):
                yield from ((one.code, one.score) for one in proposals if one.score >= TOO_LIKE)

    def _named_by(self, row: RowRead) -> str:
        return next((n for n in ("name", *NAMES) if n in row.told), "name")

    # A new one

    def _new(self, row: RowRead, said: str) -> PartnerDecision:
        if row.reference and not CODE.fullmatch(row.reference.upper()):
            message = _("A code is of letters, digits and hyphens: %(example)s. Or leave it empty.")
            return self.wrong(row, "code", message % {"example": "UNODC"})
        data = self.data(row)
        if said != "create" and (repeats := self._told_before(row)):
            message = _("Row %(row)s has the same code, or the same name.")
            reason = message % {"row": repeats}
            return self.out(row, Why.LIKE_ROW, repeats=repeats, reason=reason)
        asked = list(row.asked)
        if not data.get("kind") and not any(each.field == "kind" for each in asked):
            asked.append(Asked("defaults", "kind", "kind"))
        return self.judged(row, data, None, asked=asked)

    def _told_before(self, row: RowRead) -> int:
        """The row before it of the same code, or the same name and country; 0 for none."""
        country = "".join(row.input("country"))
        keys = [(same(text), country) for name in NAMES for text in row.input(name)]
        keys += [(row.reference.upper(), "code")] if row.reference else []
        before = min((self._told[key] for key in keys if key in self._told), default=0)
        for key in keys:
            self._told.setdefault(key, row.number)
        return before

    def data(self, row: RowRead, record: Partner | None = None) -> QueryDict:
        if record:
            data = data_of(record)
        else:
            data = QueryDict(mutable=True)
            data["kind"] = self.answers.default("kind")
            data["country"] = self.answers.default("country")
        if "sectors" in row.told and "sectors" not in self.answers.keep.get(row.number, ()):
            for name in SECTORS:
                data.pop(name, None)
        return self.over(data, row)

    # One that is here

    def why_like(self, record: Partner) -> str:
        if record.is_archived:
            return why_archived(record)
        message = _("%(partner)s has this name, or one nearly the same.")
        return message % {"partner": record.label}

    def more_wrong(self, one: PartnerDecision) -> Iterator[Problem]:
        one.former, problems = self._former(one.row, one.record)
        yield from problems
        if one.record and self._in_a_ring(one.record):
            message = _("It would stand under itself. Choose another organization above it.")
            yield self.problem(one.row, "parent", message)

    def _in_a_ring(self, record: Partner) -> bool:
        parent = self.form.cleaned_data.get("parent")
        above, seen = parent.pk if parent else None, set()
        while above is not None and above not in seen:
            if above == record.pk:
                return True
            seen.add(above)
            above = self.parents.get(above)
        if parent and parent.pk:
            self.parents[record.pk] = parent.pk
        return False

    def _former(
        self, row: RowRead, record: Partner | None
    ) -> tuple[list[dict[str, str]], list[Problem]]:
        """Former names that it has not yet."""
        here = {*former_labels(record), record.name_en, record.name_fr} if record else set()
        known = {fold(name) for name in here}
        language = "en" if record is None or record.name_en else "fr"
        if record is None and not row.input("name_en"):
            language = "fr" if row.input("name_fr") else self.reader.language
        names, problems = [], []
        keeps = "former_names" in self.answers.keep.get(row.number, ())
        for text in () if keeps else row.input("former_names"):
            if fold(text) not in known:
                try:
                    names.append(former_name(text, language))
                except ValidationError as wrong:
                    problems.append(self.problem(row, "former_names", " ".join(wrong.messages)))
        return names, problems

    def inputs_told(self, row: RowRead) -> list[str]:
        return [*super().inputs_told(row), *(SECTORS if "sectors" in row.told else ())]

    def shown(self, name: str, value: Any) -> str:
        return str(Partner.Kind(value).label) if name == "kind" else value_shown(value)

    def differences(self, one: PartnerDecision) -> Iterator[Difference]:
        yield from super().differences(one)
        if one.record and one.former:
            before = former_labels(one.record)
            after = [*before, *("".join(name.values()) for name in one.former)]
            yield Difference(
                field="former_names",
                label=_("Former names"),
                before="; ".join(before),
                after="; ".join(after),
            )

    def field_of(self, name: str, row: RowRead) -> str:
        """The field of the file to which an error of the form belongs."""
        for prefix in ("name", "acronym"):
            if name.startswith(f"{prefix}_") and name not in row.told and prefix in row.told:
                return prefix
        if name == "name_en" and name not in self.reader.columns:
            return next((n for n in ("name", "name_fr") if n in self.reader.columns), name)
        return super().field_of(name, row)

    def planned(
        self,
        row: RowRead,
        data: QueryDict,
        outcome: Outcome,
        record: Partner | None = None,
        why: str = "",
    ) -> PlannedRow:
        parent, country = data.get("parent"), data.get("country")
        return PlannedRow(
            number=row.number,
            outcome=outcome,
            why=why,
            title=data.get("name_en") or data.get("name_fr") or "",
            kind=data.get("kind") or "",
            countries=(country,) if country else (),
            partners=(parent,) if parent and parent in self.matcher.by_code else (),
            record=record.code if record else "",
            record_title=record.label if record else "",
        )

    # When all are decided

    def settled(self, decisions: list[PartnerDecision]) -> None:
        """A row that is part of another goes by what became of that one: in their order, then again."""
        by_stand_in = {f"{NEW}{one.planned.number}": one for one in decisions}
        stand_ins = {id(partner): by_stand_in[code] for code, partner in self.new.items()}
        changed = True
        while changed:
            changed = False
            for one in decisions:
                above = stand_ins.get(id(one.columns.get("parent")))
                if above is None or one.planned.outcome == Outcome.LEFT_OUT:
                    continue
                if above.record is not None:
                    one.columns["parent"] = above.record
                elif above.planned.outcome != Outcome.CREATE or self._is_beneath(
                    one, above, stand_ins
                ):
                    self._wait_for(one, above)
                    changed = True

    def _is_beneath(self, one, above, stand_ins) -> bool:
        """Whether what it is part of is, however far up, part of it."""
        seen = 0
        while above is not None and above is not one and seen <= len(stand_ins):
            above, seen = stand_ins.get(id(above.columns.get("parent"))), seen + 1
        return above is not None

    def _wait_for(self, one: PartnerDecision, above: PartnerDecision) -> None:
        message = _("It is part of row %(row)s, which is left out or part of this one.")
        told = message % {"row": above.planned.number}
        one.problems.append(self.problem(one.row, "parent", told))
        one.planned = replace(one.planned, outcome=Outcome.LEFT_OUT, why=Why.PROBLEM)


def name_of(row: RowRead) -> str:
    return next((text for name in NAMES for text in row.input(name)), "")


def former_labels(record: Partner) -> list[str]:
    return [
        former["name_en"] or former["name_fr"] or former["acronym_en"] or former["acronym_fr"]
        for former in former_names_of(record)
    ]
