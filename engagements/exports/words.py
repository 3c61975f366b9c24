"""What the records of an export refer to, by key, and what each is called: names, or stable codes."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import Any

from django.db.models import TextChoices
from django.utils.timezone import get_current_timezone
from django.utils.translation import override

from accounts.models import Office, Sensitivity, User
from common.partial_dates import PartialDate, Precision
from common.text import fold
from engagements.exports.known import Known
from engagements.exports.records import Tag
from objectives.models import Objective
from partners.models import Country, FormerName, Partner

# Where the precision says all there is.
SAID_BY_PRECISION = {Precision.NOT_GIVEN, ""}
SENSITIVITIES = {0: "unclassified", 1: "protected-a", 2: "protected-b"}


class Words:
    """Everything is read once, when it is first asked for, in the language of that moment.

    `codes`: stable codes for whatever has one. `wording`: objectives in their whole wording.
    """

    def __init__(self, *, codes: bool = False, wording: bool = False) -> None:
        self.codes, self.wording = codes, wording
        self._labels: dict[type, dict[Any, str]] = {}
        self._remembered: dict[Callable[[Words, Any], str], Known] = {}

    def remembered(self, says: Callable[[Words, Any], str]) -> Known:
        """What is said of each thing, said once."""
        if says not in self._remembered:
            self._remembered[says] = Known(partial(says, self))
        return self._remembered[says]

    # What has a fixed set of values

    def choice(self, choices: type[TextChoices], value: str) -> str:
        """The label of a value; its code is the value itself."""
        if self.codes or not value:
            return value
        if choices not in self._labels:
            self._labels[choices] = {each.value: str(each.label) for each in choices}
        return self._labels[choices][value]

    def sensitivity(self, level: int) -> str:
        return SENSITIVITIES[level] if self.codes else self._sensitivities[level]

    @cached_property
    def _sensitivities(self) -> dict[int, str]:
        return {level.value: str(level.label) for level in Sensitivity}

    def date(self, date: PartialDate) -> str:
        """As it is said: 2003-02, 2004, 2004-05, autumn 2002. In codes always in English."""
        if date.precision in SAID_BY_PRECISION:
            return ""
        if not self.codes:
            return str(date)
        with override("en"):
            return str(date)

    # What is kept in tables

    def partner(self, key: int) -> str:
        """The name and acronym; the code where another partner goes by the same, or nothing parts it."""
        return self._partners[key]

    @cached_property
    def partners(self) -> dict[int, Partner]:
        return {each.pk: each for each in Partner.objects.select_related("parent")}

    @cached_property
    def _partners(self) -> dict[int, str]:
        if self.codes:
            return {key: partner.code for key, partner in self.partners.items()}
        claimed = names_claimed(self.partners)
        return {
            key: label if claimed[fold(label)] <= 1 and ";" not in label else partner.code
            for key, partner in self.partners.items()
            for label in [partner.label]
        }

    def country(self, key: int) -> str:
        return self.countries[key]

    @cached_property
    def countries(self) -> dict[int, str]:
        """In which order people read them: by code."""
        every = Country.objects.order_by("iso2")
        return {each.pk: each.iso2 if self.codes else each.name for each in every}

    def office(self, key: int | None) -> str:
        return self._offices[key] if key else ""

    @cached_property
    def _offices(self) -> dict[int, str]:
        return {each.pk: each.code if self.codes else each.name for each in Office.objects.all()}

    def person(self, key: int | None) -> str:
        """Their name; the user name where two have the same."""
        return self._people[key] if key else ""

    @cached_property
    def _people(self) -> dict[int, str]:
        people = list(User.objects.only("username", "first_name", "last_name"))
        count = Counter(fold(str(each)) for each in people)
        return {
            each.pk: each.username if self.codes or count[fold(str(each))] > 1 else str(each)
            for each in people
        }

    @cached_property
    def objectives(self) -> dict[int, Objective]:
        """In which order people read them."""
        every = Objective.objects.in_order().select_related("framework")
        return {each.pk: each for each in every}

    def objective(self, key: int) -> str:
        """Its code, with the whole wording behind it where that is asked for."""
        return self._objectives[key]

    def with_objectives(self) -> Words:
        """Reads them now, in the language of this moment."""
        assert self._objectives is not None
        return self

    @cached_property
    def _objectives(self) -> dict[int, str]:
        return {
            key: worded(each) if self.wording else each.code
            for key, each in self.objectives.items()
        }

    @cached_property
    def zone(self) -> dt.tzinfo:
        return get_current_timezone()

    def several(self, parts: list[str]) -> str:
        return "; ".join(parts)

    def tags(self, tags: Sequence[Tag], kind: str) -> str:
        """The objectives of one kind of framework. A wording has signs in it: each has its line."""
        said = self._by_kind[kind]
        found = [said[objective] for objective, _main, _why in tags if objective in said]
        return ("\n" if self.wording else "; ").join(found)

    @cached_property
    def _by_kind(self) -> dict[str, dict[int, str]]:
        found: dict[str, dict[int, str]] = defaultdict(dict)
        for key, objective in self.objectives.items():
            found[objective.framework.kind][key] = self._objectives[key]
        return found


def worded(objective: Objective) -> str:
    """ "S1 The wording of it", on one line."""
    return f"{objective.code} {' '.join(objective.wording.split())}"


def names_claimed(partners: dict[int, Partner]) -> Counter[str]:
    """How many partners go by a name, folded: in either language, formerly, by acronym or code."""
    going_by: dict[int, set[str]] = {key: set() for key in partners}
    for key, partner in partners.items():
        going_by[key] |= {partner.name_own, partner.code, *names_of(partner)}
    for former in FormerName.objects.all():
        going_by[former.partner_id] |= set(names_of(former))
    claimed: Counter[str] = Counter()
    for names in going_by.values():
        claimed.update({fold(name) for name in names if name})
    return claimed


def names_of(record: Partner | FormerName) -> list[str]:
    names = []
    for language in ("en", "fr"):
        with override(language):
            names.append(record.label)
        names += [getattr(record, f"{name}_{language}") for name in ("name", "acronym")]
    return names
