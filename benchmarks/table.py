"""What was measured, as tables that are Markdown too."""

from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from benchmarks.journey import NOTHING
from benchmarks.results import Results, Run, divided, goals, short
from benchmarks.ways import ADMIN, FLOOR, ORDINARY, PAGE, SIGNED

HEADINGS = (
    "page", "half of the rounds", "wall", "SQL by hand", "ratio", "signed in", "ratio", "ordinary", "ratio",
    "admin", "ratio",
    "queries", "equal",
)  # fmt: skip
OF_FILES = (
    "files",
    "processor",
    "by the clock",
    "first byte",
    "beside it",
    "ratio",
    "peak",
    "beside it",
)
WALKED = ("walk in Chromium", "one waits", "at most", "÷ an empty page")


def report(results: Results) -> str:
    parts = [markdown(("goal", "", *results.databases), list(held(results)))]
    for run in results.runs:
        filled = f", filled in {run.told['filled']:.0f} s" if run.told["filled"] else ""
        parts.append(f"## {run.database}, {run.count:,} engagements{filled}")
        rows = [line(run, one) for one in run.operations.values()]
        parts.append(markdown(("", *HEADINGS), rows))
        if run.told.get("walk"):
            parts.append(markdown(WALKED, list(walked(run.told["walk"]))))
        if run.told.get("files"):
            parts.append(markdown(OF_FILES, [of_file(one) for one in run.told["files"]]))
    return "\n\n".join(parts) + "\n"


def of_file(one: dict[str, Any]) -> tuple[str, ...]:
    took, beside = one["took"], one["beside"]
    return (
        one["title"],
        f"{took['processor']:.1f} s",
        f"{took['wall']:.1f} s",
        f"{milliseconds(took['first'])} ms" if took["first"] else "–",
        f"{beside['processor']:.2f} s",
        times(divided(took["processor"], beside["processor"])),
        f"{took['peak']:.0f} MB",
        f"{beside['peak']:.0f} MB",
    )


def walked(waits: dict[str, list[float]]) -> Iterator[tuple[str, ...]]:
    """A row a step: half of the times one waits no longer than that, by the clock."""
    nothing = median(waits[NOTHING])
    for step, each in waits.items():
        half = median(each)
        yield step, f"{milliseconds(half)} ms", milliseconds(max(each)), times(half / nothing)


def held(results: Results) -> Iterator[tuple[str, ...]]:
    """A row a goal: what it is, its bound, and what was found in each database."""
    for goal in goals():
        cells = []
        for database in results.databases:
            found = goal.found(results, database)
            if found is None:
                cells.append("–")
                continue
            met = "met" if goal.is_met(found, database) else "missed"
            cells.append(f"{number(found)}{goal.unit} ({met})")
        bounds = dict.fromkeys(number(goal.bound_in(database)) for database in results.databases)
        sign = "≥" if goal.least else "≤"
        yield goal.what, f"{sign} {' / '.join(bounds)}{goal.unit}", *cells


def line(run: Run, one: dict[str, Any]) -> tuple[str, ...]:
    page = one["ways"][PAGE]
    lower, upper = page["spread"]
    return (
        one["title"],
        said(page),
        f"{milliseconds(lower)}-{milliseconds(upper)}",
        milliseconds(page["wall"]),
        said(one["ways"].get(FLOOR), page["rounds"]),
        times(run.ratio(one["name"], PAGE, FLOOR)),
        said(one["ways"].get(SIGNED), page["rounds"]),
        times(run.ratio(one["name"], PAGE, SIGNED)),
        said(one["ways"].get(ORDINARY), page["rounds"]),
        times(run.ratio(one["name"], ORDINARY, PAGE)),
        said(one["ways"].get(ADMIN), page["rounds"]),
        times(run.ratio(one["name"], ADMIN, PAGE)),
        str(one["queries"]),
        f"{one['equal']:,}" if one["equal"] else "–",
    )


def said(timed: dict[str, Any] | None, rounds: int = 0) -> str:
    """Milliseconds; in how many rounds, where they were fewer than those of the page."""
    if timed is None:
        return "–"
    if not timed["rounds"]:
        return f"> {timed['wall']:.0f} s"
    fewer = f" ({timed['rounds']} rounds)" if timed["rounds"] < rounds else ""
    return f"{milliseconds(timed['processor'])} ms{fewer}"


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.1f}" if seconds < 0.1 else f"{seconds * 1000:,.0f}"


def times(ratio: float | None) -> str:
    return f"{number(ratio)}×" if ratio else "–"


def number(value: float) -> str:
    if 0 < value < 0.1:
        return f"{value:.2g}"
    return f"{value:.2f}".rstrip("0").rstrip(".") if value < 10 else f"{value:,.0f}"


def markdown(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    every = [headings, *rows]
    widths = [max(len(row[place]) for row in every) for place in range(len(headings))]
    written = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in every
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([written[0], rule, *written[1:]])


__all__ = ["report", "short"]
