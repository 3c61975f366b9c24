"""The names most like a text among thousands: by the words they share, rare ones counting most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from difflib import SequenceMatcher
from functools import cached_property
from math import log

from engagements.imports.matching.keys import key_of, words_of
from partners.duplicates import COMMON_WORDS, Name, likeness

# Below it two names have nothing to do with each other.
THRESHOLD = 0.6
# How like each other two words must be to be one with a slip in it: "peace" is not "space".
SLIP, SLIP_IN_A_SHORT_ONE, SHORT = 0.8, 0.84, 8
# A word of so many of all names leads to none: it only adds to what others found.
EVERYWHERE = 0.1
# Compared letter by letter: the best by their words.
LOOKED_AT = 12
# All the words of one, which say who it is, stand in the other: so sure, however much else is said.
HELD = 0.6


class Similar:
    """Names of things, to find those like a text. `names` are (thing, name); a thing may have many."""

    def __init__(self, names: Iterable[tuple[Hashable, str]]) -> None:
        known = {(thing, key_of(name)): name for thing, name in names if name}
        self.names = [(thing, Name.of(key), words_of(name)) for (thing, key), name in known.items()]
        self.holding: dict[str, list[int]] = defaultdict(list)
        for number, (_thing, _name, words) in enumerate(self.names):
            for word in words:
                self.holding[word].append(number)
        self._slips: dict[str, dict[str, float]] = {}

    def closest(self, text: str) -> dict[Hashable, float]:
        """Score from THRESHOLD to 1 of each thing that has a name like the text."""
        asked, words = Name.of(key_of(text)), words_of(text)
        by_words = self._by_words(words)
        best = sorted(by_words, key=lambda number: -by_words[number])[:LOOKED_AT]
        scores: dict[Hashable, float] = {}
        for number in best:
            thing, name, its_words = self.names[number]
            score = by_words[number]
            if _is_held(words, its_words):
                score = HELD + (1 - HELD) * score
            elif not (asked.words <= name.words or name.words <= asked.words):
                score = max(score, likeness(asked, name))
            if score >= THRESHOLD:
                scores[thing] = max(score, scores.get(thing, 0.0))
        return scores

    def _by_words(self, words: frozenset[str]) -> dict[int, float]:
        """Number of a name → share of what both say that they have in common, by weight."""
        shared: dict[int, float] = defaultdict(float)
        often = EVERYWHERE * len(self.names)
        near = {word: self._nearly(word) for word in words}
        rare = [w for w in words if any(len(self.holding[v]) <= often for v in near[w])]
        candidates = {
            number for word in rare or words for v in near[word] for number in self.holding[v]
        }
        for word in words:
            best: dict[int, float] = {}
            for other, ratio in near[word].items():
                weight = self._weight(other) * ratio
                for number in candidates.intersection(self.holding[other]):
                    best[number] = max(weight, best.get(number, 0.0))
            for number, weight in best.items():
                shared[number] += weight
        asked = sum(self._weight(word) for word in words)
        return {
            number: min(0.99, 2 * weight / (asked + self._total(number)))
            for number, weight in shared.items()
        }

    def _nearly(self, word: str) -> dict[str, float]:
        """The word itself and those that it may be with a slip, with how alike they are."""
        if word not in self._slips:
            found = {word: 1.0} if word in self.holding else {}
            if len(word) > 3:
                others = self._beginning.get(word[0], []) + self._ending.get(word[-3:], [])
                found |= {o: like for o in others if o != word and (like := _slip(word, o))}
            self._slips[word] = found
        return self._slips[word]

    @cached_property
    def _beginning(self) -> dict[str, list[str]]:
        return _grouped(self.holding, lambda word: word[0])

    @cached_property
    def _ending(self) -> dict[str, list[str]]:
        return _grouped(self.holding, lambda word: word[-3:])

    def _weight(self, word: str) -> float:
        """The rarer, the more it says; a word of many names everywhere says little even where it is rare."""
        often = len(self.holding[word]) if word in self.holding else 0
        weight = log((len(self.names) + 2) / (often + 1))
        return weight / 3 if word in COMMON_WORDS else weight

    @cached_property
    def _totals(self) -> list[float]:
        return [sum(map(self._weight, words)) for _thing, _name, words in self.names]

    def _total(self, number: int) -> float:
        return self._totals[number]


def _grouped(words: Iterable[str], first) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for word in words:
        if len(word) > 3:
            groups[first(word)].append(word)
    return groups


def _slip(one: str, other: str) -> float:
    """How alike two words are, 0 where they are two."""
    enough = SLIP if min(len(one), len(other)) >= SHORT else SLIP_IN_A_SHORT_ONE
    together = len(one) + len(other)
    if 2 * min(len(one), len(other)) < enough * together:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.quick_ratio() < enough:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= enough else 0.0


def _is_held(one: frozenset[str], other: frozenset[str]) -> bool:
    shorter = min(one, other, key=len)
    telling = {word for word in shorter - COMMON_WORDS if len(word) > 3}
    return (bool(telling) or len(shorter) >= 3) and (one <= other or other <= one)
