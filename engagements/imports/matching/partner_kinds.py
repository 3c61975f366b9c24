"""Kinds of partner as lists call them, in either language."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from django.utils.translation import override

from common.bilingual import LANGUAGES
from common.sheets.values.nothing import says_nothing
from engagements.imports.matching.asking import Matcher
from engagements.imports.matching.keys import same
from engagements.imports.matching.results import NOTHING, Found, Match, Proposal, Proposals
from partners.models import Partner

KIND_WORDS = {
    Partner.Kind.UN: "un;onu;united nations;nations unies;un agency;un body;organisme des nations unies",
    Partner.Kind.MULTILATERAL: "multilateral;regional;international organization;organisation internationale;"
    "intergovernmental;intergouvernemental;igo;oig",
    Partner.Kind.FOREIGN_GOVERNMENT: "government;gouvernement;foreign;etranger;ministry;ministere;state;etat;"
    "national government;gouvernement national",
    Partner.Kind.CANADIAN_GOVERNMENT: "canada;canadian;canadien;federal;provincial;government of canada;"
    "gouvernement du canada",
    Partner.Kind.NGO: "ngo;ong;non governmental;non gouvernemental;civil society;societe civile;association;"
    "professional body;professional association;association professionnelle",
    Partner.Kind.ACADEMIC: "academia;university;universite;universitaire;college;research;recherche",
}


@cache
def kinds_said() -> dict[str, str]:
    """What a kind may be called in either language → the kind."""
    told: dict[str, str] = {}
    for kind, words in KIND_WORDS.items():
        told |= {same(word): kind.value for word in words.split(";")}
    for language in LANGUAGES:
        with override(language):
            told |= {same(str(kind.label)): kind.value for kind in Partner.Kind}
    return told | {same(kind.value): kind.value for kind in Partner.Kind}


def every_kind() -> tuple[Proposal, ...]:
    return tuple(Proposal(kind.value, str(kind.label), 0.0) for kind in Partner.Kind)


@dataclass
class PartnerKindMatcher(Matcher):
    """See Matchers. Reads nothing from the database."""

    matched: dict[str, Match] = field(default_factory=dict)

    def get(self, code: str) -> str | None:
        return code if code in Partner.Kind.values else None

    def label(self, code: str) -> str:
        return str(Partner.Kind(code).label) if code in Partner.Kind.values else code

    def _match(self, text: str) -> Match:
        if says_nothing(text):
            return NOTHING
        kind = kinds_said().get(same(text))
        return Found(kind) if kind else Proposals(every_kind())
