"""The map as one SVG file, and where each country is on it.

The file holds outlines alone: no colour, no style. A page refers to them (`world.svg#land`,
`world.svg#FR`) and colours them by class.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from xml.sax.saxutils import quoteattr

from dashboards.world.geometry import (
    EAST,
    WEST,
    Point,
    Ring,
    area,
    box,
    cut,
    equal_earth,
    roomiest,
    unrolled,
)
from dashboards.world.shapes import PLACES, countries, countries_thinned

WIDTH, NORTH, SOUTH = 1080, 83.7, -56.5
SCALE = WIDTH / (equal_earth((EAST, 0))[0] - equal_earth((WEST, 0))[0])
TOP = equal_earth((0, NORTH))[1]
HEIGHT = round((TOP - equal_earth((0, SOUTH))[1]) * SCALE)

# In square units of the drawing; one is about 1,000 km². A point that makes a smaller triangle is left out.
DETAIL = 0.4
SPECK = 0.4
# Whoever has less land than this is marked by a dot as well.
SMALL = 28
# Drawn as wide as this in the colour of land where nothing shades it.
DOT = 1.4


@dataclass(frozen=True)
class Place:
    """Where a country is in the drawing.

    `x`, `y`: its dot, or the middle of its widest land; `room`: how far from there to its border, in units;
    `small`: whether it is too small to be seen by its shape.
    """

    x: float
    y: float
    room: float
    small: bool


def drawn() -> tuple[str, dict[str, dict]]:
    """The SVG file, and {ISO code: a Place as a mapping} of every country on it."""
    thinned = {
        iso2: on_paper(rings) for iso2, rings in countries_thinned(DETAIL / SCALE**2).items()
    }
    places = {
        iso2: place(iso2, rings, thinned.get(iso2, [])) for iso2, rings in countries().items()
    }
    places |= {iso2: _dot(point) for iso2, point in PLACES.items()}
    nobodys = places.pop("", None)
    groups = [_group(iso2, thinned.get(iso2, []), places[iso2]) for iso2 in sorted(places)]
    if nobodys:
        groups.append(f'<path d="{path(_seen(thinned.get("", [])))}"/>')
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">\n'
        f'<g id="land" fill-rule="evenodd">\n{chr(10).join(groups)}\n</g>\n</svg>\n'
    )
    return svg, {iso2: asdict(one) for iso2, one in sorted(places.items())}


def on_paper(rings: Iterable[Ring]) -> list[Ring]:
    """Rings of the globe as rings of the drawing, cut where they cross its edge."""
    return [[to_paper(point) for point in piece] for ring in rings for piece in cut(ring)]


def to_paper(point: Point) -> Point:
    x, y = equal_earth(point)
    return x * SCALE + WIDTH / 2, (TOP - y) * SCALE


def place(iso2: str, rings: list[Ring], thinned: list[Ring]) -> Place:
    """From all of its land; the middle is looked for in the thinned shape of the widest."""
    whole = on_paper(rings)
    if sum(map(area, whole)) < SMALL:
        return _dot(PLACES.get(iso2) or _middle(max(map(unrolled, rings), key=area)))
    (x, y), room = roomiest(max(thinned, key=area))
    return Place(round(x, 1), round(y, 1), round(room, 1), small=False)


def _middle(ring: Ring) -> Point:
    (west, south), (east, north) = box(ring)
    return (west + east) / 2, (south + north) / 2


def _dot(point: Point) -> Place:
    longitude = (point[0] - WEST) % 360 + WEST
    x, y = to_paper((longitude, point[1]))
    return Place(round(x, 1), round(y, 1), 0, small=True)


def _group(iso2: str, rings: list[Ring], at: Place) -> str:
    shape = path(_seen(rings))
    inside = f'<path d="{shape}"/>' if shape else ""
    if at.small:
        inside += f'<circle cx="{at.x}" cy="{at.y}" r="{DOT}"/>'
    return f"<g id={quoteattr(iso2)}>{inside}</g>"


def _seen(rings: Sequence[Ring]) -> list[Ring]:
    """Without specks; of a country that has nothing else, its largest."""
    kept = [ring for ring in rings if area(ring) >= SPECK]
    return kept or sorted(rings, key=area)[-1:]


def path(rings: Iterable[Ring]) -> str:
    """In steps of a tenth of a unit, written as briefly as SVG allows."""
    written = []
    for ring in rings:
        tenths = [(round(x * 10), round(y * 10)) for x, y in ring]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(tenths) if a != b]
        if len(steps) > 1:
            numbers = [number for point in [tenths[0], *steps] for number in point]
            written.append("M" + _joined(numbers[:2]) + "l" + _joined(numbers[2:]) + "z")
    return "".join(written)


def _joined(tenths: Iterable[int]) -> str:
    """Numbers with as little between them as can be read apart."""
    text = ""
    for number in tenths:
        told = _told(number)
        text += told if not text or told.startswith("-") else f" {told}"
    return text


def _told(tenths: int) -> str:
    sign, (whole, rest) = "-" if tenths < 0 else "", divmod(abs(tenths), 10)
    if not rest:
        return f"{sign}{whole}"
    return f"{sign}{whole or ''}.{rest}"
