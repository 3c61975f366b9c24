"""A filter and something more: how a figure leads to the list of exactly what it counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from common.filters import query_string
from objectives.models import Objective

if TYPE_CHECKING:
    from engagements.filters import EngagementFilter

Pair = tuple[str, str]
DAYS = ("from", "to")


def narrowed(filters: EngagementFilter, wanted: Mapping[str, Any]) -> str:
    """The query string of what the filter finds *and* is so besides.

    `narrowed(filters, {"objective": [s1, m1], "fy": "2026-27"})`: a value or several, records or codes;
    several of `stage`, `kind` or `fy` are alternatives, several of any other are each required. A parameter
    that is chosen already is not widened: `also=` requires the new value on top.
    """
    pairs = list(filters.pairs)
    for name, values in wanted.items():
        values = values if isinstance(values, list | tuple | set) else [values]
        codes = [code_of(value) for value in values]
        if name in {"stage", "kind", "fy"}:
            pairs = _narrowed_to(pairs, name, codes)
        else:
            for value, code in zip(values, codes, strict=True):
                required = _required(filters, pairs, name, value, code)
                pairs += [required] if required not in pairs else []
    return query_string(pairs)


def _narrowed_to(pairs: list[Pair], name: str, codes: list[str]) -> list[Pair]:
    """An engagement has one stage, kind and fiscal year: what is left is what both allow."""
    asked = [text for parameter, text in pairs if parameter == name]
    left = [code for code in codes if code in asked] if asked else codes
    if asked and not left:
        return [*pairs, ("also", f"{name}:{codes[0]}")]
    return [pair for pair in pairs if pair[0] != name] + [(name, code) for code in left]


def _required(
    filters: EngagementFilter, pairs: list[Pair], name: str, value: Any, code: str
) -> Pair:
    """The pair that requires it: as a choice of its own, unless another stands for its group."""
    if name in {"objective", "untagged"}:
        kind = value.framework.kind if isinstance(value, Objective) else code
        rivals = [pair for pair in pairs if _kind_in(filters, pair) == kind]
    elif name in DAYS:
        # A range that ends before it begins makes no sense, whereas two of them may overlap.
        rivals = [pair for pair in filters.pairs if pair[0] in DAYS]
    else:
        rivals = [pair for pair in pairs if pair[0] == name]
    alone = not rivals or rivals == [(name, code)]
    return (name, code) if alone else ("also", f"{name}:{code}")


def _kind_in(filters: EngagementFilter, pair: Pair) -> str:
    """The kind of framework for which a pair makes a choice; "" where it makes none."""
    name, text = pair
    if name == "untagged":
        return text
    return filters.objectives[text].framework.kind if name == "objective" else ""


def code_of(value: Any) -> str:
    """The code of a record, or the value itself as the address has it."""
    for column in ("code", "iso2", "username"):
        if code := getattr(value, column, None):
            return code
    return str(value)
