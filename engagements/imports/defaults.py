"""What is said once for the file, of what its rows lack."""

from __future__ import annotations

from common.sheets.values.amounts import read_amount
from common.sheets.values.cells import ValueProblem
from common.sheets.values.dates import Habits, end_of, read_date
from engagements.forms import opening
from engagements.imports.answers import Answers
from engagements.imports.cells_told import cents_said, date_inputs
from engagements.imports.matching.results import Found
from engagements.imports.matching.words import SENSITIVITIES, approval_of, language_of
from engagements.imports.row_reading import FAMILIES
from engagements.imports.rows import Inputs

# Field → the input of the form that holds its codes.
CODES = {
    "partners": "partner",
    "countries": "country",
    "office": "lead_office",
    "officer": "lead_officer",
}
WORDS = {"approval": approval_of, "text_language": language_of}
AMOUNTS = {"cost_cents": "actual_cost", "planned_cost": "planned_cost"}


def defaults_of(answers: Answers) -> dict[str, Inputs]:
    """Field → its inputs. What cannot be read is left to the form, which says what is wrong with it."""
    found: dict[str, Inputs] = {}
    for name in answers.defaults:
        if name in ("objectives", *FAMILIES):
            codes = found.setdefault("objectives", {"objectives": []})["objectives"]
            codes += [code.upper() for code in answers.default_list(name)]
        elif inputs := _inputs(name, answers):
            found[name] = inputs
    return found


def _inputs(name: str, answers: Answers) -> Inputs | None:
    text = answers.default(name).strip()
    if not text:
        return None
    if name in CODES:
        return {CODES[name]: answers.default_list(name)}
    if name in ("start", "end"):
        return _date(name, text, answers)
    if name == "sensitivity":
        return {name: [str(SENSITIVITIES.get(text, text))]}
    if name in WORDS:
        match = WORDS[name](text)
        return {name: [match.code if isinstance(match, Found) else text]}
    if name in AMOUNTS:
        return {AMOUNTS[name]: [_amount(text)]}
    return {name: [text]}


def _date(name: str, text: str, answers: Answers) -> Inputs | None:
    habits = Habits(fiscal=answers.fiscal_or_month != "month")
    try:
        told = read_date(text, answers.date_order, habits=habits)
    except ValueProblem:
        return None
    if told is None:
        return None
    return date_inputs(name, told.start if name == "start" else end_of(told))


def _amount(text: str) -> str:
    try:
        cents = read_amount(text)
    except ValueProblem:
        return text
    return "" if cents is None else opening.money(cents_said(cents))
