"""What search reads of an engagement: a line a field, in this order (common.search.analysis.line_of).

Restricted notes are not in it: few may read them, and what is found tells what stands there.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from common.search.analysis import line_of, lines_of

# Field → the language it is in; "text" for that of the record's text, "" where it has none.
FIELDS: Mapping[str, str] = {
    "reference": "",
    "title_en": "en",
    "title_fr": "fr",
    "place": "",
    "purpose": "text",
    "outcome": "text",
    "lessons": "text",
    "csc_posts": "text",
    "paid_by": "",
    "stage_reason": "text",
}
TEXT_LANGUAGE = "text_language"


def search_text_of(record: Any) -> str:
    """Of an engagement, or of anything that has these attributes."""
    return lines_of(
        line_of(getattr(record, name) or "", _languages(record, told))
        for name, told in FIELDS.items()
    )


def with_reference(reference: str, search_text: str) -> str:
    """The same text of a record that had no reference and has this one now."""
    return line_of(reference, ()) + search_text


def languages_read(told: str, text_language: str) -> Iterable[str]:
    return (text_language,) if told == "text" else (told,) if told else ()


def _languages(record: Any, told: str) -> tuple[str, ...]:
    return tuple(languages_read(told, record.text_language))
