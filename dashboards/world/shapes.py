"""Which outlines are whose: from the package's shapes to the countries of the reference data."""

from collections.abc import Iterator
from dataclasses import dataclass

from mapcraft import packs, topology

from dashboards.world.geometry import Point, Ring, box, equal_earth, thinned, unrolled
from partners.reference import FOLDER, read

PACK = "world-countries-2024"
LEFT_OUT = {"AQ"}

# Shapes with no number of their own, and whose they are; a glacier that two claim is nobody's.
UNNUMBERED = {"Kosovo": "XK", "Somaliland": "SO", "N. Cyprus": "CY", "Indian Ocean Ter.": "CX"}


@dataclass(frozen=True)
class Part:
    """Land that the package draws with one country and the standard lists by itself."""

    of: str
    iso2: str
    west: float
    south: float
    east: float
    north: float

    def holds(self, ring: Ring) -> bool:
        (west, south), (east, north) = box(ring)
        return (
            self.west <= west and east <= self.east and self.south <= south and north <= self.north
        )


PARTS = [
    Part("FR", "GF", -56, 1, -50, 7),
    Part("FR", "GP", -62, 15.7, -60.9, 16.7),
    Part("FR", "MQ", -61.4, 14.2, -60.7, 15),
    Part("FR", "RE", 55, -22, 56, -20),
    Part("FR", "YT", 44.8, -13.2, 45.5, -12.4),
    Part("NL", "BQ", -69, 11, -62, 18),
    Part("NO", "SJ", -10, 70, -7, 72),
    Part("NO", "SJ", 10, 74, 34, 81),
    Part("CX", "CC", 96, -13, 97, -11),
]

# What the package has no land for, and where most live far from the widest island: (longitude, latitude).
PLACES: dict[str, Point] = {
    "BV": (3.36, -54.42),
    "GI": (-5.35, 36.14),
    "KI": (173.02, 1.43),
    "TK": (-171.85, -9.17),
    "TV": (179.2, -8.52),
    "UM": (166.63, 19.28),
}


def countries() -> dict[str, list[Ring]]:
    """The rings of each country, by ISO code; "" holds land that is nobody's."""
    return _by_country(packs.load(PACK).topology)


def countries_thinned(smallest: float) -> dict[str, list[Ring]]:
    """The same with fewer points; what two countries share stays the same for both."""
    pack = packs.load(PACK).topology
    arcs = []
    for arc in _arcs(pack):
        line = [equal_earth(point) for point in unrolled(arc)]
        arcs.append([arc[place] for place in thinned(line, smallest)])
    return _by_country({**pack, "arcs": arcs, "transform": None})


def _by_country(shapes: dict) -> dict[str, list[Ring]]:
    found: dict[str, list[Ring]] = {}
    codes = codes_by_number()
    for shape in topology.shapes(shapes, "countries", _name_of):
        iso2 = codes.get(shape.region_id) or UNNUMBERED.get(shape.region_id, "")
        for ring in shape.rings:
            found.setdefault(_owner(iso2, ring), []).append(ring)
    return {iso2: rings for iso2, rings in found.items() if iso2 not in LEFT_OUT}


def _owner(iso2: str, ring: Ring) -> str:
    return next((part.iso2 for part in PARTS if part.of == iso2 and part.holds(ring)), iso2)


def _name_of(geometry: dict) -> str:
    return geometry.get("id") or geometry["properties"]["name"]


def codes_by_number() -> dict[str, str]:
    """ISO codes by the number that M49 and ISO 3166 share."""
    countries = read(FOLDER / "countries.yaml", "iso2")
    return {entry.text("m49"): entry.text("iso2") for entry in countries if entry.text("m49")}


def _arcs(shapes: dict) -> Iterator[list[Point]]:
    """The lines that shapes are put together from: kept as steps on a grid."""
    (across, up), (west, south) = shapes["transform"]["scale"], shapes["transform"]["translate"]
    for arc in shapes["arcs"]:
        x = y = 0
        line = []
        for step in arc:
            x, y = x + step[0], y + step[1]
            line.append((x * across + west, y * up + south))
        yield line
