"""The lines of the key figures in a file."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from dashboards.metrics.volume import Comparison, KeyFigures, Period


def volume_lines(block: dict[str, Any]) -> Iterator[list[Any]]:
    """A line for each key figure: now, at the same point of the year before, over all of that year."""
    found: KeyFigures = block["figures"]
    periods = [found.period, found.same_point, found.year_before]
    shown = [period for period in periods if period is not None]
    change = [_("Change")] if len(shown) > 1 else []
    yield [_("Figure"), *map(named, shown), *change, _("Engagements it is not known for")]
    missing = {_("CSC people involved"): found.no_people, _("Actual cost (CAD)"): found.no_cost}
    for label, compared in labelled(found):
        differs = [compared.change] if change else []
        yield [label, *compared.figures, *differs, missing.get(label, 0)]


def labelled(found: KeyFigures) -> Iterator[tuple[str, Comparison]]:
    yield _("Engagements completed"), found.engagements
    yield _("Partners reached"), found.partners
    yield _("Countries"), found.countries
    yield _("CSC people involved"), found.people
    yield _("Actual cost (CAD)"), found.cost


def named(period: Period) -> str:
    """How a heading calls it; without a year it is whatever dates the reader chose."""
    if period.year is None:
        return _("In the dates chosen")
    if period.until is None:
        return _("All of %(year)s") % {"year": period.year}
    words = {"year": period.year, "day": period.until.isoformat()}
    return _("%(year)s, begun by %(day)s") % words
