"""What stands on the map: the countries to shade, and where their numbers fit beside each other."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dashboards.metrics.places import InCountry, InRegion, Places
from dashboards.world import files
from dashboards.world.drawing import HEIGHT, WIDTH, Place, to_paper

# Where the name of a region stands, as (longitude, latitude): in the sea beside it. By M49 code.
NAMES = {
    "002": (-8, -14),
    "019": (-112, 4),
    "142": (80, -14),
    "150": (-27, 48),
    "009": (98, -38),
}
# In units of the drawing: the dot of a small state; a digit, and how high it is; the name of a region.
DOT = 4.5
DIGIT, LINE = 7.2, 12
NAME = 60
# From a point to the nearest border: a number fits across it, or at least is not taken for another's.
ROOMY, ENOUGH = 9.0, 3.6
# How high a strip of the drawing is, in which boxes are looked for.
STRIP = 2 * LINE


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A country to shade; `x` and `y`, of the dot of a small one, as an SVG writes them."""

    of: InCountry
    x: str
    y: str
    small: bool


@dataclass(frozen=True, kw_only=True)
class Number:
    """How many, as text. `on`: the step of the shade that it stands on, 0 where it stands beside it."""

    value: int
    x: str
    y: str
    on: int


@dataclass(frozen=True, kw_only=True)
class Group:
    """A region and its countries, in the order of the keyboard: by name, the small ones after the others.

    Those are drawn above the others then. `region` is None for countries in none; `x` and `y`, of its
    name, are empty where it has no place for one.
    """

    region: InRegion | None
    x: str
    y: str
    marks: list[Mark]


@dataclass(frozen=True, kw_only=True)
class Map:
    """`missing`: countries with engagements that are not on the map."""

    address: str
    view_box: str
    dot: str
    groups: list[Group]
    numbers: list[Number]
    missing: list[InCountry]


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def map_of(counted: Places) -> Map | None:
    """None where the map was not drawn at set-up."""
    address, where = files.address(), files.places()
    if address is None:
        return None
    return Map(
        address=address,
        view_box=f"0 0 {WIDTH} {HEIGHT}",
        dot=point(DOT),
        groups=[*groups(counted, where)],
        numbers=[*numbers(counted, where)],
        missing=[one for one in counted.countries if one.country.iso2 not in where],
    )


def groups(counted: Places, where: dict[str, Place]) -> Iterator[Group]:
    for region in counted.regions:
        x, y = to_paper(NAMES[region.region.code]) if region.region.code in NAMES else (None, None)
        marks = marks_of(region.all_countries, where)
        yield Group(region=region, x=point(x), y=point(y), marks=marks)
    if elsewhere := marks_of(counted.elsewhere, where):
        yield Group(region=None, x="", y="", marks=elsewhere)


def marks_of(countries: Iterable[InCountry], where: dict[str, Place]) -> list[Mark]:
    on_it = [one for one in countries if one.country.iso2 in where]
    marks = [
        Mark(of=one, x=point(place.x), y=point(place.y), small=place.small)
        for one in on_it
        if (place := where[one.country.iso2])
    ]
    return sorted(marks, key=lambda mark: mark.small)


def numbers(counted: Places, where: dict[str, Place]) -> Iterator[Number]:
    """The largest first, as long as none covers another, a dot or the name of a region."""
    shown = [
        (one, where[one.country.iso2]) for one in counted.countries if one.country.iso2 in where
    ]
    paper = Paper()
    for name in NAMES.values():
        paper.take(name_box(to_paper(name)))
    for one, place in shown:
        if place.small:
            paper.take(dot(place), one.country.iso2)
    for one, place in sorted(shown, key=lambda pair: -pair[0].engagements.count):
        count = one.engagements.count
        for x in spots(place, width_of(count)):
            box = around(x, place.y, width_of(count), LINE)
            if paper.is_free(box, one.country.iso2):
                paper.take(box)
                on = one.step if fits(place, count) else 0
                yield Number(value=count, x=point(x), y=point(place.y + 4), on=on)
                break


class Paper:
    """What is taken of the drawing, by strips, so that a box is held against those near it alone."""

    def __init__(self) -> None:
        self._strips: dict[int, list[tuple[str, Box]]] = defaultdict(list)

    def take(self, box: Box, by: str = "") -> None:
        for strip in _strips(box):
            self._strips[strip].append((by, box))

    def is_free(self, box: Box, of: str) -> bool:
        """Of all but the dot of the country itself."""
        near = (taken for strip in _strips(box) for taken in self._strips[strip])
        return not any(by != of and box.meets(other) for by, other in near)


def _strips(box: Box) -> range:
    return range(int(box.top // STRIP), int(box.bottom // STRIP) + 1)


def spots(place: Place, width: float) -> list[float]:
    """The middles at which a number may stand: on the country, beside its dot, or nowhere."""
    if place.small:
        beside = DOT + 2 + width / 2
        return [place.x + beside, place.x - beside]
    return [place.x] if place.room >= ENOUGH else []


def fits(place: Place, count: int) -> bool:
    """Whether the number lies within the country, so that its shade is what one reads it on."""
    return place.room >= ROOMY or place.room >= math.hypot(width_of(count) / 2, LINE / 3)


def width_of(count: int) -> float:
    return DIGIT * len(str(count))


def dot(place: Place) -> Box:
    return around(place.x, place.y, 2 * DOT, 2 * DOT)


def name_box(middle: tuple[float, float]) -> Box:
    return around(*middle, 2 * NAME, 2 * LINE)


def around(x: float, y: float, width: float, height: float) -> Box:
    return Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def point(number: float | None) -> str:
    return "" if number is None else f"{number:.1f}"
