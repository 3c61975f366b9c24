"""What `manage.py import_engagements` prints: one object of JSON, or a report to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagements.imports.plan import Outcome, Plan, PlannedRow, Question, Verdict
from engagements.imports.reasons import said

EXIT = {Verdict.ACCEPTED: 0, Verdict.PARTLY: 1, Verdict.REFUSED: 2}
# Of problems and questions a report shows so many; the JSON has all.
SHOWN = 20


def refusal(reason: str, *, dry_run: bool) -> dict[str, Any]:
    """The object for a file or a call of which nothing comes."""
    empty = Plan(verdict=Verdict.REFUSED, reason=reason)
    return as_json(empty, dry_run=dry_run)


def as_json(plan: Plan, *, dry_run: bool) -> dict[str, Any]:
    """The same facts as the page. What a dry run says of created and updated is what would be."""
    counts = plan.counts
    told: dict[str, Any] = {
        "verdict": str(plan.verdict),
        "reason": plan.reason,
        "sheet": plan.sheet or None,
        "header_row": plan.header_row or None,
        "encoding": plan.encoding,
        "mapping": dict(plan.mapping),
        "rows_found": plan.rows_found,
        "rows_ready": counts["create"] + counts["update"],
        "rows_left_out": counts["left_out"] + counts["conflict"],
        "created": counts["create"],
        "updated": counts["update"],
        "unchanged": counts["unchanged"] + counts["duplicate"],
        "dry_run": dry_run,
        "questions": [question_told(question) for question in plan.questions],
        "recalled": [asdict(each) for each in plan.recalled],
        "problems": [
            {
                "sheet": problem.sheet,
                "row": problem.row or None,
                "column": problem.place or None,
                "field": problem.field or None,
                "value": problem.value,
                "message": problem.message,
            }
            for problem in plan.problems
        ],
        "left_out": [
            {"row": row.number, "why": str(row.why), "reason": row.reason} for row in plan.left_out
        ],
        "new_partners": list(plan.new_partners),
        "new_names": dict(plan.new_names),
    }
    if dry_run:
        told["rows"] = [row_told(row) for row in plan.rows]
    return told


def question_told(question: Question) -> dict[str, Any]:
    return {
        "kind": question.kind,
        "value": question.value,
        "field": question.field,
        "rows": list(question.rows),
        "message": question.message,
        "proposals": [asdict(proposal) for proposal in question.proposals],
    }


def row_told(row: PlannedRow) -> dict[str, Any]:
    return {
        "row": row.number,
        "title": row.title,
        "kind": row.kind,
        "start": row.start,
        "end": row.end,
        "precision": str(row.precision),
        "end_precision": str(row.end_precision),
        "countries": list(row.countries),
        "partners": list(row.partners),
        "objectives": list(row.objectives),
        "cost_cents": row.cost_cents,
        "outcome": str(row.outcome),
        "reason": row.reason,
        "reference": row.record,
        "differences": [asdict(each) for each in row.differences],
        "conflicts": [asdict(each) for each in row.conflicts],
    }


def lines(plan: Plan, *, dry_run: bool) -> Iterator[str]:
    """A report in sentences."""
    yield plan.reason
    told = {"sheet": plan.sheet, "row": plan.header_row, "found": plan.rows_found}
    if plan.sheet:
        yield _("Sheet: %(sheet)s") % told
    message = ngettext(
        "Headings in row %(row)d, %(found)d row below them.",
        "Headings in row %(row)d, %(found)d rows below them.",
        plan.rows_found,
    )
    yield message % told
    yield from _outcomes(plan, dry_run=dry_run)
    yield from _questions(plan)
    yield from _problems(plan)


def _outcomes(plan: Plan, *, dry_run: bool) -> Iterator[str]:
    counts = plan.counts
    words = {
        "create": _("to be created: %(number)d") if dry_run else _("created: %(number)d"),
        "update": _("to be changed: %(number)d") if dry_run else _("changed: %(number)d"),
        "unchanged": _("here already, unchanged: %(number)d"),
        "duplicate": _("here already, as far as can be told: %(number)d"),
        "conflict": _("changed by somebody else as well: %(number)d"),
        "left_out": _("left out: %(number)d"),
    }
    for outcome in Outcome:
        if counts[outcome.value]:
            yield "  " + words[outcome.value] % {"number": counts[outcome.value]}


def _questions(plan: Plan) -> Iterator[str]:
    if plan.recalled:
        number = len(plan.recalled)
        message = ngettext(
            "%(number)d wording taken as answered before.",
            "%(number)d wordings taken as answered before.",
            number,
        )
        yield message % {"number": number}
    if plan.questions:
        yield _("Questions, each once for the file:")
    for question in plan.questions[:SHOWN]:
        codes = ", ".join(proposal.code for proposal in question.proposals[:5])
        rows = ngettext("%(number)d row", "%(number)d rows", len(question.rows))
        yield f"  {question.kind} {question.value!r} ({rows % {'number': len(question.rows)}}) {codes}"
    yield from _more(len(plan.questions))


def _problems(plan: Plan) -> Iterator[str]:
    if plan.problems:
        yield _("To be corrected:")
    for problem in plan.problems[:SHOWN]:
        row = _("row %(row)d") % {"row": problem.row}
        yield f"  {row}, {said(problem)}"
    yield from _more(len(plan.problems))


def _more(number: int) -> Iterator[str]:
    if number > SHOWN:
        yield "  " + _("… and %(number)d more: see them all with --json.") % {
            "number": number - SHOWN
        }
