"""Where the bars go: geometry for charts that templates draw as SVG, in the drawing's own units.

Every measure is text with a point for decimals, so that no language puts a comma into a drawing.
"""

import math
from dataclasses import dataclass

from common.partial_dates import FiscalYear
from dashboards.figures import Figure
from dashboards.metrics.coverage import Coverage, ObjectiveYears
from dashboards.metrics.time import ByFiscalYear, YearCount

# The most years a drawing holds; the table beside it has all of them.
MOST_YEARS = 40

# The drawing of the years, and the part of it that bars stand in.
WIDTH, LEFT, RIGHT, TOP, FLOOR = 1080, 28, 1064, 14, 196
WIDEST_BAR = 64
LABEL_WIDTH = 64


@dataclass(frozen=True, kw_only=True)
class Box:
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A horizontal line and the number it stands for."""

    value: int
    y: str
    text_y: str


@dataclass(frozen=True, kw_only=True)
class YearBar:
    """What was completed stands on the axis; what is planned stands on top of it."""

    year: FiscalYear
    is_now: bool
    completed: Figure
    planned: Figure
    done: Box | None
    ahead: Box | None
    middle: str
    labelled: bool


@dataclass(frozen=True, kw_only=True)
class YearChart:
    width: str
    height: str
    label_y: str
    ticks: list[Tick]
    bars: list[YearBar]

    @property
    def first(self) -> FiscalYear:
        return self.bars[0].year

    @property
    def last(self) -> FiscalYear:
        return self.bars[-1].year


def year_chart(counted: ByFiscalYear, this_year: FiscalYear) -> YearChart:
    years = counted.years[-MOST_YEARS:]
    most = max(year.total for year in years)
    step = tick_step(most)
    highest = step * max(1, math.ceil(most / step))
    scale = (FLOOR - TOP) / highest
    slot = (RIGHT - LEFT) / len(years)
    every = max(1, math.ceil(LABEL_WIDTH / slot))
    return YearChart(
        width=point(WIDTH),
        height=point(FLOOR + 36),
        label_y=point(FLOOR + 18),
        ticks=[tick(value, FLOOR - value * scale) for value in range(0, highest + 1, step)],
        bars=[
            year_bar(
                year,
                left=LEFT + slot * place,
                slot=slot,
                scale=scale,
                is_now=year.year == this_year,
                labelled=(this_year.ends - year.year.ends) % every == 0,
            )
            for place, year in enumerate(years)
        ],
    )


def year_bar(
    year: YearCount, *, left: float, slot: float, scale: float, is_now: bool, labelled: bool
) -> YearBar:
    width = min(slot * 0.68, WIDEST_BAR)
    x = left + (slot - width) / 2
    done, ahead = year.completed.count * scale, year.planned.count * scale
    return YearBar(
        year=year.year,
        is_now=is_now,
        completed=year.completed,
        planned=year.planned,
        done=box(x, FLOOR - done, width, done),
        ahead=box(x, FLOOR - done - ahead, width, ahead),
        middle=point(x + width / 2),
        labelled=labelled,
    )


def tick(value: int, y: float) -> Tick:
    return Tick(value=value, y=point(y), text_y=point(y + 4))


def tick_step(highest: int) -> int:
    """A round number that makes two to five steps: 1, 2, 5, 10, 20, 50, …"""
    step = 1
    for factor in (2, 2.5, 2) * 12:
        if highest <= 4 * step:
            break
        step = round(step * factor)
    return step


@dataclass(frozen=True, kw_only=True)
class SmallBar:
    year: FiscalYear
    count: int
    box: Box | None
    is_now: bool
    middle: str
    text_y: str

    @property
    def label(self) -> str:
        """22-23: the century goes without saying beside four neighbours."""
        return str(self.year)[2:]


@dataclass(frozen=True, kw_only=True)
class SmallChart:
    """One objective's last years; `of` holds its figures."""

    of: ObjectiveYears
    bars: list[SmallBar]

    @property
    def latest(self) -> Figure:
        return self.of.years[-1]


def small_charts(coverage: Coverage, this_year: FiscalYear) -> list[list[SmallChart]]:
    """A list for each framework, all on one scale."""
    floor, most = 72, 54
    scale = most / max(coverage.highest, 1)
    slot = 200 / len(coverage.years)

    def bars(objective: ObjectiveYears) -> list[SmallBar]:
        made = []
        for place, (year, figure) in enumerate(zip(coverage.years, objective.years, strict=True)):
            height = figure.count * scale
            made.append(
                SmallBar(
                    year=year,
                    count=figure.count,
                    box=box(place * slot + 7, floor - height, slot - 14, height),
                    is_now=year == this_year,
                    middle=point(place * slot + slot / 2),
                    text_y=point(floor - height - 5),
                )
            )
        return made

    return [
        [SmallChart(of=objective, bars=bars(objective)) for objective in framework.objectives]
        for framework in coverage.frameworks
    ]


def box(x: float, y: float, width: float, height: float) -> Box | None:
    """None where there is nothing to draw."""
    if height <= 0:
        return None
    return Box(x=point(x), y=point(y), width=point(width), height=point(height))


def point(number: float) -> str:
    return f"{number:.1f}"
