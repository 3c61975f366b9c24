"""What was measured, as a picture: a bar a way on a scale of tens, a panel a database at 100,000."""

from collections.abc import Iterator
from html import escape
from math import log10

from benchmarks.results import Results, Run
from benchmarks.ways import SAID, WAYS

COLOURS = {
    "page": "#26374a",
    "floor": "#6f9a8d",
    "signed": "#a9c6bd",
    "ordinary": "#d9a441",
    "admin": "#b3544d",
}
LEFT, WIDE, BAR, GAP, HEAD = 200, 560, 13, 14, 64
# From a tenth of a millisecond to a hundred seconds.
LOWEST, HIGHEST = -4, 2


def picture(results: Results) -> str:
    runs = [run for run in results.runs if run.count == shown(results)]
    panels, top = [], 24.0
    for run in runs:
        panel, height = panel_of(run, top)
        panels.append(panel)
        top += height + 24
    width = LEFT + WIDE + 90
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{top:.0f}"'
        f' viewBox="0 0 {width} {top:.0f}" font-family="system-ui, sans-serif" font-size="12">'
        f"<title>Processor time of each page beside what it is compared with</title>"
        f'<rect width="100%" height="100%" fill="#fff"/>{"".join(panels)}</svg>\n'
    )


def shown(results: Results) -> int:
    counts = [run.count for run in results.runs]
    return 100_000 if 100_000 in counts else max(counts)


def panel_of(run: Run, top: float) -> tuple[str, float]:
    """The panel, and how high it is."""
    parts, at = [], top + HEAD
    for one in run.operations.values():
        bars = list(bars_of(one["ways"], at))
        parts.append(words(LEFT - 10, at + len(bars) * BAR / 2 + 4, one["title"], "end"))
        parts += bars
        at += len(bars) * BAR + GAP
    title = f"{run.database}, {run.count:,} engagements: processor time, application and database"
    head = [words(0 + 16, top + 8, title, "start", weight="bold"), *key(top + 28)]
    return "".join([*head, *scale(top + HEAD - 6, at - GAP + 4), *parts]), at - top


def bars_of(ways: dict, at: float) -> Iterator[str]:
    for place, way in enumerate(way for way in WAYS if way in ways):
        timed, y = ways[way], at + place * BAR
        end = across(timed["processor"])
        said = f"> {timed['wall']:.0f} s" if not timed["rounds"] else in_words(timed["processor"])
        yield (
            f'<rect x="{LEFT}" y="{y:.1f}" width="{max(end, 1):.1f}" height="{BAR - 2}"'
            f' fill="{COLOURS[way]}"/>' + words(LEFT + end + 5, y + 9, said, "start", size=10)
        )


def key(y: float) -> Iterator[str]:
    for place, way in enumerate(WAYS):
        x = 16 + place * 160
        yield f'<rect x="{x}" y="{y}" width="11" height="11" fill="{COLOURS[way]}"/>'
        yield words(x + 16, y + 10, SAID[way], "start")


def scale(top: float, bottom: float) -> Iterator[str]:
    for power in range(LOWEST, HIGHEST + 1):
        x = LEFT + across(10.0**power)
        yield f'<path d="M{x:.1f} {top + 4:.1f}V{bottom:.1f}" stroke="#ddd"/>'
        yield words(x, top, in_words(10.0**power), "middle", size=10)


def across(seconds: float) -> float:
    place = (log10(max(seconds, 10.0**LOWEST)) - LOWEST) / (HIGHEST - LOWEST)
    return WIDE * min(place, 1)


def in_words(seconds: float) -> str:
    if seconds >= 1:
        return f"{seconds:.3g} s"
    return f"{seconds * 1000:.3g} ms"


def words(
    x: float, y: float, text: str, anchor: str, *, size: int = 12, weight: str = "normal"
) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}" font-weight="{weight}"'
        f' fill="#222">{escape(text)}</text>'
    )
