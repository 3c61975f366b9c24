"""How the page of places is sorted; in the address beside the dashboard's options."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.filters import Problem
from dashboards.options import OPTIONS, Options, options_of

SORT = "sort"


class Sort(TextChoices):
    """By region, regions between their countries; else countries alone."""

    REGION = "region", gettext_lazy("Region")
    NUMBER = "number", gettext_lazy("Most engagements first")
    LAST = "last", gettext_lazy("Last engagement first")


@dataclass(frozen=True, kw_only=True)
class PlaceOptions(Options):
    sort: str = Sort.REGION.value

    @property
    def pairs(self) -> list[tuple[str, str]]:
        own = [] if self.sort == Sort.REGION else [(SORT, self.sort)]
        return super().pairs + own

    @property
    def shared_query(self) -> str:
        """Without what only the page of places knows."""
        return urlencode(super().pairs)


def place_options(data: QueryDict) -> PlaceOptions:
    """What the address says; its `problems` are those of the dashboard's options too."""
    shared = options_of(data)
    found: dict[str, Any] = {name: getattr(shared, name) for name in OPTIONS}
    asked = data.get(SORT, "").strip() or Sort.REGION.value
    if asked in Sort.values:
        return PlaceOptions(**found, sort=asked, problems=shared.problems)
    message = _("Places cannot be sorted that way. Choose region, number or last.")
    wrong = Problem(parameter=SORT, message=message)
    return PlaceOptions(**found, problems=(*shared.problems, wrong))
