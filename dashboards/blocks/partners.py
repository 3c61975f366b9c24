"""With whom: the partners most is done with, each with its bodies beneath it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from common.bilingual import reader_language
from common.partial_dates import FiscalYear
from dashboards.blocks.scope import Scope
from dashboards.figures import Figure
from dashboards.links import joined
from dashboards.metrics.partners import PartnerLine, Partners, partners_of
from dashboards.partners.sentences import sentences

# How many partners, and of each how many of the bodies beneath it.
TOP, TOP_BODIES = 6, 2


@dataclass(frozen=True, kw_only=True)
class PartnerTable:
    """Lines of a table of partners, and what is common to them."""

    lines: list[PartnerLine]

    @property
    def figures(self) -> Iterator[Figure]:
        for line in self.lines:
            yield from line.figures

    @property
    def most(self) -> int:
        """What the longest bar stands for."""
        return max((max(one.given.count, one.received.count) for one in self.lines), default=0)


def partners(scope: Scope) -> dict[str, Any]:
    """Seven queries, of which nothing chosen saves one."""
    found = partners_found(scope)
    return {
        "found": found,
        "reached": len(found.reached),
        "table": PartnerTable(lines=found.lines(most_met(found))),
        # What is said of a partner is told from more than the filter leaves.
        "marking": found.sensitivity,
        "sentences": sentences(found, joined(scope.filters.query, scope.options.query)),
    }


def partners_found(scope: Scope) -> Partners:
    # Nothing is chosen: what counts is all that may tell of a partner, and is read once.
    readable = scope.filters.queryset if scope.filters.pairs else scope.engagements
    return partners_of(
        scope.engagements,
        readable,
        year=chosen_year(scope),
        today=scope.today,
        silent=scope.options.silent,
        language=reader_language(),
    )


def chosen_year(scope: Scope) -> FiscalYear:
    """The fiscal year in which partners are new: the one chosen; else this one."""
    years = [year for year in scope.filters.chosen["fy"].values() if year]
    return years[0] if len(years) == 1 else scope.year


def most_met(found: Partners) -> list[tuple[int, int]]:
    """Those at the top with most engagements, under each its bodies with most and who is between."""
    rows: list[tuple[int, int]] = []
    for top in found.sorted(found.tops, "number")[:TOP]:
        bodies = {pk for pk in found.reached if found.tree.above[pk][-1] == top and pk != top}
        rows += found.opened({top, *found.sorted(bodies, "number")[:TOP_BODIES]}, "number")
    return rows
