"""What the list of partners can be asked for. Parameters are stable; see docs/addresses.md."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.bilingual import reader_language
from common.text import LINE_LENGTH, PlainTextField, sort_key
from partners.models import Country, Partner, PartnerQuerySet, Region, keys_beneath
from partners.verification import Verified, not_verified

PAGING = ("page", "per_page")


class State(TextChoices):
    ACTIVE = "active", gettext_lazy("In use")
    ARCHIVED = "archived", gettext_lazy("Archived")
    ALL = "all", gettext_lazy("Both")


# In an address a kind is written with a hyphen: foreign-government.
KINDS = {kind.value.replace("_", "-"): kind for kind in Partner.Kind}


class PartnerFilter:
    """`q`, `kind`, `country`, `region`, `verified` (several each but q), `state`; over all partners."""

    PARAMETERS = ("q", "kind", "country", "region", "verified", "state")

    def __init__(self, data: QueryDict) -> None:
        self.problems: list[str] = []
        self._check_names(data)
        self.q = self._words(data.get("q", ""))
        self.kinds = self._known("kind", data, KINDS)
        countries = {country.iso2: country for country in Country.objects.all()}
        regions = {region.code: region for region in Region.objects.all()}
        self.countries = self._known("country", data, countries)
        self.regions = self._known("region", data, regions)
        self.verified = self._known("verified", data, {v.value: v for v in Verified})
        self.every_country = sorted(countries.values(), key=_by_name)
        self.every_region = sorted(regions.values(), key=lambda region: sort_key(region.name))
        self.state = data.get("state") or State.ACTIVE
        if self.state not in State.values:
            self.problems.append(_("“state” takes active, archived or all."))
            self.state = State.ACTIVE

    def _check_names(self, data: QueryDict) -> None:
        message = _("“%(name)s” is not a filter. Take it out of the address.")
        for name in data:
            if name not in (*self.PARAMETERS, *PAGING):
                self.problems.append(message % {"name": _shown(name)})

    def _words(self, text: str) -> str:
        try:
            return PlainTextField(max_length=LINE_LENGTH, required=False).clean(text)
        except ValidationError as error:
            self.problems += error.messages
            return ""

    def _known(self, name: str, data: QueryDict, values: dict) -> dict:
        asked = list(dict.fromkeys(text.strip() for text in data.getlist(name) if text.strip()))
        message = {
            "kind": _("There is no kind “%(value)s”."),
            "country": _("There is no country with the code “%(value)s”."),
            "region": _("There is no region with the M49 code “%(value)s”."),
            "verified": _("“verified” takes stale or never, not “%(value)s”."),
        }[name]
        self.problems += [message % {"value": _shown(text)} for text in asked if text not in values]
        return {text: values[text] for text in asked if text in values}

    # Addresses

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What is chosen, as the address has it."""
        made = [("q", self.q)] if self.q else []
        for name, values in self._several:
            made += [(name, text) for text in values]
        return made + ([("state", self.state)] if self.state != State.ACTIVE else [])

    @property
    def _several(self) -> tuple:
        return (
            ("kind", self.kinds),
            ("country", self.countries),
            ("region", self.regions),
            ("verified", self.verified),
        )

    @property
    def query(self) -> str:
        return urlencode(self.pairs)

    @property
    def chips(self) -> list[tuple[str, str]]:
        """Each choice as people read it, with the query string that removes it."""
        labels = [self.q] if self.q else []
        for _name, values in self._several:
            labels += [str(getattr(value, "label", value)) for value in values.values()]
        if self.state != State.ACTIVE:
            labels.append(str(State(self.state).label))
        pairs = self.pairs
        return [
            (label, urlencode([*pairs[:place], *pairs[place + 1 :]]))
            for place, label in enumerate(labels)
        ]

    @property
    def is_idle(self) -> bool:
        return not self.pairs

    # What is found

    def found(self, *, but_kind: bool = False) -> PartnerQuerySet:
        partners = Partner.objects.all()
        if self.state != State.ALL:
            partners = partners.filter(archived_at__isnull=self.state == State.ACTIVE)
        if self.q:
            partners = partners.matching(self.q)
        if self.kinds and not but_kind:
            partners = partners.filter(kind__in=self.kinds.values())
        if self.countries:
            partners = partners.filter(country__in=self.countries.values())
        if self.regions:
            beneath = keys_beneath(Region.objects.all(), [r.pk for r in self.regions.values()])
            partners = partners.filter(country__region__in=beneath)
        if self.verified:
            partners = partners.filter(not_verified(self.verified.values(), timezone.localdate()))
        return partners

    @cached_property
    def kind_options(self) -> list[tuple[str, Any, int, bool]]:
        """(address, label, how many with the other choices, chosen) for each kind."""
        counts: dict[str, int] = defaultdict(int)
        for kind in self.found(but_kind=True).values_list("kind", flat=True):
            counts[kind] += 1
        return [(text, k.label, counts[k], text in self.kinds) for text, k in KINDS.items()]

    @property
    def verified_options(self) -> list[tuple[str, Any, bool]]:
        return [(value, label, value in self.verified) for value, label in Verified.choices]

    @property
    def state_options(self) -> list[tuple[str, Any, bool]]:
        return [(value, label, value == self.state) for value, label in State.choices]

    def in_order(self) -> list[tuple[int, int]]:
        """(primary key, depth) of everything found: by name when searching, else bodies under parents."""
        rows = list(self.found().by_name(reader_language()).values_list("pk", "parent"))
        return [(pk, 0) for pk, _parent in rows] if self.q else _as_tree(rows)


def _as_tree(rows: list[tuple[int, int | None]]) -> list[tuple[int, int]]:
    """Rows in the order of names → the same with bodies under their parents, where those are found too."""
    known = {pk for pk, _parent in rows}
    under: dict[int | None, list[int]] = defaultdict(list)
    for pk, parent in rows:
        under[parent if parent in known else None].append(pk)
    ordered: list[tuple[int, int]] = []
    waiting = [(pk, 0) for pk in reversed(under[None])]
    while waiting:
        pk, depth = waiting.pop()
        ordered.append((pk, depth))
        waiting += [(body, depth + 1) for body in reversed(under[pk])]
    return ordered


def partners_in_order(keys: Iterable[int]) -> list[Partner]:
    keys = list(keys)
    known = Partner.objects.select_related("country", "parent").in_bulk(keys)
    return [known[pk] for pk in keys]


def _by_name(country: Country) -> str:
    return getattr(country, f"sort_{reader_language()}")


def _shown(text: str) -> str:
    """A value to quote in a message: short, and without what cannot be shown."""
    text = "".join(char for char in text if char.isprintable())
    return text if len(text) <= 40 else f"{text[:39]}…"
