"""A figure knows what it counts, so that it can lead to exactly that list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from engagements.kinds import COUNTED, PLANNED, Stage

__all__ = ["DONE", "PLANNED", "Figure", "Measure", "figure"]

DONE = (Stage.COMPLETED,)
CENT = Decimal("0.01")

# What is counted of the engagements on the figure's list: how many they are, their actual cost, their
# planned cost, their people from CSC added up, their partners or their countries, each once.
Measure = Literal["count", "cost", "planned_cost", "people", "partners", "countries"]


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A number, and what narrows the list to the engagements it was counted over.

    `narrow` holds parameters of the list (engagements.filters) that come on top of the reader's own
    filter, as values or records: {"stage": ("completed",), "fy": ("2026-27",)}.
    """

    value: int | Decimal
    narrow: Mapping[str, tuple[Any, ...]]
    measure: Measure = "count"

    def __bool__(self) -> bool:
        return bool(self.value)

    @property
    def count(self) -> int:
        """The value of a figure that counts."""
        return int(self.value)


def figure(
    value: int | Decimal | None,
    *,
    stage: Iterable[str] = COUNTED,
    measure: Measure = "count",
    **narrow: Any,
) -> Figure:
    """A figure over engagements in these stages; other parameters are one value or a list."""
    chosen = {"stage": tuple(stage)} | {
        name: tuple(wanted) if isinstance(wanted, list) else (wanted,)
        for name, wanted in narrow.items()
        if wanted is not None
    }
    if isinstance(value, Decimal):
        # SQLite adds decimals as floating-point numbers: over many, the sum drifts off the cent.
        value = value.quantize(CENT)
    return Figure(value=value or 0, narrow=chosen, measure=measure)
