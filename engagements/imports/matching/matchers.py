"""All that a file's words are compared with, read once: a fixed number of queries however many rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from engagements.imports.answers import Answers
from engagements.imports.matching.countries import CountryMatcher
from engagements.imports.matching.kinds import KindMatcher
from engagements.imports.matching.objectives import ObjectiveMatcher
from engagements.imports.matching.offices import OfficeMatcher
from engagements.imports.matching.partner_kinds import PartnerKindMatcher
from engagements.imports.matching.partners import PartnerMatcher
from engagements.imports.matching.people import PeopleMatcher
from engagements.imports.matching.results import CREATE, NONE, NOTHING, Found, Match, Proposals
from engagements.imports.memory import Memory, section_of
from engagements.imports.plan import Recalled
from engagements.models import WordMemory


@dataclass
class Matchers:
    """Each of partners, countries, kinds, objectives, offices, people has

    match(text) -> Match    what the text stands for by itself
    knows(text) -> bool     whether it is found as it stands (for common.sheets.values.lists.split)
    get(code)               the record or slug of a code, None where there is none
    label(code) -> str      for a person
    kinds are those of engagements, or where a list of partners is read those of partners;
    and objectives.match(text, day=…, kind="…") goes by the frameworks in force on the row's day.
    """

    partners: PartnerMatcher
    countries: CountryMatcher
    kinds: KindMatcher | PartnerKindMatcher
    objectives: ObjectiveMatcher
    offices: OfficeMatcher
    people: PeopleMatcher
    # What the person answered before; of nobody unless it is set.
    memory: Memory = field(default_factory=Memory)

    @classmethod
    def load(cls) -> Matchers:
        """Partners with their former names, countries, regions, frameworks, offices, people: nine queries."""
        countries = CountryMatcher.load()
        return cls(
            partners=PartnerMatcher.load(countries),
            countries=countries,
            kinds=KindMatcher(),
            objectives=ObjectiveMatcher.load(),
            offices=OfficeMatcher.load(),
            people=PeopleMatcher.load(),
        )

    def of(self, section: str) -> Any:
        """The matcher for the texts that a section of the answers ("partners", …) is about."""
        return {
            "partners": self.partners,
            "countries": self.countries,
            "kinds": self.kinds,
            "objectives_said": self.objectives,
            "offices": self.offices,
            "people": self.people,
        }[section]

    def resolve(
        self,
        section: str,
        text: str,
        answers: Answers,
        *,
        day: dt.date | None = None,
        kind: str = "",
    ) -> Match:
        """What a text stands for once the answers are laid over what is found.

        Found(code), for a partner that is to be created Found(CREATE); NOTHING where the answer is to leave
        it empty. An answer always wins over what the text would be found to be; what was answered for an
        earlier file only over a question. Of objectives, `kind` is that of the framework where the column
        names one, `day` the row's.
        """
        said = answers.said(section, text)
        if said is not None:
            return Found(said) if said != NONE else NOTHING
        if section == "objectives_said":
            found = self.objectives.match(text, day=day or timezone.localdate(), kind=kind)
        else:
            found = self.of(section).match(text)
        if isinstance(found, Proposals) and (kept := self._recalled(section, text)) is not None:
            code = self.memory.take(kept)
            return Found(code) if code != NONE else NOTHING
        creates = section == "partners" and answers.create_missing_partners
        if creates and isinstance(found, Proposals) and not self._is_doubtful(text, found):
            return Found(CREATE)
        return found

    def _recalled(self, section: str, text: str) -> WordMemory | None:
        """What this person answered before, where it still stands for something that may be chosen."""
        kept = self.memory.find(section, text)
        if kept is None or kept.code == NONE:
            return kept
        record = self.of(section).get(kept.code)
        gone = getattr(record, "retired_on", None) or getattr(record, "archived_at", None)
        return None if record is None or gone else kept

    def recalled(self) -> Iterator[Recalled]:
        """What was taken for what this person answered before."""
        for one in self.memory.used.values():
            yield Recalled(
                kind=section_of(one.about),
                value=one.text,
                code=one.code,
                label=self.of(section_of(one.about)).label(one.code) if one.code != NONE else "",
                on=timezone.localdate(one.answered_at).isoformat(),
            )

    def _is_doubtful(self, text: str, found: Proposals) -> bool:
        """Whether creating the partner might double one that is here, or make one of a country."""
        return is_doubtful(text, (one.score for one in found.proposals), self.countries)

    def knows(self, section: str, answers: Answers) -> Callable[[str], bool]:
        """Whether a text is one value: for splitting a cell. What was answered for is known as well."""
        matcher = self.of(section)
        return lambda text: (
            answers.said(section, text) is not None
            or self.memory.find(section, text) is not None
            or matcher.knows(text)
        )


def is_doubtful(text: str, scores: Iterable[float], countries: CountryMatcher) -> bool:
    """Of a text that no partner is called, by how like it is to those there are."""
    return any(score >= TOO_LIKE for score in scores) or bool(countries.find(text))


# So like a partner that is here that creating another would double it.
TOO_LIKE = 0.97
