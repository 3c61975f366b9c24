"""What may be tagged on a day: worked out once for all days on which it is the same."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable

from objectives.models import Framework, Objective, in_force_among


class Allowed:
    """Of adopted frameworks in order, whose objectives are at hand."""

    def __init__(self, frameworks: Iterable[Framework]) -> None:
        self.frameworks = list(frameworks)
        retired = (one.retired_on for each in self.frameworks for one in each.objectives.all())
        self._changes = sorted({day for day in retired if day})
        self._known: dict[tuple[int, ...], dict[str, Objective]] = {}
        self._days: dict[dt.date, dict[str, Objective]] = {}

    def on(self, day: dt.date) -> dict[str, Objective]:
        """By code, as engagements.alignments.objectives_allowed has it; the same object for the same."""
        known = self._days.get(day)
        if known is None:
            known = self._days[day] = self._on(day)
        return known

    def _on(self, day: dt.date) -> dict[str, Objective]:
        in_force = in_force_among(self.frameworks, day)
        key = (bisect_right(self._changes, day), *(framework.pk for framework in in_force))
        if key not in self._known:
            self._known[key] = {
                objective.code: objective
                for framework in in_force
                for objective in framework.objectives.all()
                if objective.retired_on is None or objective.retired_on > day
            }
        return self._known[key]
