"""Objectives as files write them, judged by the frameworks in force on the row's day."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext as _

from common.filter_fields import shown
from common.sheets.values.nothing import says_nothing
from engagements.imports.allowed import Allowed
from engagements.imports.matching.keys import key_of, same
from engagements.imports.matching.results import NOTHING, Found, Match, Proposal, Proposals
from engagements.imports.matching.similar import Similar
from objectives.models import Framework, FrameworkKind, Objective

# Field of a column → the kind of framework it names.
KIND_OF_FIELD = {
    "objectives": "",
    "pillars": FrameworkKind.PILLAR.value,
    "priorities": FrameworkKind.PRIORITY.value,
    "mandate": FrameworkKind.MANDATE.value,
    "themes": FrameworkKind.THEME.value,
    "sectors": FrameworkKind.SECTOR.value,
}
# "Pillar 1", "Priorité stratégique no 3": by its place in the framework of that kind.
NUMBERED = re.compile(r"^(?:(?P<kind>[a-z ]+?) )?(?:no |n |number |numero )?(?P<place>\d{1,2})$")
KIND_CALLED = {
    "pillar": "pillar", "pilier": "pillar", "csc pillar": "pillar", "pilier du scc": "pillar",
    "priority": "priority", "strategic priority": "priority", "priorite": "priority",
    "priorite strategique": "priority", "corporate priority": "priority",
    "priorite organisationnelle": "priority", "sp": "priority", "ps": "priority",
    "mandate": "mandate", "mandate item": "mandate", "mandat": "mandate", "element du mandat": "mandate",
    "theme": "theme", "policy theme": "theme", "theme de politique": "theme",
    "sector": "sector", "justice sector": "sector", "secteur": "sector",
    "secteur de la justice": "sector",
}  # fmt: skip
# What stands between a code and the words after it: "P1: …", "S3 – …", "M1 …".
AFTER_CODE = re.compile(r"[\s:;.,()\[\]–—-]")
CODE = re.compile(r"\b[A-Za-z]{1,3}\d{1,2}\b")
PIECES = re.compile(r"\s*[:(\[\]/)]\s*|\s+[–—-]+\s+")
# No wording comes near it.
LONGEST = 2_000
# Of what takes the place of an objective that is not in force on the day.
FOLLOWS = 0.9


@dataclass
class ObjectiveMatcher:
    """See Matchers; match takes the row's day too."""

    frameworks: list[Framework]
    by_code: dict[str, Objective]
    # Primary keys of what follows or is followed by an objective.
    related: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    called: dict[str, list[Objective]] = field(default_factory=lambda: defaultdict(list))
    matched: dict[tuple[str, str, int], Match] = field(default_factory=dict)
    _similar: dict[frozenset[str], Similar] = field(default_factory=dict)

    @classmethod
    def load(cls) -> ObjectiveMatcher:
        """Three queries."""
        frameworks = list(Framework.objects.in_order().prefetch_related("objectives"))
        objectives = [one for framework in frameworks for one in framework.objectives.all()]
        matcher = cls(frameworks, {one.code: one for one in objectives})
        for objective in objectives:
            for name in (objective.code, *_names_of(objective)):
                if objective not in matcher.called[same(name)]:
                    matcher.called[same(name)].append(objective)
        links = Objective.follows.through.objects
        for one, other in links.values_list("from_objective", "to_objective"):
            matcher.related[one].add(other)
            matcher.related[other].add(one)
        return matcher

    @cached_property
    def _allowed(self) -> Allowed:
        return Allowed(framework for framework in self.frameworks if framework.adopted)

    def allowed_on(self, day: dt.date) -> dict[str, Objective]:
        """By code, what a new engagement of that day may be tagged with, as the form has it."""
        return self._allowed.on(day)

    def get(self, code: str) -> Objective | None:
        return self.by_code.get(code)

    def label(self, code: str) -> str:
        return str(self.by_code[code]) if code in self.by_code else code

    def knows(self, text: str) -> bool:
        """On whatever day."""
        return len(text) <= LONGEST and bool(self._called(text))

    def match(self, text: str, *, day: dt.date, kind: str = "") -> Match:
        """`kind` of framework where the column names one: "pillar", "priority", …"""
        if len(text) > LONGEST:
            return Proposals()
        allowed = self.allowed_on(day)
        key = (text, kind, id(allowed))
        if key not in self.matched:
            self.matched[key] = self._match(text, kind, allowed, day)
        return self.matched[key]

    def _match(self, text: str, kind: str, allowed: dict[str, Objective], day: dt.date) -> Match:
        if says_nothing(text):
            return NOTHING
        called = self._named(text, kind, allowed)
        fitting = [one for one in called if kind in {"", one.framework.kind}] or called
        offered = [one for one in fitting if one.code in allowed]
        if len(offered) == 1:
            return Found(offered[0].code)
        if offered:
            return Proposals.best(_proposal(one, 1.0) for one in offered)
        if called:
            return self._instead(text, called, allowed, day)
        return self._alike(text, kind, allowed)

    def _called(self, text: str) -> list[Objective]:
        """By code, by code with words after it, by its wording or short name in either language."""
        if found := self.called.get(same(text)):
            return found
        code, *words = AFTER_CODE.split(text.strip(), maxsplit=1)
        if not words or not any(map(str.isdigit, code)) or self._names_another(words[0]):
            return []
        return self.called.get(same(code), [])

    def _names_another(self, words: str) -> bool:
        """Whether they hold a code: "S1, S5" are two, and no S1 that is called S5."""
        return any(same(code) in self.called for code in CODE.findall(words))

    def _named(self, text: str, kind: str, allowed: dict[str, Objective]) -> list[Objective]:
        """The text as a whole, or else the first of its pieces that names any: "Pillar 1: …"."""
        for piece in (text, *PIECES.split(text)):
            if called := self._called(piece) or self._numbered(piece, kind, allowed):
                return called
        return []

    def _numbered(self, text: str, kind: str, allowed: dict[str, Objective]) -> list[Objective]:
        found = NUMBERED.match(key_of(text))
        if not found:
            return []
        kind = KIND_CALLED.get(found["kind"], "") if found["kind"] else kind
        place = int(found["place"])
        return [
            one for one in allowed.values() if (one.framework.kind, one.position) == (kind, place)
        ]

    def _instead(
        self, text: str, called: list[Objective], allowed: dict[str, Objective], day: dt.date
    ) -> Proposals:
        """It is an objective, of a framework not in force on the day: what takes its place then."""
        related = {pk for one in called for pk in self.related[one.pk]}
        message = _(
            "“%(text)s” is of a framework that was not in force on %(day)s. Choose one that was."
        )
        proposals = [_proposal(one, FOLLOWS) for one in allowed.values() if one.pk in related]
        return Proposals.best(proposals, message % {"text": shown(text), "day": day.isoformat()})

    def _alike(self, text: str, kind: str, allowed: dict[str, Objective]) -> Proposals:
        offered = [one for one in allowed.values() if kind in {"", one.framework.kind}]
        codes = frozenset(one.code for one in offered)
        if codes not in self._similar:
            self._similar[codes] = Similar(_all_names(offered))
        scores = self._similar[codes].closest(text)
        return Proposals.best(_proposal(allowed[str(code)], scores[code]) for code in scores)


def _proposal(objective: Objective, score: float) -> Proposal:
    return Proposal(objective.code, str(objective), score)


def _names_of(objective: Objective) -> Iterator[str]:
    yield from (objective.wording_en, objective.wording_fr, objective.short_en, objective.short_fr)


def _all_names(objectives: Iterable[Objective]) -> Iterator[tuple[str, str]]:
    for objective in objectives:
        for name in _names_of(objective):
            yield objective.code, name
