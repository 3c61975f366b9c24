"""Offices by code or name: "IR", "Pacific Region", "Pacifique"."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts.models import Office
from common.sheets.values.nothing import says_nothing
from engagements.imports.matching.asking import Matcher
from engagements.imports.matching.keys import same, words_of
from engagements.imports.matching.results import NOTHING, Found, Match, Proposal, Proposals
from engagements.imports.matching.similar import Similar

# "Pacific", "Pacific Region" and "CSC Pacific" are one office.
BESIDES = frozenset(
    {
        "region",
        "regional",
        "office",
        "bureau",
        "csc",
        "scc",
        "direction",
        "division",
        "branch",
        "sector",
    }
)


@dataclass
class OfficeMatcher(Matcher):
    """See Matchers."""

    by_code: dict[str, Office]
    similar: Similar
    called: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    worded: dict[frozenset[str], set[str]] = field(default_factory=lambda: defaultdict(set))
    matched: dict[str, Match] = field(default_factory=dict)

    @classmethod
    def load(cls) -> OfficeMatcher:
        """One query."""
        offices = {office.code: office for office in Office.objects.all()}
        names = [(code, name) for code, office in offices.items() for name in _names_of(office)]
        matcher = cls(offices, Similar(names))
        for code, name in names:
            matcher.worded[_words(name)].add(code)
            matcher.called[same(name)].add(code)
        for code in offices:
            matcher.called[same(code)].add(code)
        return matcher

    def get(self, code: str) -> Office | None:
        return self.by_code.get(code)

    def label(self, code: str) -> str:
        office = self.by_code.get(code)
        return office.name if office else code

    def _match(self, text: str) -> Match:
        called = self.called.get(same(text)) or self.worded.get(_words(text), set())
        if not called and says_nothing(text):
            return NOTHING
        current = [code for code in called if self.by_code[code].retired_on is None]
        if len(current) == 1:
            return Found(current[0])
        scores = {str(code): score for code, score in self.similar.closest(text).items()}
        scores |= dict.fromkeys(called, 1.0)
        return Proposals.best(self._proposal(code, score) for code, score in scores.items())

    def _proposal(self, code: str, score: float) -> Proposal:
        office = self.by_code[code]
        why_not = _("This office leads no longer. Choose another.") if office.retired_on else ""
        return Proposal(code, office.name, score, why_not)


def _names_of(office: Office) -> list[str]:
    return [name for name in (office.name_en, office.name_fr) if name]


def _words(name: str) -> frozenset[str]:
    words = words_of(name)
    return words - BESIDES or words
