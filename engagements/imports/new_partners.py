"""Partners that a file names and that are not here: created with the load, to be completed later."""

from __future__ import annotations

import re
from collections.abc import Iterable

from accounts.models import User
from common.text import fold
from engagements.imports.row_reading import Reader
from partners.many import add_partners
from partners.models import Partner

# What a name tells about whose it is, the clearest first. Told wrong, it is put right on the partner's page.
TELLS: tuple[tuple[re.Pattern, str], ...] = (
    (re.compile(r"\b(universit|college|ecole|school|institut|faculty|faculte)"), Partner.Kind.ACADEMIC),
    (re.compile(r"\b(united nations|nations unies|un|onu)\b"), Partner.Kind.UN),
    (
        re.compile(r"\b(canada|canadian|canadien|canadienne)\b.*\b(ministry|department|agency|ministere|agence)\b"),
        Partner.Kind.CANADIAN_GOVERNMENT,
    ),
    (
        re.compile(
            r"\b(government|gouvernement|ministry|ministere|ministerio|department|departement|embassy|ambassade|"
            r"police|prison|prisons|penitentiary|penitentiaire|correctional service|corrections)\b"
        ),
        Partner.Kind.FOREIGN_GOVERNMENT,
    ),
    (re.compile(r"\b(bank|banque|commission|union|secretariat)\b"), Partner.Kind.MULTILATERAL),
)  # fmt: skip


def kind_told(name: str) -> str:
    """What kind of partner a name most likely is of: an NGO or professional body where nothing tells."""
    folded = fold(name)
    return next((kind for tells, kind in TELLS if tells.search(folded)), Partner.Kind.NGO)


def stand_in(code: str, name: str, reader: Reader) -> Partner:
    """What stands for it in the form until it is saved: under no code that a partner has."""
    language = reader.answers.default("text_language") or reader.language
    wanted = "name_fr" if language == "fr" else "name_en"
    return Partner(code=code, kind=kind_told(name), **{wanted: name})


def add_missing(*, by: User, stand_ins: Iterable[Partner]) -> None:
    """Each becomes the partner that is made: the very object that what names it holds."""
    waiting = list(stand_ins)
    told = [{"kind": one.kind, "name_en": one.name_en, "name_fr": one.name_fr} for one in waiting]
    for stand_in, made in zip(waiting, add_partners(by=by, told=told), strict=True):
        stand_in.__dict__.update(made.__dict__)
