"""Whether what would be done now is what was shown, but for what was chosen there and nothing else."""

from __future__ import annotations

from engagements.imports.answers import Answers
from engagements.imports.plan import Outcome, Plan, PlannedRow, Why


def is_as_shown(shown: Plan, now: Plan, answers: Answers) -> bool:
    """A choice that takes away, or logs a row as it was shown, needs no second look; all else does.

    So a row that becomes ready since another was left out is shown first, and so is what a row would change
    in a record.
    """
    return len(shown.rows) == len(now.rows) and all(
        before == after or _is_chosen(before, after, answers)
        for before, after in zip(shown.rows, now.rows, strict=True)
    )


def _is_chosen(before: PlannedRow, after: PlannedRow, answers: Answers) -> bool:
    if before.number != after.number:
        return False
    match answers.rows.get(after.number):
        case "skip":
            return after.why == Why.SKIPPED
        case "create":
            return after.outcome in (Outcome.CREATE, Outcome.LEFT_OUT)
        case None if after.number in answers.keep:
            taken_less = set(after.differences) <= set(before.differences)
            return taken_less and after.outcome in (Outcome.UPDATE, Outcome.UNCHANGED)
    return False
