"""What is found by a name: shown by the one that people read, with another beside it that has the words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from common.bilingual import other_language, reader_language
from common.search.asking import Term
from common.search.marks import Piece, marked, told_by
from objectives.models import Objective
from partners.models import Country, FormerName, Partner


@dataclass(frozen=True, kw_only=True)
class Called:
    """A partner, country or objective, its name; `also`: another name, or its wording, that has the words."""

    record: Partner | Country | Objective
    name: list[Piece]
    also: list[Piece] = field(default_factory=list)
    also_language: str = ""


def called(record: Partner | Country, terms: Sequence[Term], untold: Sequence[Term]) -> Called:
    """With the first of its other names, former ones too, that has a word of `untold`."""
    name = marked(str(record), terms)
    for other, language in names_of_one(record) if untold else ():
        if told_by(other, untold):
            told = language_of(language) if language else ""
            return Called(record=record, name=name, also=marked(other, terms), also_language=told)
    return Called(record=record, name=name)


def without_told(terms: Sequence[Term], *texts: str) -> list[Term]:
    """Those that stand in none of the texts."""
    told = frozenset[int]().union(*(told_by(text, terms) for text in texts))
    return [term for place, term in enumerate(terms) if place not in told]


def names_of_one(record: Partner | Country | FormerName) -> Iterable[tuple[str, str]]:
    """Its names and acronyms with the language of each, "" for its own; in the reader's language first.

    Former ones come last.
    """
    for language in (reader_language(), other_language()):
        for name in ("name", "acronym"):
            if called := getattr(record, f"{name}_{language}", ""):
                yield called, language
    if own := getattr(record, "name_own", ""):
        yield own, ""
    for former in record.former_names.all() if isinstance(record, Partner) else ():
        yield from names_of_one(former)


def language_of(language: str) -> str:
    """ "" where it is the reader's, as an attribute needs it."""
    return "" if language == reader_language() else language
