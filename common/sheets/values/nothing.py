"""Words by which people say that they have nothing to say: no value, in any column."""

import re
from functools import lru_cache

from common.text import fold

# Folded, without the points, dashes and brackets around and within them.
SAYS_NOTHING = frozenset(
    fold(said)
    for said in (
        # English
        "",  # signs alone: "-", "?", "..."
        "n a", "na", "not available", "not applicable", "not stated", "not specified", "not known",
        "not given", "not provided", "not recorded", "unspecified", "undetermined", "unknown", "none",
        "nil", "null", "no data", "no information", "no information available", "blank", "empty",
        "information not available", "information unavailable", "unavailable", "data not available",
        "tbd", "tbc", "tba", "to be determined", "to be confirmed", "to be announced", "to come",
        # French
        "s o", "sans objet", "nd", "n d", "non disponible", "pas disponible",
        "non determine", "non precise", "non precisee", "non specifie", "non specifiee", "non fourni",
        "non fournie", "non connu", "non connue", "inconnu", "inconnue", "inconnus", "inconnues", "aucun",
        "aucune", "neant", "rien", "vide", "information non disponible", "informations non disponibles",
        "renseignement non disponible", "renseignements non disponibles", "sans information",
        "aucune information", "donnees non disponibles", "a determiner", "a confirmer", "a venir",
        "a preciser", "non applicable", "ne s'applique pas",
    )
)  # fmt: skip
# "TBD / à déterminer": one thing said twice.
SAID_TWICE = (re.compile(r"\s+[/|-]+\s+"), re.compile(r"[/|]"))
# No way of saying nothing is longer, both languages together.
LONGEST = 100
SIGNS = re.compile(r"[^\w']+")


def says_nothing(text: str) -> bool:
    """Whether the text is empty, signs alone, or says that there is nothing to say, even twice over."""
    return len(text) <= LONGEST and _says_nothing(text)


@lru_cache(maxsize=20_000)
def _says_nothing(text: str) -> bool:
    folded = fold(text)
    ways = [[folded], *(parting.split(folded) for parting in SAID_TWICE)]
    return any(all(_plain(part) in SAYS_NOTHING for part in parts) for parts in ways)


def _plain(folded: str) -> str:
    return SIGNS.sub(" ", folded).strip()
