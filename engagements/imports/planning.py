"""From what was decided of each row to the plan of the whole file, whatever it is a list of."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from common.sheets.tables import Table
from engagements.imports.asking import grouped, questions_of
from engagements.imports.decided import Decision
from engagements.imports.plan import (
    ALREADY_HERE,
    READY,
    Outcome,
    Plan,
    PlannedRow,
    Proposal,
    Verdict,
    Why,
)
from engagements.imports.reasons import reason_of
from engagements.imports.rows import Asked


def plan_of(
    decisions: Sequence[Decision],
    *,
    table: Table,
    mapping: Mapping[int, str],
    proposals: Callable[[Asked], Iterable[Proposal]],
    **more: Any,
) -> Plan:
    """`proposals` are what a question may be answered with, `more` what else the plan says: its names, ….

    The plan's mapping is by the names of the columns: their headings.
    """
    rows = tuple(with_reason(one) for one in decisions)
    waiting = [one for one in decisions if one.planned.outcome == Outcome.LEFT_OUT]
    verdict, reason = judged(rows)
    return Plan(
        verdict=verdict,
        reason=reason,
        language=get_language() or "en",
        sheet=table.sheet,
        header_row=table.header_row,
        mapping={column.name: mapping.get(column.index, "ignore") for column in table.columns},
        rows=rows,
        questions=tuple(questions_of(waiting, proposals)),
        problems=tuple(problem for one in decisions for problem in one.problems),
        not_rows=tuple((number, str(why)) for number, why in table.left_out),
        **more,
    )


def with_reason(one: Decision) -> PlannedRow:
    """A row that says already why it is not loaded keeps that."""
    row = one.planned
    reason = row.reason or reason_of(row, problems=one.problems, asked=one.asked)
    return replace(row, reason=reason) if reason else row


# Of these something may still come.
WAITING = (Why.QUESTION, Why.MOVED_ON, Why.SKIPPED, Why.LIKE_ROW)


def judged(rows: tuple[PlannedRow, ...]) -> tuple[Verdict, str]:
    """Of the file as a whole, and a sentence that says why."""
    found, ready = len(rows), sum(row.outcome in READY for row in rows)
    here = sum(row.outcome in ALREADY_HERE for row in rows)
    wait = sum(row.why in WAITING for row in rows)
    if ready + here == found:
        return Verdict.ACCEPTED, said_of(ready, here)
    if not (ready or here or wait):
        message = _("No row of this table can be loaded as it stands: see what is wrong in each.")
        return Verdict.REFUSED, message
    out = found - ready - here
    message = ngettext(
        "%(out)s row of %(found)s stays out: it waits for an answer, or is to be corrected.",
        "%(out)s rows of %(found)s stay out: they wait for an answer, or are to be corrected.",
        out,
    )
    return Verdict.PARTLY, message % grouped(out=out, found=found)


def said_of(ready: int, here: int) -> str:
    if not ready:
        return ngettext(
            "The one row is here already. Nothing changes.",
            "All %(here)s rows are here already. Nothing changes.",
            here,
        ) % grouped(here=here)
    if not here:
        said = ngettext("The one row is ready.", "All %(ready)s rows are ready.", ready)
        return said % grouped(ready=ready)
    message = _("Every row is ready (%(ready)s) or here already (%(here)s).")
    return message % grouped(ready=ready, here=here)


def digest_of(
    decisions: Iterable[Decision], also: Callable[[Any], list[Any]] = lambda one: []
) -> str:
    """Of all that would be written: another wherever anything of it is another.

    `also` is what would be written of a row beside the form's data.
    """
    hashed = hashlib.sha256()
    for one in decisions:
        if one.planned.outcome in READY and one.said:
            version = one.record.version if one.record else 0
            before = [one.planned.number, one.planned.record, version]
            told = [*before, one.said, *also(one)]
            hashed.update(json.dumps(told, ensure_ascii=False).encode())
    return hashed.hexdigest()
