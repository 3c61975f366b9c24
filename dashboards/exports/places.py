"""The lines of the regions and countries in a file."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from dashboards.metrics.places import InCountry, InRegion, Places


def places_lines(block: dict[str, Any]) -> Iterator[list[Any]]:
    """A line for each region and each country in it; last, what names no country."""
    counted: Places = block["counted"]
    partners = [_("Partners met there")] if counted.in_full else []
    yield [
        _("Code"),
        _("Region or country"),
        _("What it is"),
        _("Part of"),
        str(counted.year),
        _("All fiscal years in the filter"),
        _("Last fiscal year"),
        *partners,
    ]
    for region in counted.regions:
        yield from lines_of(region, within="")
    for country in counted.elsewhere:
        yield line_of(country, within="")
    yield ["", _("No country named"), "", "", "", counted.without, "", *([""] if partners else [])]


def lines_of(region: InRegion, *, within: str) -> Iterator[list[Any]]:
    yield line_of(region, within=within)
    for part in region.parts:
        yield from lines_of(part, within=region.region.name)
    for country in region.countries:
        yield line_of(country, within=region.region.name)


def line_of(place: InRegion | InCountry, *, within: str) -> list[Any]:
    if isinstance(place, InCountry):
        called = [place.country.iso2, place.country.name, _("Country")]
    else:
        called = [place.region.code, place.region.name, _("Region")]
    last = str(place.last_year) if place.last_year else ""
    partners = [place.partners] if place.partners is not None else []
    return [*called, within, place.this_year, place.engagements, last, *partners]
