"""Where."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dashboards.blocks.scope import Scope
from dashboards.findings import Finding
from dashboards.metrics.places import InCountry, Places
from dashboards.metrics.places import places as counted_places
from dashboards.places.map import map_of
from dashboards.words import all_of

# More are not named one by one.
MOST_NAMED = 8


def places(scope: Scope, *, in_full: bool = False) -> dict[str, Any]:
    """In full with the regions beneath regions and the partners met there, as its own page has it."""
    counted = counted_places(scope.engagements, scope.year, in_full=in_full)
    return {"counted": counted, "map": map_of(counted), "findings": list(findings(counted, scope))}


def findings(counted: Places, scope: Scope) -> Iterator[Finding]:
    """How far it reaches; where nothing is this fiscal year, and what is new in it.

    Of dates chosen nothing is said but the first: what lies outside them is not counted.
    """
    if not counted.reached:
        return
    n = counted.reached.count
    reached = [region for region in counted.regions if region.engagements]
    lead = ngettext(
        "%(n)s country, in %(reached)s of the %(all)s regions of the world.",
        "%(n)s countries, in %(reached)s of the %(all)s regions of the world.",
        n,
    )
    yield Finding(lead=lead % {"n": n, "reached": len(reached), "all": len(counted.regions)})
    if scope.is_dated:
        return
    for region in counted.silent if not chooses_places(scope) else ():
        if region.last_year:
            words = _("Nothing in %(region)s since %(year)s.")
        else:
            words = _("Nothing yet in %(region)s.")
        yield Finding(
            lead="", rest=words % {"region": region.region.name, "year": region.last_year}
        )
    if counted.new and len(counted.new) < n:
        words = _("For the first time in %(year)s: %(countries)s.")
        yield Finding(lead="", rest=words % {"year": scope.year, "countries": named(counted.new)})


def chooses_places(scope: Scope) -> bool:
    """Whether the filter chooses regions or countries: of all others it finds nothing by itself."""
    chosen = scope.filters.chosen
    required = {name for name, _text, _found in chosen["also"]}
    return bool(chosen["region"] or chosen["country"] or required & {"region", "country"})


def named(countries: list[InCountry]) -> str:
    """Their names; of many the first, and how many there are besides."""
    names = [one.country.name for one in countries]
    if len(names) <= MOST_NAMED:
        return all_of(names)
    rest = len(names) - MOST_NAMED + 1
    others = ngettext("%(n)s other country", "%(n)s other countries", rest) % {"n": rest}
    return all_of([*names[: MOST_NAMED - 1], others])
