"""The facts of a row as pages and `--json` tell them."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import override

from common.partial_dates import PartialDate, Precision
from engagements.forms import dates
from engagements.forms.money import amount_from
from engagements.imports.look_ups import LookUps

INPUTS = {prefix: [f"{prefix}_{part}" for part in dates.PARTS] for prefix in ("start", "end")}
NO_DAYS = {Precision.UNKNOWN, Precision.NOT_GIVEN, ""}
IN_WORDS = {Precision.SEASON, Precision.ABOUT, Precision.ONGOING}


def facts_of(data: QueryDict, *, look: LookUps) -> dict[str, Any]:
    """What a PlannedRow says of the engagement that the form's data tell."""
    start, end = date_in("start", data), date_in("end", data)
    facts: dict[str, Any] = {
        "title": data.get("title_en") or data.get("title_fr") or "",
        "kind": data.get("kind", ""),
        "precision": start.precision if start else "",
        "end_precision": end.precision if end else "",
        "countries": tuple(data.getlist("country")),
        "partners": tuple(look.named(code) for code in dict.fromkeys(data.getlist("partner"))),
        "objectives": tuple(data.getlist("objectives")),
        "cost_cents": cents_in(data.get("actual_cost", "")),
        "sensitivity": _level(data.get("sensitivity", "")),
    }
    for name, date in (("start", start), ("end", end)):
        facts[name] = said_in_english(date)
        if date and date.precision in IN_WORDS and (shown := str(date)) != facts[name]:
            facts[f"{name}_shown"] = shown
    return facts


def said_in_english(date: PartialDate | None) -> str:
    """ "2003-02", "autumn 2002", "" where there are no days to tell."""
    if date is None or date.precision in NO_DAYS:
        return ""
    if date.precision not in IN_WORDS:
        return str(date)
    with override("en"):
        return str(date)


def cents_in(text: str) -> int | None:
    amount = amount_from(text) if text else None
    return None if amount is None else int(amount.scaleb(2))


def _level(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 1 else 0


def date_in(prefix: str, data: QueryDict) -> PartialDate | None:
    """The date as the form's data tell it; None where they tell none."""
    precision, *others = (data.get(name, "") for name in INPUTS[prefix])
    if not precision:
        return None
    return dates.told_date(prefix, precision, *(each.strip() for each in others))
