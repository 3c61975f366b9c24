"""What was measured, as a table that is Markdown too."""

from dataclasses import dataclass

from django.db import connection

from benchmarks.measuring import Timed

HEADINGS = ("", "page", "half of the rounds", "wall", "SQL by hand", "wall", "ratio", "numbers")


@dataclass(frozen=True, kw_only=True)
class Line:
    """Something the page does, beside the SQL that gives the same `numbers` (how many were equal)."""

    name: str
    page: Timed
    hand: Timed
    numbers: int

    @property
    def cells(self) -> tuple[str, ...]:
        lower, upper = self.page.spread
        return (
            self.name,
            milliseconds(self.page.processor),
            f"{lower * 1000:.0f}-{upper * 1000:.0f}",
            milliseconds(self.page.wall),
            milliseconds(self.hand.processor),
            milliseconds(self.hand.wall),
            ratio(self.page, self.hand),
            f"{self.numbers:,} equal",
        )


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms"


def ratio(page: Timed, hand: Timed) -> str:
    """Of processor times; of wall times where that of a server is too short for its clock."""
    if connection.vendor == "postgresql" and hand.processor < 0.05:
        return f"{page.wall / hand.wall:.1f} (wall)"
    return f"{page.processor / hand.processor:.1f}"


def table(title: str, lines: list[Line]) -> str:
    rows = [(title, *HEADINGS[1:]), *(line.cells for line in lines)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HEADINGS))]
    written = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([written[0], rule, *written[1:]])
