"""The lines of the key figures in a file."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from dashboards.blocks.volume import labelled
from dashboards.figures import Figure
from dashboards.metrics.volume import Comparison, KeyFigures, Period


def volume_lines(block: dict[str, Any]) -> Iterator[list[Any]]:
    """A line for each key figure: now, at the same point of the year before, over all of that year."""
    found: KeyFigures = block["figures"]
    periods = [found.period, found.same_point, found.year_before]
    shown = [period for period in periods if period is not None]
    change = [_("Change")] if len(shown) > 1 else []
    yield [_("Figure"), *map(named, shown), *change, _("Engagements it is not known for")]
    for one in labelled(found):
        label = _("Actual cost (CAD)") if one.as_money else one.label
        differs = [one.compared.change] if change else []
        yield [label, *one.compared.figures, *differs, not_known(found, one.compared)]


def not_known(found: KeyFigures, compared: Comparison) -> Figure | int:
    """The engagements that do not give what it adds up; 0 where it adds nothing up."""
    if compared is found.people:
        return found.no_people
    return found.no_cost if compared is found.cost else 0


def named(period: Period) -> str:
    """How a heading calls it; without a year it is whatever dates the reader chose."""
    if period.year is None:
        return _("In the dates chosen")
    if period.until is None:
        return _("All of %(year)s") % {"year": period.year}
    words = {"year": period.year, "day": period.until.isoformat()}
    return _("%(year)s, begun by %(day)s") % words
