"""Which field a heading stands for, however an office words it."""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from common.sheets.values.date_words import one_of
from common.text import fold
from engagements.imports.fields import FIELDS, IGNORE

# A heading known no better than this is not taken for the field.
WORTH = 0.5
# How well a phrase heads a field that other phrases head better.
SECOND_CHOICE = 0.9
# Words that say nothing of what a column holds, beside others.
EMPTY = one_of(
    "the of a an and or in for on to if any all de du des la le les l d et ou en au aux s please optional "
    "required facultatif obligatoire main principal principale csc scc cad cdn total full complete liste "
    "list various other autre autres international internationale project projet activity activite "
    "engagement proposed foreign key visit visite trip travel voyage deplacement mission event evenement",
    " ",
)
BETWEEN = one_of("the of a an and or de du des la le les l d et ou un une", " ")
# An article before a vowel says nothing; some words are written short.
SHORT = re.compile(r"\b[ld]'|\bnbre?\b")
SHORTENED = {"nbr": "nombre", "nbre": "nombre"}
SIGNS = re.compile(r"[^a-z0-9#' ]+")
BRACKETS = re.compile(r"\(([^()]{0,60})\)|\[([^\[\]]{0,60})\]")
SIDES = re.compile(r"\s+/\s*|\s*/\s+|\s*[|\n]\s*|\s+[-–—]\s+|\s*//\s*|/")
# StartDate is two words.
WITHIN = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
# In brackets, the language a column is in.
LANGUAGES = {
    "en": "en", "eng": "en", "english": "en", "anglais": "en", "ang": "en", "e": "en", "a": "en",
    "fr": "fr", "fra": "fr", "fre": "fr", "french": "fr", "francais": "fr", "f": "fr",
}  # fmt: skip


def knows(text: str) -> float:
    """How well a text is known as a heading of a list: 0 to 1, for common.sheets.tables.

    What heads a column that is left out counts little: "NO" is a number, or Norway.
    """
    told = (0.4 if name == IGNORE else score for name, score in fields_for(text).items())
    return max(told, default=0.0)


def fields_for(heading: str) -> dict[str, float]:
    """Fields a heading may stand for → how well, from WORTH to 1. Empty for a heading that means nothing."""
    return dict(_fields_for(heading.strip()[:200]))


@cache
def _index() -> Mapping[str, Mapping[str, float]]:
    """Phrase → the fields it heads, and how well."""
    found: dict[str, dict[str, float]] = {}
    for field in FIELDS.values():
        for phrase in field.words:
            weight = SECOND_CHOICE if phrase.startswith("~") else 1.0
            plain = _plain(phrase)
            found.setdefault(plain, {})[field.name] = weight
            if reduced := _reduced(plain):
                found.setdefault(reduced, {}).setdefault(field.name, weight)
    return found


@cache
def _longest() -> int:
    return max(len(phrase.split()) for phrase in _index())


def _plain(text: str) -> str:
    """Folded words alone, in the singular: "N° de dossiers" is "n de dossier"."""
    parted = WITHIN.sub(" ", re.sub("[°º_]", " ", text))
    folded = fold(parted).replace("organisation", "organization")
    folded = SHORT.sub(lambda found: SHORTENED.get(found[0], ""), folded)
    if folded.strip() != "#":
        folded = folded.replace("#", " number ")
    words = SIGNS.sub(" ", folded).replace(" '", " ").split()
    return " ".join(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words)


def _reduced(plain: str) -> str:
    """Without the words between the words: "purpose of the visit" is "purpose visit"."""
    return " ".join(word for word in re.split("[ ']", plain) if word not in BETWEEN)


def _fields_for(heading: str) -> Iterable[tuple[str, float]]:
    """Each side of a bilingual heading speaks for itself; the words in brackets tell of units or language."""
    best: dict[str, float] = {}
    sides = [heading, *(side for side in SIDES.split(heading) if side.strip())]
    for position, side in enumerate(sides):
        for name, score in _of_side(side).items():
            # The whole heading and one side of it are as good; a side of its own a little less.
            told = score if not position or len(sides) < 3 else score * 0.98
            best[name] = max(best.get(name, 0.0), told)
    return best.items()


def _of_side(side: str) -> dict[str, float]:
    asides = [a or b for a, b in BRACKETS.findall(side)]
    bare = _plain(BRACKETS.sub(" ", side))
    found = _of_words(_plain(side))
    for name, score in _of_words(bare).items():
        found[name] = max(found.get(name, 0.0), score)
    languages = {LANGUAGES[_plain(aside)] for aside in asides if _plain(aside) in LANGUAGES}
    if languages and "title" in found:
        found[f"title_{languages.pop()}"] = found.pop("title") + 0.01
    return {name: min(score, 1.01) for name, score in found.items() if score >= WORTH}


@cache
def _of_words(plain: str) -> dict[str, float]:
    """A phrase that is the whole heading is certain; one within it the less so, the more else is said."""
    words = plain.split()
    if not words or len(words) > 14:
        return {}
    for whole in (plain, _reduced(plain)):
        if whole in _index():
            return dict(_index()[whole])
    found: dict[str, float] = {}
    for size in range(min(_longest(), len(words)), 0, -1):
        for first in range(len(words) - size + 1):
            names = _index().get(" ".join(words[first : first + size]))
            if names:
                rest = [w for w in words[:first] + words[first + size :] if not _is_empty(w)]
                said = sum(w not in EMPTY for w in words[first : first + size]) or 0.5
                score = 0.95 * said / (said + len(rest))
                for name, weight in names.items():
                    found[name] = max(found.get(name, 0.0), score * weight)
    return {name: score for name, score in found.items() if score >= WORTH}


def _is_empty(word: str) -> bool:
    return word in EMPTY or word.isdigit()
