"""A filter and something more: how a figure leads to the list of exactly what it counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from common.filters import query_string
from objectives.models import Objective

Pair = tuple[str, str]
DAYS = ("from", "to")


@dataclass(frozen=True)
class Chosen:
    """All of a filter that its links go on from: what is chosen. objectives: all there are, by code."""

    pairs: tuple[Pair, ...]
    objectives: Callable[[], Mapping[str, Objective]] = field(compare=False)

    def narrowed(self, **wanted: Any) -> str:
        """The query string of what the filter finds *and* is so besides.

        `narrowed(objective=[s1, m1], fy="2026-27")`: a value or several, records or codes; several of
        `stage`, `kind` or `fy` are alternatives, several of any other are each required. A parameter
        that is chosen already is not widened: `also=` requires the new value on top.
        """
        return _narrowed(self, wanted)

    @property
    def links(self) -> Chosen:
        return self

    @property
    def frameworks(self) -> set[int]:
        """The keys of those of which an objective is chosen."""
        every = self.objectives() if self.pairs else {}
        return {every[text].framework_id for name, text in self.pairs if name == "objective"}


def _narrowed(filters: Chosen, wanted: Mapping[str, Any]) -> str:
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


def _required(filters: Chosen, pairs: list[Pair], name: str, value: Any, code: str) -> Pair:
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


def _kind_in(filters: Chosen, pair: Pair) -> str:
    """The kind of framework for which a pair makes a choice; "" where it makes none."""
    name, text = pair
    if name == "untagged":
        return text
    return filters.objectives()[text].framework.kind if name == "objective" else ""


def code_of(value: Any) -> str:
    """The code of a record, or the value itself as the address has it."""
    for column in ("code", "iso2", "username"):
        if code := getattr(value, column, None):
            return code
    return str(value)


def objectives_by_code() -> dict[str, Objective]:
    every = Objective.objects.select_related("framework")
    return {objective.code: objective for objective in every}
