"""The map: every country on it, where it belongs, in a file that is nothing but outlines."""

import math
import os
from xml.etree import ElementTree

import pytest
from django.core.management import call_command

from common.reference import read
from dashboards.world import files
from dashboards.world.drawing import DOT, HEIGHT, WIDTH, drawn, on_paper, to_paper
from dashboards.world.geometry import (
    EAST,
    WEST,
    area,
    box,
    cut,
    equal_earth,
    inside,
    roomiest,
    thinned,
)
from dashboards.world.shapes import LEFT_OUT, countries, countries_thinned
from partners.reference import FOLDER

SVG = "{http://www.w3.org/2000/svg}"

# Of the countries, one or more in every region, the small ones and those across 180° above all.
CAPITALS = {
    "AR": (-58.38, -34.60), "AU": (149.13, -35.28), "BB": (-59.62, 13.10), "BR": (-47.88, -15.79),
    "BS": (-77.34, 25.06), "CA": (-75.70, 45.42), "CL": (-70.67, -33.45), "CN": (116.40, 39.90),
    "CV": (-23.51, 14.92), "CY": (33.38, 35.17), "DM": (-61.39, 15.30),
    "FJ": (178.44, -18.14), "FR": (2.35, 48.86), "GB": (-0.13, 51.51), "GF": (-52.33, 4.92),
    "GI": (-5.35, 36.14), "GP": (-61.73, 16.00), "GT": (-90.51, 14.63), "HT": (-72.34, 18.54),
    "IL": (35.21, 31.77), "IN": (77.21, 28.61), "JM": (-76.79, 17.97), "JP": (139.69, 35.69),
    "KE": (36.82, -1.29), "KI": (173.00, 1.33), "LS": (27.48, -29.31), "LU": (6.13, 49.61),
    "MQ": (-61.07, 14.60), "MT": (14.51, 35.90), "MV": (73.51, 4.18), "NO": (10.75, 59.91),
    "NZ": (174.78, -41.29), "RE": (55.45, -20.88), "RU": (37.62, 55.76), "SG": (103.85, 1.29),
    "SJ": (15.63, 78.22), "SO": (45.32, 2.05), "TO": (-175.20, -21.14), "TT": (-61.52, 10.65),
    "TV": (179.20, -8.52), "US": (-77.04, 38.91), "VA": (12.45, 41.90), "WS": (-171.77, -13.83),
    "XK": (21.17, 42.67), "ZA": (28.19, -25.75),
}  # fmt: skip


def reference_codes():
    return {entry.text("iso2") for entry in read(FOLDER / "countries.yaml", "iso2")}


@pytest.fixture(scope="module")
def svg():
    return ElementTree.fromstring(drawn()[0])


@pytest.fixture(scope="module")
def land():
    """Every ring of each country as it stands in the drawing, no point left out."""
    return {iso2: on_paper(rings) for iso2, rings in countries().items()}


def test_every_country_of_the_reference_data_is_on_it_but_antarctica(svg):
    on_the_map = {group.get("id") for group in svg.find(f"{SVG}g")} - {None}

    assert on_the_map == reference_codes() - LEFT_OUT == set(files.places())
    assert {"AQ"} == LEFT_OUT


def test_every_country_has_something_to_see(svg):
    for group in svg.find(f"{SVG}g").iter(f"{SVG}g"):
        assert len(group), group.get("id")


@pytest.mark.parametrize("iso2", CAPITALS)
def test_a_country_is_where_its_capital_is(land, iso2):
    capital, place = to_paper(as_drawn(CAPITALS[iso2])), files.places()[iso2]

    if place.small:
        assert math.dist(capital, (place.x, place.y)) < 6
    else:
        # Coasts are drawn to some three units: a port may lie that far out.
        around = [(capital[0] + dx, capital[1] + dy) for dx in (-3, 0, 3) for dy in (-3, 0, 3)]
        assert any(inside(point, ring) for point in around for ring in land[iso2])


def as_drawn(point):
    """The same place, its longitude between the edges of the map."""
    return (point[0] - WEST) % 360 + WEST, point[1]


def test_a_number_stands_on_the_country_it_is_of(land):
    for iso2 in ("CA", "US", "CL", "NO", "RU", "ID", "ZA"):
        place = files.places()[iso2]
        assert any(inside((place.x, place.y), ring) for ring in land[iso2])


@pytest.mark.parametrize(("iso2", "widest"), [("FJ", 12), ("RU", 420), ("US", 190)])
def test_what_lies_across_180_degrees_makes_no_band_over_the_map(iso2, widest):
    rings = on_paper(countries_thinned(0)[iso2])

    for ring in rings:
        (left, _top), (right, _bottom) = box(ring)
        assert right - left < widest


def test_fiji_and_chukotka_are_in_the_east_beside_the_land_they_belong_to(land):
    for iso2 in ("FJ", "RU"):
        assert min(x for ring in land[iso2] for x, _y in ring) > WIDTH / 2
    # Alaska beyond 180° as well, and the rest of it in the west.
    assert {x > WIDTH / 2 for ring in land["US"] for x, _y in ring} == {True, False}


def test_a_ring_across_the_edge_of_the_map_is_cut_in_two_that_make_it_up():
    ring = [(EAST - 2, 0), (EAST - 358, 0), (EAST - 358, 3), (EAST - 2, 3), (EAST - 2, 0)]

    pieces = cut(ring)

    assert sorted(box(piece) for piece in pieces) == [
        ((WEST, 0), (WEST + 2, 3)),
        ((EAST - 2, 0), (EAST, 3)),
    ]
    assert sum(map(area, pieces)) == 12


def test_a_ring_across_180_degrees_stays_in_one_piece():
    (piece,) = cut([(178, -18), (-179, -18), (-179, -16), (178, -16), (178, -18)])

    assert box(piece) == ((178, -18), (181, -16))


def test_areas_are_true():
    """Equal Earth: a square degree in the north is as large as the globe has it."""

    def patch(south):
        corners = [(0, south), (1, south), (1, south + 1), (0, south + 1)]
        return area([equal_earth(corner) for corner in corners])

    at_60 = math.sin(math.radians(61)) - math.sin(math.radians(60))
    assert patch(60) / patch(0) == pytest.approx(at_60 / math.sin(math.radians(1)), rel=1e-3)


def test_points_that_hardly_matter_are_left_out_and_the_ends_stay():
    line = [(0, 0), (1, 0.001), (2, 0), (3, 2), (4, 0)]

    assert thinned(line, 0.01) == [0, 2, 3, 4]
    assert thinned(line, 100) == [0, 4]
    assert len(thinned([*line, (0, 0)], 100)) == 4


def test_neighbours_keep_the_same_border():
    thin = countries_thinned(1e-5)
    norway, sweden = ({point for ring in thin[iso2] for point in ring} for iso2 in ("NO", "SE"))

    assert len(norway & sweden) > 10


def test_a_number_is_put_where_there_is_most_room():
    dumb_bell = [(0, 0), (9, 0), (9, 4), (20, 4), (20, 5), (9, 5), (9, 9), (0, 9)]

    (x, y), room = roomiest(dumb_bell)

    assert 3 < x < 6
    assert 3 < y < 6
    assert room > 3


def test_the_file_is_outlines_alone(svg):
    allowed = {f"{SVG}{name}" for name in ("svg", "g", "path", "circle")}

    assert {element.tag for element in svg.iter()} == allowed
    names = {name for element in svg.iter() for name in element.attrib}
    assert names == {"viewBox", "id", "fill-rule", "d", "cx", "cy", "r"}


def test_everything_lies_within_the_drawing(svg):
    for circle in svg.iter(f"{SVG}circle"):
        assert 0 <= float(circle.get("cx")) - DOT <= WIDTH
        assert 0 <= float(circle.get("cy")) - DOT <= HEIGHT


def test_the_file_is_light():
    assert (files.folder() / "world.svg").stat().st_size < 110_000


def test_is_drawn_where_it_is_missing_or_old_and_then_left_alone(tmp_path):
    made = files.draw(tmp_path)
    assert [path.name for path in made] == ["world.svg", "places.json"]
    assert files.draw(tmp_path) == []

    os.utime(tmp_path / "world.svg", (0, 0))

    assert files.draw(tmp_path) == made
    assert sorted(path.name for path in tmp_path.iterdir()) == ["places.json", "world.svg"]


def test_the_command_draws_it_beside_the_other_static_files(settings, tmp_path, capsys):
    settings.BASE_DIR = tmp_path

    call_command("draw_map")

    assert capsys.readouterr().out.split() == [
        "Drew", "static/map/world.svg", "Drew", "static/map/places.json",
    ]  # fmt: skip
    assert len(files.places()) == len(reference_codes()) - 1


def test_where_it_was_never_drawn_there_is_no_address_for_it(settings, tmp_path):
    settings.BASE_DIR = tmp_path

    assert files.address() is None
