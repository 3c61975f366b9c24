"""How much."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from dashboards.blocks.scope import Scope, of_every_year
from dashboards.metrics.volume import Comparison, KeyFigures, key_figures


@dataclass(frozen=True, kw_only=True)
class Labelled:
    """A key figure under the words it goes by."""

    label: str
    compared: Comparison
    as_money: bool = False


def volume(scope: Scope) -> dict[str, Any]:
    """Of the fiscal year chosen, or this one; of other dates chosen, without a comparison."""
    year = scope.one_year
    if year is None:
        figures = key_figures(scope.engagements, None, scope.today)
        return {"filters": scope.filters, "figures": figures}
    filters = of_every_year(scope)
    return {"filters": filters, "figures": key_figures(filters.qs.counted(), year, scope.today)}


def labelled(found: KeyFigures) -> Iterator[Labelled]:
    """In the order of the page: for files, briefs and mails, which say them alike."""
    yield Labelled(label=_("Engagements completed"), compared=found.engagements)
    yield Labelled(label=_("Partners reached"), compared=found.partners)
    yield Labelled(label=_("Countries"), compared=found.countries)
    yield Labelled(label=_("CSC people involved"), compared=found.people)
    yield Labelled(label=_("Actual cost"), compared=found.cost, as_money=True)
