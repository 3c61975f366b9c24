"""Why a row is not loaded, in a sentence: on the page, and in the file of what was left out."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from engagements.imports.plan import PlannedRow, Problem, Why
from engagements.imports.rows import Asked


def reason_of(
    row: PlannedRow, *, problems: Iterable[Problem] = (), asked: Iterable[Asked] = ()
) -> str:
    """ "" for a row that is ready."""
    told = {"row": row.repeats, "reference": row.record, "who": row.changed_by}
    match row.why:
        case Why.PROBLEM:
            return " ".join(said(problem) for problem in problems)
        case Why.QUESTION:
            return " ".join(dict.fromkeys(waits_for(each) for each in asked))
        case Why.REPEATS:
            return _("It is the same as row %(row)s, cell by cell.") % told
        case Why.LIKE_ROW:
            message = _(
                "Row %(row)s has the same title, the same start and one of its partners. Say whether this "
                "is an engagement of its own."
            )
            return message % told
        case Why.SKIPPED:
            return _("You chose to leave it out.")
        case Why.LOADED:
            return _("This very row was loaded before, as %(reference)s.") % told
        case Why.SAME_RECORD:
            return _("It says what %(reference)s says.") % told
        case Why.LIKE:
            return (
                _("%(reference)s has the same title, the same start and one of its partners.")
                % told
            )
        case Why.MOVED_ON:
            return _moved_on(row, told)
    return ""


def said(problem: Problem) -> str:
    """The column first, then what is wrong in it."""
    if not problem.place:
        return problem.message
    return _("%(column)s: %(message)s") % {"column": problem.place, "message": problem.message}


def waits_for(asked: Asked) -> str:
    about = {"value": asked.value}
    match asked.kind:
        case "partners":
            return _("Say which partner “%(value)s” is, or create it.") % about
        case "countries":
            return _("Say which country “%(value)s” is.") % about
        case "kinds":
            return _("Say which kind “%(value)s” is.") % about
        case "objectives_said":
            return _("Say which objective “%(value)s” is.") % about
        case "people":
            return _("Say who “%(value)s” is, or leave it empty.") % about
        case "offices":
            return _("Say which office “%(value)s” is.") % about
        case "date_order":
            return _("Say whether “%(value)s” has the day or the month first.") % about
        case "fiscal_or_month":
            return _("Say whether “%(value)s” is a month or a fiscal year.") % about
        case "confirmed":
            return _("It holds what looks like a number of a person. Take it out, or confirm it.")
    return MISSING[asked.value]()


MISSING = {
    "kind": lambda: _("It says no kind. Give one, or say one for the whole file."),
    "start": lambda: _("It says no start. Give one, or say for the whole file that it is unknown."),
    "partners": lambda: _("It names no partner. Name one, or say one for the whole file."),
    "office": lambda: _("It says no lead office. Give one, or say one for the whole file."),
    "objectives": lambda: _("It serves no pillar. Give one, or say one for the whole file."),
}


def _moved_on(row: PlannedRow, told: dict) -> str:
    fields = ", ".join(conflict.label for conflict in row.conflicts)
    message = _(
        "%(who)s changed %(reference)s since the file was made, in what the file changes too: %(fields)s."
    )
    return message % (told | {"fields": fields})
