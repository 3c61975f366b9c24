"""What a person chooses on the preview: which changes are taken, what becomes of what is here already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from engagements.imports.fields import FIELDS
from engagements.imports.plan import Plan

CHOICES = ("skip", "update", "create")


def number_in(text: str) -> int:
    """The number of a row; 0 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0


def choices_in(
    sent: QueryDict, *, before: Mapping[str, Any], plan: Plan | None = None
) -> dict[str, Any]:
    """What to lay over the answers: of the rows that the page showed, and of no others.

    `shows` names each change shown ("12:outcome"), `take` each that stays ticked, `shows-row` and
    `take-row` likewise each row that would be logged; `row-12` what becomes of
    row 12, as `was-12` said before; `all`, as "like:update", what becomes of every row of the plan that is
    left alone for that reason. `before`: the answers so far, which hold what stays and is shown no more.
    """
    shown: dict[str, list[str]] = {}
    for change in sent.getlist("shows"):
        number, _colon, field = change.partition(":")
        if number_in(number) and field:
            shown.setdefault(number, []).append(field)
    taken = set(sent.getlist("take"))
    kept = before.get("keep") or {}
    keep = {
        number: [
            *(field for field in kept.get(number, []) if field not in fields),
            *(field for field in fields if f"{number}:{field}" not in taken),
        ]
        or None
        for number, fields in shown.items()
    }
    rows: dict[str, str | None] = {
        number: value
        for name, value in sent.items()
        if (number := name.removeprefix("row-")) != name
        and number_in(number)
        and value in CHOICES
        and value != sent.get(f"was-{number}", "")
    }
    taken = set(sent.getlist("take-row"))
    rows |= {n: "skip" for n in sent.getlist("shows-row") if number_in(n) and n not in taken}
    for all_of_them in sent.getlist("all"):
        why, _colon, value = all_of_them.partition(":")
        if value in CHOICES and plan is not None:
            rows |= {str(row.number): value for row in plan.rows if why and row.why == why}
    for again in sent.getlist("again"):
        section, _colon, number = again.partition(":")
        if section in {"keep", "rows"} and number_in(number):
            (keep if section == "keep" else rows)[number] = None  # type: ignore[index]
    return {"keep": keep, "rows": rows}


def decided(answers: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(what to send to decide it anew, the row, what was chosen) of everything chosen there."""
    words = {
        "skip": _("leave it out"),
        "update": _("change what is here"),
        "create": _("log it as another one"),
    }
    rows = answers.get("rows") or {}
    keep = answers.get("keep") or {}
    found = [(f"rows:{number}", number, words.get(value, value)) for number, value in rows.items()]
    for number, names in keep.items():
        labels = [str(FIELDS[name].label) if name in FIELDS else name for name in names]
        said = _("stays as it is: %(fields)s") % {"fields": ", ".join(labels)}
        found.append((f"keep:{number}", number, said))
    return found
