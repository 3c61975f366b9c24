"""Lines on the globe and on paper: projecting, cutting at the map's edge, and leaving points out.

Points of the globe are (longitude, latitude) in degrees, points of the drawing (x, y) in its units, y down.
"""

import heapq
import math
from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Ring = list[Point]

# Where the map is cut open is half a turn from here: in the Bering Strait, where it cuts next to nothing.
MIDDLE = 11.0
WEST, EAST = MIDDLE - 180, MIDDLE + 180

# Equal Earth, of Šavrič, Patterson and Jenny (2018): areas are true, no country looks more than it is.
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
HALF_ROOT_3 = math.sqrt(3) / 2


def equal_earth(point: Point) -> Point:
    """On a globe of radius one, y up; longitudes beyond the map's edge go on past it."""
    longitude, latitude = math.radians(point[0] - MIDDLE), math.radians(point[1])
    t = math.asin(HALF_ROOT_3 * math.sin(latitude))
    t2 = t * t
    t6 = t2 * t2 * t2
    slope = A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)
    x = longitude * math.cos(t) / (HALF_ROOT_3 * slope)
    return x, t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))


def unrolled(line: Sequence[Point]) -> Ring:
    """The line in one piece: where it steps over 180° its longitudes go on beyond."""
    found: Ring = []
    for longitude, latitude in line:
        if found:
            before = found[-1][0]
            longitude = before + (longitude - before + 180) % 360 - 180
        found.append((longitude, latitude))
    return found


def cut(ring: Sequence[Point]) -> list[Ring]:
    """What of a ring lies on the map, in one or more pieces: each once, on its side of the edge."""
    whole = unrolled(ring)
    pieces = []
    for turn in (-360, 0, 360):
        piece = [(longitude + turn, latitude) for longitude, latitude in whole]
        piece = _clipped(piece, WEST, keep_above=True)
        piece = _clipped(piece, EAST, keep_above=False)
        if len(piece) > 2:
            pieces.append(piece)
    return pieces


def _clipped(ring: Ring, edge: float, *, keep_above: bool) -> Ring:
    """The part of a ring on one side of a meridian, closed along it."""

    def inside(point: Point) -> bool:
        return point[0] >= edge if keep_above else point[0] <= edge

    if all(map(inside, ring)):
        return ring
    kept: Ring = []
    for before, point in zip([ring[-1], *ring[:-1]], ring, strict=True):
        if inside(point) != inside(before):
            share = (edge - before[0]) / (point[0] - before[0])
            kept.append((edge, before[1] + share * (point[1] - before[1])))
        if inside(point):
            kept.append(point)
    return kept


def thinned(line: Sequence[Point], smallest: float) -> list[int]:
    """Places of the points to keep: those that make a triangle of some area with their neighbours.

    Visvalingam's way: the point that matters least goes first. Both ends stay, and of a closed line
    two points besides.
    """
    before, after = list(range(-1, len(line) - 1)), list(range(1, len(line) + 1))
    waiting = [(triangle(*line[place - 1 : place + 2]), place) for place in range(1, len(line) - 1)]
    heapq.heapify(waiting)
    areas = {place: area for area, place in waiting}
    fewest = 4 if line[0] == line[-1] else 2
    while waiting and len(areas) + 2 > fewest:
        area, place = heapq.heappop(waiting)
        if areas.get(place) != area:
            continue
        if area >= smallest:
            break
        del areas[place]
        left, right = before[place], after[place]
        after[left], before[right] = right, left
        for near in (left, right):
            if near in areas:
                # Never less than what has gone: or a long curve would go point by point.
                at = triangle(line[before[near]], line[near], line[after[near]])
                areas[near] = max(at, area)
                heapq.heappush(waiting, (areas[near], near))
    return [0, *sorted(areas), len(line) - 1]


def triangle(a: Point, b: Point, c: Point) -> float:
    """Its area."""
    return abs((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])) / 2


def area(ring: Sequence[Point]) -> float:
    """What a ring encloses."""
    following = [*ring[1:], ring[0]]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, following, strict=True))) / 2


def box(points: Iterable[Point]) -> tuple[Point, Point]:
    """The corners of what holds them all."""
    xs, ys = zip(*points, strict=True)
    return (min(xs), min(ys)), (max(xs), max(ys))


def inside(point: Point, ring: Sequence[Point]) -> bool:
    x, y = point
    crossings = 0
    for a, b in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (a[1] > y) != (b[1] > y):
            crossings += x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
    return crossings % 2 == 1


def roomiest(ring: Sequence[Point], steps: int = 14) -> tuple[Point, float]:
    """A point well inside a ring, and how far it is from the nearest line: where a number fits."""
    (left, top), (right, bottom) = box(ring)
    best, room = ((left + right) / 2, (top + bottom) / 2), 0.0
    for row in range(steps):
        for column in range(steps):
            point = (
                left + (column + 0.5) * (right - left) / steps,
                top + (row + 0.5) * (bottom - top) / steps,
            )
            if inside(point, ring) and (found := distance(point, ring)) > room:
                best, room = point, found
    return best, room


def distance(point: Point, ring: Sequence[Point]) -> float:
    """From a point to the nearest line of a ring."""
    return min(_to_segment(point, a, b) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True))


def _to_segment(point: Point, a: Point, b: Point) -> float:
    across, down = b[0] - a[0], b[1] - a[1]
    length = across * across + down * down
    share = ((point[0] - a[0]) * across + (point[1] - a[1]) * down) / length if length else 0
    share = min(1, max(0, share))
    return math.hypot(point[0] - a[0] - share * across, point[1] - a[1] - share * down)
