"""All that a file's words are compared with, read once: a fixed number of queries however many rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from engagements.imports.answers import Answers
from engagements.imports.matching.countries import CountryMatcher
from engagements.imports.matching.kinds import KindMatcher
from engagements.imports.matching.objectives import ObjectiveMatcher
from engagements.imports.matching.offices import OfficeMatcher
from engagements.imports.matching.partners import PartnerMatcher
from engagements.imports.matching.people import PeopleMatcher
from engagements.imports.matching.results import CREATE, NONE, NOTHING, Found, Match, Proposals

# Kind of a question → the part of the answers in which its answer stands.
SECTION_OF = {
    "partner": "partners",
    "country": "countries",
    "kind": "kinds",
    "objective": "objectives_said",
    "office": "offices",
    "officer": "officers",
}


@dataclass
class Matchers:
    """Each of partners, countries, kinds, objectives, offices, people has

    match(text) -> Match    what the text stands for by itself
    knows(text) -> bool     whether it is found as it stands (for common.sheets.values.lists.split)
    get(code)               the record or slug of a code, None where there is none
    label(code) -> str      for a person
    and objectives.match(text, day=…, kind="…") goes by the frameworks in force on the row's day.
    """

    partners: PartnerMatcher
    countries: CountryMatcher
    kinds: KindMatcher
    objectives: ObjectiveMatcher
    offices: OfficeMatcher
    people: PeopleMatcher

    @classmethod
    def load(cls) -> Matchers:
        """Partners with their former names, countries, regions, frameworks, offices, people: ten queries."""
        countries = CountryMatcher.load()
        return cls(
            partners=PartnerMatcher.load(countries),
            countries=countries,
            kinds=KindMatcher(),
            objectives=ObjectiveMatcher.load(),
            offices=OfficeMatcher.load(),
            people=PeopleMatcher.load(),
        )

    def of(self, kind: str) -> Any:
        """The matcher that a kind of question ("partner", "country", …) asks."""
        return {
            "partner": self.partners,
            "country": self.countries,
            "kind": self.kinds,
            "objective": self.objectives,
            "office": self.offices,
            "officer": self.people,
        }[kind]

    def resolve(
        self,
        kind: str,
        text: str,
        answers: Answers,
        *,
        day: dt.date | None = None,
        framework_kind: str = "",
    ) -> Match:
        """What a text stands for once the answers are laid over what is found.

        Found(code), for a partner that is to be created Found(CREATE); NOTHING where the answer is to leave
        it empty. An answer always wins over what the text would be found to be.
        """
        said = answers.said(SECTION_OF[kind], text)
        if said is not None:
            return Found(said) if said != NONE else NOTHING
        if kind == "objective":
            day = day or timezone.localdate()
            return self.objectives.match(text, day=day, kind=framework_kind)
        found = self.of(kind).match(text)
        if kind == "partner" and isinstance(found, Proposals) and answers.create_missing_partners:
            return found if is_doubtful(found) else Found(CREATE)
        return found

    def knows(self, kind: str, answers: Answers) -> Callable[[str], bool]:
        """Whether a text is one value: for splitting a cell. What was answered for is known as well."""
        section, matcher = SECTION_OF[kind], self.of(kind)
        return lambda text: answers.said(section, text) is not None or matcher.knows(text)


# So like a partner that is here that creating another would double it.
TOO_LIKE = 0.93


def is_doubtful(found: Proposals) -> bool:
    """Whether creating a partner for it might double one that is here."""
    return any(one.score >= TOO_LIKE for one in found.proposals)
