"""Countries as files write them: names in either language, codes, second names, words turned round."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from common.filter_fields import shown
from common.sheets.values.nothing import says_nothing
from engagements.imports.matching.asking import Matcher
from engagements.imports.matching.country_words import ALSO_CALLED, REGIONS, SEVERAL, SHARED
from engagements.imports.matching.keys import key_of
from engagements.imports.matching.results import NONE, NOTHING, Found, Match, Proposal, Proposals
from partners.models import Country, Region

# "Burma (Myanmar)", "Côte d'Ivoire / Ivory Coast", "Haiti - Port-au-Prince".
PIECES = re.compile(r"\s+[-–—|:]+\s+|\s*[/()\[\]]\s*")
# Neither the order of words nor these tell countries apart.
BESIDES = frozenset({"of", "de", "du", "des", "d", "la", "le", "les", "l", "aux", "au"})
SPELLED = {"st": "saint", "ste": "sainte", "rep": "republic", "dem": "democratic", "is": "islands"}
SIMILAR = 0.72
# Codes that also say that there is nothing to say: n/a, s.o., n.p.
MAYBE_NOTHING = frozenset({"NA", "SO", "NP"})
Words = frozenset[str]


@dataclass
class CountryMatcher(Matcher):
    """See Matchers. Names and words are read by load(), nothing after it."""

    by_code: dict[str, Country] = field(default_factory=dict)
    # ISO3 and M49 → ISO2.
    codes: dict[str, str] = field(default_factory=dict)
    called: dict[Words, set[str]] = field(default_factory=lambda: defaultdict(set))
    regions: set[Words] = field(default_factory=set)
    matched: dict[str, Match] = field(default_factory=dict)

    @classmethod
    def load(cls) -> CountryMatcher:
        """Two queries."""
        matcher = cls()
        for country in Country.objects.all():
            matcher._add(country)
        for name, codes in SHARED.items():
            matcher.called[_words(name)].update(set(codes) & matcher.by_code.keys())
        names = Region.objects.values_list("name_en", "name_fr", "code")
        said = [*REGIONS, *(text for region in names for text in region)]
        matcher.regions = {_words(text) - SEVERAL or _words(text) for text in said}
        return matcher

    def _add(self, country: Country) -> None:
        self.by_code[country.iso2] = country
        for code in filter(None, (country.iso3, country.m49)):
            self.codes[code] = country.iso2
        for name in (country.name_en, country.name_fr, *ALSO_CALLED.get(country.iso2, ())):
            if name:
                self.called[_words(name)].add(country.iso2)

    def get(self, code: str) -> Country | None:
        return self.by_code.get(code)

    def label(self, code: str) -> str:
        country = self.by_code.get(code)
        return country.name if country else _("None: leave the countries empty")

    def knows(self, text: str) -> bool:
        """Asked of every run of words in a list: nothing similar is looked for."""
        text = text.strip()
        if len(text) > self.longest:
            return False
        return bool(self._code(text)) or len(self._called(text)) == 1

    def find(self, text: str) -> str:
        """The code of the one country that is surely meant, "" where it is none; quick, nothing similar."""
        found = self.called.get(_words(text), set())
        return next(iter(found)) if len(found) == 1 else ""

    def _match(self, text: str) -> Match:
        if text in MAYBE_NOTHING and text in self.by_code:
            return Proposals((self._proposal(text, 0.9), self._none(0.8)))
        if code := self._code(text):
            return Found(code)
        if says_nothing(text):
            return NOTHING
        found = self._called(text)
        if len(found) == 1:
            return Found(next(iter(found)))
        if found:
            message = _("More than one country is called “%(text)s”. Say which it is.")
            proposals = [self._proposal(code, 1) for code in found]
            return Proposals.best(proposals, message % {"text": shown(text)})
        return self._region() if self._is_region(_words(text)) else self._similar(text)

    def _called(self, text: str) -> set[str]:
        words = _words(text)
        found = self.called.get(words, set())
        return found if found or self._is_region(words) else self._by_pieces(text)

    def _code(self, text: str) -> str | None:
        """In capitals: "no", "de" and "la" are words."""
        if text in self.by_code:
            return text
        return self.codes.get(text)

    def _by_pieces(self, text: str) -> set[str]:
        """One country told twice, or a country and a place within it."""
        pieces = [piece for piece in PIECES.split(text) if piece.strip()]
        if len(pieces) < 2:
            return set()
        found = [self.called.get(_words(piece), set()) for piece in pieces]
        told = {code for codes in found for code in codes}
        # A place before its country, or two countries, is no country with a remark.
        return told if len(told) == 1 and found[0] else set()

    def _is_region(self, words: Words) -> bool:
        left = words - SEVERAL
        return bool(words) and (not left or left in self.regions)

    def _region(self) -> Proposals:
        message = _(
            "This is a region or several countries, and no country. Leave the countries empty, or "
            "name them in the file."
        )
        return Proposals((self._none(1.0),), message)

    def _similar(self, text: str) -> Proposals:
        """By the letters, word order apart; a code in small letters stands for itself."""
        wanted, proposals = " ".join(sorted(_words(text))), []
        for words, codes in self.called.items():
            score = _likeness(wanted, " ".join(sorted(words)))
            proposals += [self._proposal(code, score) for code in codes if score >= SIMILAR]
        if code := self._code(text.upper()):
            proposals.append(self._proposal(code, 0.9))
        return Proposals.best(proposals)

    def _proposal(self, code: str, score: float) -> Proposal:
        return Proposal(code, self.label(code), score)

    def _none(self, score: float) -> Proposal:
        return Proposal(NONE, self.label(NONE), score)


def _words(text: str) -> Words:
    """What tells a country: its words in any order, without articles and "of"."""
    words = (SPELLED.get(word, word) for word in key_of(text).split())
    kept = list(words)
    return frozenset(word for word in kept if word not in BESIDES) or frozenset(kept)


def _likeness(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < SIMILAR or matcher.quick_ratio() < SIMILAR:
        return 0.0
    return min(matcher.ratio(), 0.99)
