"""Partners as files write them: any of their names, acronym, code, or nearly so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any

from django.utils.translation import gettext as _

from common.filter_fields import shown
from common.sheets.values.nothing import says_nothing
from common.text import fold
from engagements.forms.parts import why_archived
from engagements.imports.matching.asking import Matcher
from engagements.imports.matching.countries import CountryMatcher
from engagements.imports.matching.keys import same
from engagements.imports.matching.results import NOTHING, Found, Match, Proposal, Proposals
from engagements.imports.matching.similar import THRESHOLD, Similar
from partners.models import FormerName, Partner

# "Acronym - place", "X / Y", "Name (ACRONYM)", "Government - Ministry", "Name, country".
PARTING = re.compile(r"\s+[-–—|:]+\s*|\s*[-–—|:]+\s+|\s*[/\n()\[\]]\s*|,\s+")
ACRONYM = re.compile(r"[A-Z][A-Za-zÀ-ÿ&.-]{1,9}")
CAPITALS = re.compile(r"\b[A-Z][A-Z-]{2,}\b")
# "(mission not named in source)": a remark that names nobody else.
NOT_SAID = re.compile(
    r"\b(not|non|pas|un) ?(named|specified|identified|in source|in the source|precise|nomme|identifie)"
)
# How sure it is where something stands beside a name or acronym that could mean another; where that is
# another country; where only a part of the text is like the name; where the text has its acronym in it.
BESIDE, ELSEWHERE, PART, HAS_ACRONYM = 0.93, 0.6, 0.92, 0.8


@dataclass
class PartnerMatcher(Matcher):
    """See Matchers. What is compared is read by load(), nothing after it."""

    countries: CountryMatcher
    partners: dict[int, Partner]
    similar: Similar
    by_code: dict[str, Partner] = field(default_factory=dict)
    # Key → the partners so called: today, and formerly.
    now: dict[str, list[Partner]] = field(default_factory=lambda: defaultdict(list))
    formerly: dict[str, list[Partner]] = field(default_factory=lambda: defaultdict(list))
    acronyms: set[str] = field(default_factory=set)
    matched: dict[str, Match] = field(default_factory=dict)
    known: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def load(cls, countries: CountryMatcher) -> PartnerMatcher:
        """Two queries."""
        partners = Partner.objects.select_related("country").in_bulk()
        formers = list(FormerName.objects.order_by("pk"))
        names = [(former.partner_id, name) for former in formers for name in _names_of(former)]
        for pk, partner in partners.items():
            names += [(pk, name) for name in [*_names_of(partner), *_with_country(partner)]]
        matcher = cls(countries, partners, Similar(names))
        for partner in partners.values():
            matcher._add(partner)
        for former in formers:
            matcher._add_former(former)
        return matcher

    def _add(self, partner: Partner) -> None:
        self.by_code[partner.code] = partner
        whole = _whole_names_of(partner)
        self.acronyms |= {same(partner.acronym_en), same(partner.acronym_fr)} - {""}
        # A bilingual cell that nothing parts holds one name after the other.
        both = [f"{one} {other}" for one, other in permutations(whole, 2)]
        for name in [*_names_of(partner), *labels_of(partner), partner.code, *both]:
            _put(self.now, name, partner)

    def _add_former(self, former: FormerName) -> None:
        self.acronyms |= {same(former.acronym_en), same(former.acronym_fr)} - {""}
        for name in _names_of(former):
            _put(self.formerly, name, self.partners[former.partner_id])

    def get(self, code: str) -> Partner | None:
        """Also an archived one: the form says why it cannot be chosen."""
        return self.by_code.get(code)

    def label(self, code: str) -> str:
        partner = self.by_code.get(code)
        return partner.label if partner else _("Create this partner")

    def knows(self, text: str) -> bool:
        """Asked of every run of words in a list: nothing similar is looked for."""
        text = text.strip()
        if len(text) > self.longest:
            return False
        if text not in self.known:
            one = self._one(self._called(text), Pieces.of(self, text))
            self.known[text] = one is not None
        return self.known[text]

    def _match(self, text: str) -> Match:
        called = self._called(text)
        if not called and says_nothing(text):
            return NOTHING
        pieces = Pieces.of(self, text)
        if one := self._one(called, pieces):
            return Found(one.code)
        return self._asked(text, called, pieces)

    def _one(self, called: list[Partner], pieces: Pieces) -> Partner | None:
        """Whom a text surely means."""
        one = called[0] if len(called) == 1 else pieces.one if not called else None
        return one if one and not one.is_archived else None

    def is_called(self, text: str) -> bool:
        """Whether some partner has, or had, exactly this name."""
        return bool(self._called(text))

    def _called(self, text: str) -> list[Partner]:
        """Those with exactly this name: active ones rather than archived, today's rather than former."""
        key = same(text)
        now, formerly = self.now.get(key, []), self.formerly.get(key, [])
        for group in (now, formerly):
            if active := [partner for partner in group if not partner.is_archived]:
                return active
        return now or formerly

    def _asked(self, text: str, called: list[Partner], pieces: Pieces) -> Proposals:
        scores: dict[int, float] = dict(self._alike(text, pieces))
        scores |= {partner.pk: score for partner, score in pieces.beside.items()}
        scores |= {partner.pk: 1.0 for partner in called}
        message = ""
        if len(called) > 1:
            message = _("More than one partner is called “%(text)s”. Say which it is.")
        elif called:
            message = why_archived(called[0])
        proposals = (self._proposal(self.partners[pk], score) for pk, score in scores.items())
        return Proposals.best(
            proposals, message % {"text": shown(text)} if len(called) > 1 else message
        )

    def _alike(self, text: str, pieces: Pieces) -> Iterator[tuple[int, float]]:
        """The whole text's score counts in full, that of a part of it a little less."""
        scores: dict[Any, float] = {}
        for piece in pieces.telling:
            for pk, score in self.similar.closest(piece).items():
                scores[pk] = max(PART * score, scores.get(pk, 0.0))
        for word in CAPITALS.findall(text) if not text.isupper() else []:
            for partner in self._called(word) if same(word) in self.acronyms else []:
                scores[partner.pk] = max(HAS_ACRONYM, scores.get(partner.pk, 0.0))
        for pk, score in self.similar.closest(text).items():
            scores[pk] = max(min(score, 0.99), scores.get(pk, 0.0))
        yield from ((pk, score) for pk, score in scores.items() if score >= THRESHOLD)

    def _proposal(self, partner: Partner, score: float) -> Proposal:
        why_not = why_archived(partner) if partner.is_archived else ""
        return Proposal(partner.code, partner.label, score, why_not)


@dataclass
class Pieces:
    """A text taken apart: "UNICEF - New York", "Name (ACRONYM)", "English name / nom français"."""

    texts: list[str]
    # Those that are no country.
    telling: list[str]
    # Who it surely is all the same.
    one: Partner | None = None
    # Whom a part of it names, though another part may say that it is somebody else.
    beside: dict[Partner, float] = field(default_factory=dict)

    @classmethod
    def of(cls, matcher: PartnerMatcher, text: str) -> Pieces:
        texts = [piece.strip() for piece in PARTING.split(text) if piece and piece.strip()]
        if len(texts) < 2:
            return cls([], [])
        pieces = cls(texts, [piece for piece in texts if not matcher.countries.find(piece)])
        called = {piece: matcher._called(piece) for piece in texts}
        groups = [set(group) for group in called.values() if group]
        rest = [piece for piece, group in called.items() if not group]
        if groups:
            pieces._judge(matcher, groups, rest)
        return pieces

    def _judge(self, matcher: PartnerMatcher, groups: list[set[Partner]], rest: list[str]) -> None:
        common = set.intersection(*groups)
        told = {code for piece in rest if (code := matcher.countries.find(piece))}
        if len(common) > 1 and told:
            common = {one for one in common if _place(one) & told}
        named = any(
            same(piece) not in matcher.acronyms for piece in self.texts if piece not in rest
        )
        if len(common) == 1:
            (only,) = common
            if all(_tells_no_other(only, piece, told, named=named) for piece in rest):
                self.one = only
        elif not rest:
            self.one = _lowest(groups, matcher)
        for partner in set.union(*groups):
            self.beside[partner] = ELSEWHERE if _is_elsewhere(partner, told) else BESIDE


def _tells_no_other(partner: Partner, piece: str, told: set[str], *, named: bool) -> bool:
    """Whether the rest of a text goes with the partner: its seat, its country, an acronym beside its name."""
    key = same(piece)
    if key in {same(partner.seat_en), same(partner.seat_fr)} or says_nothing(piece):
        return True
    if NOT_SAID.search(fold(piece)):
        return True
    if told:
        return told == _place(partner)
    return named and bool(ACRONYM.fullmatch(piece))


def _is_elsewhere(partner: Partner, told: set[str]) -> bool:
    """A government's body of another country; of an organization it is an office in the field."""
    in_one_country = partner.kind in {Partner.Kind.FOREIGN_GOVERNMENT, Partner.Kind.ACADEMIC}
    return in_one_country and bool(told) and bool(_place(partner)) and not _place(partner) & told


def _place(partner: Partner) -> set[str]:
    return {partner.country.iso2} if partner.country else set()


def _lowest(groups: list[set[Partner]], matcher: PartnerMatcher) -> Partner | None:
    """Of a partner and the one it is part of ("UN - UNICEF"), the part."""
    if any(len(group) > 1 for group in groups):
        return None
    told = {next(iter(group)) for group in groups}
    for partner in told:
        if told - {partner} <= set(_above(partner, matcher)):
            return partner
    return None


def _above(partner: Partner, matcher: PartnerMatcher) -> Iterator[Partner]:
    seen = set()
    while partner.parent_id and partner.parent_id not in seen:
        seen.add(partner.parent_id)
        partner = matcher.partners[partner.parent_id]
        yield partner


def _put(index: dict[str, list[Partner]], name: str, partner: Partner) -> None:
    """The same name in both languages is one name."""
    key = same(name)
    if key and partner not in index[key]:
        index[key].append(partner)


def _whole_names_of(record: Partner | FormerName) -> list[str]:
    names = [record.name_en, record.name_fr, getattr(record, "name_own", "")]
    return [name for name in names if name]


def _names_of(record: Partner | FormerName) -> list[str]:
    acronyms = [acronym for acronym in (record.acronym_en, record.acronym_fr) if acronym]
    return _whole_names_of(record) + acronyms


def labels_of(partner: Partner) -> list[str]:
    """As the portal shows it, and as its own files say it: "Prison Service (PS)"."""
    told = ((partner.name_en, partner.acronym_en), (partner.name_fr, partner.acronym_fr))
    return [f"{name} ({acronym})" for name, acronym in told if name and acronym]


def _with_country(partner: Partner) -> list[str]:
    """A government's body as those abroad call it: "Prison Service, Kenya"."""
    if not partner.country:
        return []
    places = (partner.country.name_en, partner.country.name_fr)
    names = (partner.name_en, partner.name_fr)
    return [f"{name} {place}" for name, place in zip(names, places, strict=True) if name]
