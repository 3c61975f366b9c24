"""The reference data that entries name by code."""

from collections.abc import Iterable

from accounts.demonstration import CAST
from accounts.models import Office
from engagements.demonstration.entries import Entry
from objectives.models import Objective
from partners.models import Country, Partner


class MissingReference(Exception):
    """The reference data was not loaded, or not all of it."""


class Lookups:
    """Offices, countries, partners and objectives by code; MissingReference where one is not there."""

    def __init__(self, entries: list[Entry]) -> None:
        self.offices = _by_code(Office, "code", (member.office for member in CAST))
        self.countries = _by_code(Country, "iso2", (c for e in entries for c in e.countries))
        self.partners = _by_code(Partner, "code", (c for e in entries for c, _role in e.partners))
        self.objectives = _by_code(Objective, "code", (c for e in entries for c in e.serves))


def _by_code(model: type, field: str, codes: Iterable[str]) -> dict:
    wanted = set(codes)
    found = {
        getattr(record, field): record
        for record in model.objects.filter(**{f"{field}__in": wanted})  # type: ignore[attr-defined]
    }
    if missing := sorted(wanted - found.keys()):
        raise MissingReference(f"{model._meta.verbose_name_plural}: {', '.join(missing)}")  # type: ignore[attr-defined]
    return found
