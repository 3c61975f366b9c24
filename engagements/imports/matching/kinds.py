"""Kinds of engagement as offices write them: the portal's own words, and theirs."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from common.sheets.values.nothing import says_nothing
from engagements.imports.matching.asking import Matcher
from engagements.imports.matching.keys import key_of
from engagements.imports.matching.kind_words import CALLED, HINTS, MAYBE
from engagements.imports.matching.results import NOTHING, Found, Match, Proposal, Proposals
from engagements.kinds import Kind

ALIKE = 0.8


@dataclass
class KindMatcher(Matcher):
    """See Matchers. Reads nothing from the database."""

    matched: dict[str, Match] = field(default_factory=dict)

    def get(self, code: str) -> str | None:
        return code if code in Kind.values else None

    def label(self, code: str) -> str:
        return str(Kind(code).label) if code in Kind.values else code

    def _match(self, text: str) -> Match:
        if says_nothing(text):
            return NOTHING
        key = key_of(text)
        if key in CALLED:
            return Found(CALLED[key])
        if key in MAYBE:
            return self._proposals(
                {kind: 0.8 - place / 20 for place, kind in enumerate(MAYBE[key])}
            )
        parts = list(map(key_of, _parts(text)))
        told = {CALLED[part] for part in parts if part in CALLED}
        # "Visit / agreement" is one of two things; "Training delivered (workshop)" is one.
        if len(told) == 1 and all(told <= {*MAYBE[part]} for part in parts if part in MAYBE):
            return Found(told.pop())
        return self._proposals({**_hinted(key), **_alike(key), **dict.fromkeys(told, 0.9)})

    def _proposals(self, scores: dict[str, float]) -> Proposals:
        found = (Proposal(str(kind), self.label(kind), score) for kind, score in scores.items())
        if not scores:
            return Proposals((), _("Say which kind it is, for all rows that say the same."))
        return Proposals.best(found)


def _parts(text: str) -> list[str]:
    """ "Training / formation", "Outgoing visit (study)"."""
    for sign in "/|()[];\n–—":
        text = text.replace(sign, " - ")
    return [part for part in text.split(" - ") if part.strip()]


def _alike(key: str) -> dict[str, float]:
    scores: dict[str, float] = {}
    for said, kind in CALLED.items():
        matcher = SequenceMatcher(None, key, said, autojunk=False)
        if matcher.real_quick_ratio() >= ALIKE and (score := matcher.ratio()) >= ALIKE:
            scores[kind] = max(score, scores.get(kind, 0))
    return scores


def _hinted(key: str) -> dict[str, float]:
    """By single words in it that point to a few kinds."""
    words, scores = key.split(), dict[str, float]()
    for stem, kinds in HINTS.items():
        if any(word.startswith(stem) for word in words):
            for place, kind in enumerate(kinds):
                scores[kind] = scores.get(kind, 0) + 0.5 - place / 20
    return {kind: min(score, 0.79) for kind, score in scores.items()}
