"""Two columns of titles, one in each language, told apart by their headings or by what stands in them."""

import re
from collections import Counter
from collections.abc import Mapping

from common.sheets.tables import Column, Table
from common.sheets.values.cells import text_of
from common.sheets.values.language import likely_language
from common.text import fold
from engagements.imports.fields import KEEP
from engagements.imports.headings import LANGUAGES, fields_for

LOOKED_AT = 200
FRENCH = re.compile(r"\b(titre|nom|intitule|projet|activite|evenement|visite|objet|sujet|quoi)\b")
ENGLISH = re.compile(r"\b(title|name|project|activity|event|visit|subject|what)\b")
# Both languages before one.
BOTH = ("title_en", "title_fr")


def under(column: Column) -> str:
    """ "title_en" for a column "English" in a group of titles; "" for others."""
    language = LANGUAGES.get(fold(column.heading).strip("() "), "")
    is_title = fields_for(column.group).get("title", 0) >= 0.9
    return f"title_{language}" if language and is_title else ""


def told_apart(
    table: Table, mapping: dict[int, str], wanted: Mapping[int, Mapping[str, float]]
) -> dict[int, str]:
    """The mapping, with a second column of titles as what it is: the other language, or kept."""
    holders = {name: index for index, name in mapping.items() if name in {"title", *BOTH}}
    columns = {column.index: column for column in table.columns}
    if "title" not in holders:
        return mapping
    first = holders["title"]
    if len(holders) > 1:
        return mapping | {first: _missing(holders) if _is_sure(wanted[first]) else KEEP}
    others = [
        index for index, names in wanted.items()
        if index != first and names.get("title", 0) >= 0.98 and mapping[index] == KEEP
    ]  # fmt: skip
    if not others or not _is_sure(wanted[first]):
        return mapping
    pair = (columns[first], columns[others[0]])
    languages = _by_heading(*pair) or _by_values(table, *pair)
    if not languages:
        return mapping
    return mapping | {
        column.index: f"title_{code}" for column, code in zip(pair, languages, strict=True)
    }


def _missing(holders: Mapping[str, int]) -> str:
    """A title beside one that is known to be French is English; beside both it is neither."""
    free = [name for name in BOTH if name not in holders]
    return free[0] if len(free) == 1 else KEEP


def _is_sure(names: Mapping[str, float]) -> bool:
    return names.get("title", 0) >= 0.9


def _by_heading(one: Column, other: Column) -> tuple[str, str] | None:
    told = tuple(_language_of_heading(fold(column.heading)) for column in (one, other))
    return (told[0], told[1]) if set(told) == {"en", "fr"} else None


def _language_of_heading(folded: str) -> str:
    french, english = bool(FRENCH.search(folded)), bool(ENGLISH.search(folded))
    if french == english:
        return ""
    return "fr" if french else "en"


def _by_values(table: Table, one: Column, other: Column) -> tuple[str, str] | None:
    told = tuple(language_of_values(table, column) for column in (one, other))
    return (told[0], told[1]) if set(told) == {"en", "fr"} else None


def language_of_values(table: Table, column: Column) -> str:
    """The language most of a column's texts are in; "" where they do not tell."""
    seen: Counter[str] = Counter()
    for cell in list(table.values(column.index))[:LOOKED_AT]:
        seen[likely_language(text_of(cell))] += 1
    english, french = seen["en"], seen["fr"]
    if max(english, french) < 2 * min(english, french) or english == french:
        return ""
    return "en" if english > french else "fr"
