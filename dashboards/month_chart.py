"""Where the bars of months go: a row of twelve for each fiscal year, all on one scale."""

import datetime as dt
from dataclasses import dataclass

from common.partial_dates import FiscalYear
from dashboards.charts import Box, box, point
from dashboards.metrics.months import ByMonth, MonthCount, YearOfMonths

# The drawing, in its own units: a row has the year's name, room for a number, and its bars.
WIDTH, LEFT, RIGHT = 1080, 72, 1064
ROW, HEAD, TALLEST = 104, 24, 72
LABELS = 28


@dataclass(frozen=True, kw_only=True)
class MonthBar:
    """What was completed stands on the axis; what is planned stands on top of it."""

    of: MonthCount
    done: Box | None
    ahead: Box | None
    middle: str
    # Of the number above the bar.
    text_y: str


@dataclass(frozen=True, kw_only=True)
class MonthRow:
    year: FiscalYear
    is_now: bool
    bars: list[MonthBar]
    floor: str
    text_y: str


@dataclass(frozen=True, kw_only=True)
class MonthChart:
    width: str
    height: str
    left: str
    label_y: str
    rows: list[MonthRow]

    @property
    def labels(self) -> list[MonthBar]:
        """The bars under which the months are named: those of the lowest row."""
        return self.rows[-1].bars

    @property
    def first(self) -> FiscalYear:
        return self.rows[0].year

    @property
    def last(self) -> FiscalYear:
        return self.rows[-1].year


def month_chart(counted: ByMonth, today: dt.date) -> MonthChart:
    scale = TALLEST / max(counted.highest, 1)
    this_year = FiscalYear.of(today)
    return MonthChart(
        width=point(WIDTH),
        height=point(ROW * len(counted.years) + LABELS),
        left=point(LEFT),
        label_y=point(ROW * len(counted.years) + LABELS - 10),
        rows=[
            month_row(year, floor=ROW * (place + 1), scale=scale, is_now=year.year == this_year)
            for place, year in enumerate(counted.years)
        ],
    )


def month_row(year: YearOfMonths, *, floor: float, scale: float, is_now: bool) -> MonthRow:
    slot = (RIGHT - LEFT) / len(year.months)
    return MonthRow(
        year=year.year,
        is_now=is_now,
        bars=[
            month_bar(month, left=LEFT + slot * place, slot=slot, floor=floor, scale=scale)
            for place, month in enumerate(year.months)
        ],
        floor=point(floor),
        text_y=point(floor - 4),
    )


def month_bar(
    month: MonthCount, *, left: float, slot: float, floor: float, scale: float
) -> MonthBar:
    width = slot * 0.6
    x = left + (slot - width) / 2
    done, ahead = month.completed.count * scale, month.planned.count * scale
    return MonthBar(
        of=month,
        done=box(x, floor - done, width, done),
        ahead=box(x, floor - done - ahead, width, ahead),
        middle=point(left + slot / 2),
        text_y=point(floor - done - ahead - 5),
    )
