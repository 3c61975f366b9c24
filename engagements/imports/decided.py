"""What was decided of a row, whatever its list is of: what becomes of it, and what stands in the way."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Generic, TypeVar

from django.http import QueryDict
from django.utils.crypto import salted_hmac

from common.cautions import CONFIRMED
from engagements.imports.answers import Answers
from engagements.imports.plan import Outcome, PlannedRow, Problem, Why
from engagements.imports.rows import Asked, RowRead

Record = TypeVar("Record")


@dataclass(slots=True)
class Decision(Generic[Record]):
    """A row with what becomes of it; `data` are the form's, of what would be written, `said` their digest."""

    row: RowRead
    planned: PlannedRow
    problems: list[Problem] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)
    record: Record | None = None
    data: QueryDict | None = None
    _packed: str = ""

    @property
    def said(self) -> str:
        """ "" where nothing would be written."""
        if self.data is None:
            return self._packed
        said = json.dumps(sorted(self.data.lists()), ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()

    def pack(self) -> None:
        """Take less room until all rows are decided: nothing reads any more what the cells told."""
        self._packed, self.data = self.said, None
        self.row.forget()

    def wait_for(self, asked: Asked) -> None:
        """It was ready, and is not until this is answered."""
        self.asked.append(asked)
        self.planned = replace(self.planned, outcome=Outcome.LEFT_OUT, why=Why.QUESTION)


def confirm(decisions: Iterable[Decision], answers: Answers) -> None:
    """Rows that hold what looks like a person's number wait until that is confirmed, once for all of them."""
    cautious = [one for one in decisions if one.cautions]
    keys = sorted({key for one in cautious for key in one.cautions})
    told = salted_hmac("engagements.imports", "\n".join(keys)).hexdigest()[:24]
    if told not in answers.confirmed:
        for one in cautious:
            one.wait_for(Asked(CONFIRMED, told, ""))
