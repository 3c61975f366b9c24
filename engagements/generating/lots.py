"""Drawing lots: dates as precise as people remember them, and how often each thing comes."""

import datetime as dt
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

from common.partial_dates import FiscalYear, PartialDate, Precision, Season
from engagements.kinds import Kind

T = TypeVar("T")

YEARS = 10
PRECISIONS = {
    Precision.DAY: 80, Precision.MONTH: 10, Precision.SEASON: 3, Precision.YEAR: 3,
    Precision.FISCAL_YEAR: 1, Precision.ABOUT: 1, Precision.UNKNOWN: 2,
}  # fmt: skip
KINDS = {
    Kind.INCOMING_VISIT: 17, Kind.OUTGOING_VISIT: 15, Kind.BILATERAL_MEETING: 16,
    Kind.MULTILATERAL_MEETING: 9, Kind.CONFERENCE_HOSTED: 2, Kind.CONFERENCE_ATTENDED: 8,
    Kind.TECHNICAL_ASSISTANCE: 4, Kind.NEEDS_ASSESSMENT: 2, Kind.TRAINING_DELIVERED: 5,
    Kind.TRAINING_RECEIVED: 3, Kind.DEPLOYMENT: 2, Kind.PEACE_OPERATION: 1,
    Kind.AGREEMENT_SIGNED: 2, Kind.INFORMATION_EXCHANGE: 10, Kind.PUBLICATION: 2, Kind.OTHER: 2,
}  # fmt: skip


@dataclass(frozen=True)
class Urn(Generic[T]):
    """Things to draw from, some more often than others."""

    things: Sequence[T]
    heights: Sequence[float]

    @property
    def last(self) -> int:
        return len(self.things) - 1

    @classmethod
    def of(cls, weights: dict[T, int]) -> "Urn[T]":
        return cls(list(weights), list(accumulate(weights.values())))

    @classmethod
    def skewed(cls, things: Sequence[T], *, by: float) -> "Urn[T]":
        """The first most often, and the n-th n**by times less often than it."""
        return cls(things, list(accumulate(1 / (n + 1) ** by for n in range(len(things)))))

    def draw(self, random: Random) -> T:
        return self.things[bisect(self.heights, random.random() * self.heights[-1], 0, self.last)]

    def draw_some(self, random: Random, number: int) -> list[T]:
        """As many, each once; fewer where the same is drawn again."""
        return list(dict.fromkeys(self.draw(random) for _ in range(number)))


PRECISION_URN, KIND_URN = Urn.of(PRECISIONS), Urn.of(KINDS)


def start_of(random: Random, today: dt.date) -> PartialDate:
    """In the last ten fiscal years, this one included, the later ones more often; a few next year."""
    this_year = FiscalYear.of(today).ends
    if random.random() < 0.01:
        year = FiscalYear(this_year + 1)
    else:
        year = FiscalYear(this_year - int(YEARS * (1 - random.random() ** 0.6)))
    first, last = year.days
    day = first + dt.timedelta(days=random.randrange((last - first).days + 1))
    return as_remembered(day, PRECISION_URN.draw(random))


def as_remembered(day: dt.date, precision: str) -> PartialDate:
    match precision:
        case Precision.DAY:
            return PartialDate.day(day)
        case Precision.MONTH:
            return PartialDate.month(day.year, day.month)
        case Precision.SEASON:
            return PartialDate.season(day.year, list(Season)[day.month // 3 % 4])
        case Precision.FISCAL_YEAR:
            return PartialDate.fiscal(FiscalYear.of(day).ends)
        case Precision.UNKNOWN:
            return PartialDate.unknown()
    return PartialDate.year(day.year, about=precision == Precision.ABOUT)


def end_of(random: Random, start: PartialDate) -> PartialDate:
    """Days later where the start is a day; else mostly not given. One in a hundred goes on still."""
    chance = random.random()
    if chance < 0.01:
        return PartialDate(Precision.ONGOING)
    if start.precision == Precision.DAY and start.latest and chance < 0.8:
        return PartialDate.day(start.latest + dt.timedelta(days=int(random.expovariate(0.4))))
    return PartialDate(Precision.NOT_GIVEN)
