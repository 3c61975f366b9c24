"""A row is a form: the same rules as the page, with what it looks up at hand.

One form judges all rows of a file, one after the other: making one takes as long as judging ten rows.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.models import User
from common.cautions import Confirmation
from common.forms import is_written
from common.partial_dates import month_names
from engagements.forms import EngagementForm
from engagements.forms.approval import APPROVAL, asks_approval
from engagements.forms.parts import PartRow, Role
from engagements.imports.judged import cautions_of, problems_of
from engagements.imports.look_ups import LookUps
from engagements.models import Alignment, Engagement
from objectives.models import Objective
from partners.models import Partner

ROLES = frozenset(Role.values)
# What is so short may be told by many rows; of so many values it is remembered what becomes of them.
SHORT, MOST = 40, 50_000
# Six digits, however they are parted.
DIGITS = re.compile(r"(?:\d\D{0,3}){6}")


class AtHand(forms.Field):
    """A choice among records that were read before, by code: says what ModelChoiceField says."""

    def __init__(self, like: forms.ModelChoiceField, records: dict[str, Any]) -> None:
        super().__init__(
            required=like.required, label=like.label, error_messages=like.error_messages
        )
        self.error_messages.setdefault(
            "invalid_choice", forms.ModelChoiceField.default_error_messages["invalid_choice"]
        )
        self.records = records

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values:
            return None
        if value not in self.records:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return self.records[value]


class RowForm(EngagementForm):
    """`judge` it with the data of a row; `values()`, `errors` and `cautious` are then that row's."""

    problems = property(problems_of)
    cautions_found = property(cautions_of)

    def __init__(self, *, user: User, look: LookUps) -> None:
        self.look = look
        super().__init__(QueryDict(), user=user)
        for name, records in (("lead_office", look.offices), ("lead_officer", look.people)):
            self.fields[name] = AtHand(self.fields[name], records)  # type: ignore[arg-type]
        months = [("", ""), *((str(number), name) for number, name in month_names())]
        for name in ("start_month", "end_month"):
            self.fields[name].choices = months  # type: ignore[attr-defined]
        self._written = [name for name, field in self.fields.items() if is_written(field)]
        self._cleaned: dict[tuple[str, ...], Any] = {}
        self._untold: dict[str, Any] = {}
        self._fields_with_approval = dict(self.fields)
        self._fields_without = {n: f for n, f in self.fields.items() if n not in APPROVAL}

    def judge(self, data: QueryDict, record: Engagement | None = None) -> bool:
        """Whether the row is right, but for what has to be confirmed; `record` is the one it changes."""
        self.data, self.engagement = data, record
        self.fields = self._fields_with_approval if asks_approval(record) else self._fields_without
        self.rows = self._rows()
        had = {country.iso2: country for country in record.countries.all()} if record else {}
        known = had | self.look.countries
        codes = dict.fromkeys(data.getlist("country"))
        self.countries = [known[code] for code in codes if code in known]
        self._errors = None  # type: ignore[assignment]
        self.confirmation = Confirmation()
        return not self.problems

    def _clean_fields(self) -> None:
        """As any form does; what many rows tell alike, or do not tell, is cleaned once for all of them."""
        for name, field in self.fields.items():
            told = dict.get(self.data, name, ())
            if not told and name in self._untold:
                self.cleaned_data[name] = self._untold[name]
                continue
            key = (name, *told)
            if key in self._cleaned:
                self.cleaned_data[name] = self._cleaned[key]
                continue
            try:
                self.cleaned_data[name] = field._clean_bound_field(self[name])  # type: ignore[attr-defined]
            except ValidationError as error:
                self.add_error(name, error)
            else:
                if not told:
                    self._untold[name] = self.cleaned_data[name]
                elif sum(map(len, told)) <= SHORT and len(self._cleaned) < MOST:
                    self._cleaned[key] = self.cleaned_data[name]

    def written(self) -> Iterable[str]:
        """A text with fewer digits than the shortest number of a person holds none: it is not looked at."""
        texts = (
            (name, self.cleaned_data.get(name)) for name in self._written if name in self.fields
        )
        return [name for name, text in texts if isinstance(text, str) and DIGITS.search(text)]

    def _rows(self) -> list[PartRow]:
        codes, roles = self.data.getlist("partner"), self.data.getlist("role")
        return [
            PartRow(
                code=code,
                role=role if role in ROLES else Role.PARTICIPANT,
                partner=self.look.partner(code),
            )
            for code, role in zip(codes, [*roles, *[""] * len(codes)], strict=False)
            if code
        ]

    # Looked up

    def objectives_allowed(self, day: dt.date) -> dict[str, Objective]:
        allowed = self.look.objectives_on(day)
        if self.engagement is None:
            return allowed
        older = {a.objective.code: a.objective for a in self.engagement.alignments.all()}
        return older | allowed

    def alignments_known(self) -> dict[int, Alignment]:
        return (
            {a.objective_id: a for a in self.engagement.alignments.all()} if self.engagement else {}
        )

    def had(self, partner: Partner) -> bool:
        """Its partners were read with the record."""
        return bool(
            self.engagement
            and any(part.partner_id == partner.pk for part in self.engagement.participations.all())
        )
