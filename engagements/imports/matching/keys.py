"""How texts are compared: without case, accents, punctuation and the words that carry nothing."""

import re
from functools import lru_cache

from common.text import fold
from partners.duplicates import EMPTY_WORDS

# "The Commonwealth" is the Commonwealth; "and", "&" and "et" are one.
WITHOUT = frozenset({"the", "and", "et"})
# Written in short within a longer name.
IN_FULL = {
    "us": ("united", "states"),
    "usa": ("united", "states"),
    "uk": ("united", "kingdom"),
    "un": ("united", "nation"),
    "onu": ("unies", "nation"),
}
APOSTROPHES = re.compile("[`\u00b4\u02bc\u2032\uff07]")
# A space within initials tells nothing: U.N.D.P., U N D P.
INITIALS = re.compile(r"\b\w\b(?:[.\s]+\w\b)+")
WORD = re.compile(r"\w+")
# What is left of a word behind an apostrophe, and before one in French: Queen's, l'Europe, Int'l.
ELIDED = re.compile(r"\b(?:l|d|s|qu|n|c)'(?=\w)")
SHORTENED = re.compile(r"(?<=\w)'(?=\w)")
# Abbreviations and second spellings → the word as compared where names are alike, not the same.
SPELLED = {
    "agcy": "agency", "assn": "association", "assoc": "association", "cdn": "canadian",
    "cdnne": "canadienne", "center": "centre", "cttee": "committee", "defense": "defence",
    "dept": "department", "dept s": "department", "devt": "development", "govt": "government",
    "intl": "international", "labor": "labour", "min": "ministry", "natl": "national",
    "organisation": "organization", "organisations": "organization", "organizations": "organization",
    "program": "programme", "programmes": "programme", "programs": "programme", "univ": "university",
    "services": "service", "nations": "nation", "prisons": "prison",
}  # fmt: skip
# Short words that carry nothing. Others of two letters are acronyms: UN, AU.
SMALL = frozenset({"of", "in", "on", "to", "at", "by", "de", "du", "la", "le", "en", "ou", "or"})


@lru_cache(maxsize=20_000)
def key_of(text: str) -> str:
    """Texts that are the same but for case, accents, hyphens, apostrophes and articles have one key."""
    folded = fold(APOSTROPHES.sub("'", text)).replace("&", " and ").replace("_", " ")
    folded = SHORTENED.sub("", ELIDED.sub("", folded))
    folded = INITIALS.sub(_joined, folded)
    words = WORD.findall(folded)
    kept = [word for word in words if word not in WITHOUT]
    return " ".join(kept or words)


def _joined(initials: re.Match) -> str:
    return re.sub(r"[.\s]", "", initials[0])


def same(text: str) -> str:
    """The key without its spaces: "co-operation" is "cooperation", "Burkina-Faso" is "Burkina Faso"."""
    return key_of(text).replace(" ", "")


@lru_cache(maxsize=20_000)
def words_of(text: str) -> frozenset[str]:
    """The words that count, one spelling each."""
    whole = (part for word in key_of(text).split() for part in IN_FULL.get(word, (word,)))
    words = (SPELLED.get(word, word) for word in whole)
    return frozenset(word for word in words if _counts(word))


def _counts(word: str) -> bool:
    return len(word) > 1 and word not in EMPTY_WORDS and word not in SMALL
