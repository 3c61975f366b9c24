"""In which of the two languages a text is written, as far as its words tell."""

import re

from common.sheets.values.date_words import one_of

WORD = re.compile(r"[^\W\d_]+(?:['’])?")
ENGLISH = one_of(
    "the of and for in on with to at by from an is are was were training visit meeting support program "
    "project development services prison correctional study exchange between agreement needs security "
    "rights human delegation government workshop assessment reform staff international cooperation fund",
    " ",
)
FRENCH = one_of(
    "le la les de du des et pour dans sur avec au aux en un une par est sont l' d' à visite réunion "
    "formation appui soutien programme projet développement services pénitentiaire correctionnel étude "
    "échange entre accord besoins sécurité droits délégation gouvernement atelier évaluation réforme "
    "personnel internationale coopération fonds",
    " ",
)
BOTH = ENGLISH & FRENCH
ACCENTS = re.compile("[éèêëàâùûîïôçœ]")


def likely_language(text: str, usual: str = "") -> str:
    """ "en" or "fr"; `usual` where nothing tells, as with a name alone.

    A text in a list that is otherwise in the usual language may well hold a name in the other: it is taken
    for the other only where no word of the usual one stands in it.
    """
    words = [word.replace("’", "'") for word in WORD.findall(text[:2_000].casefold())]
    found = {
        "en": float(sum(word in ENGLISH and word not in BOTH for word in words)),
        "fr": float(sum(word in FRENCH and word not in BOTH for word in words)),
    }
    if usual and found[usual]:
        return usual
    found["fr"] += sum(bool(ACCENTS.search(word)) for word in words) * 0.5
    if found["en"] == found["fr"]:
        return usual
    return max(found, key=found.__getitem__)
