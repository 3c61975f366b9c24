"""Text kept in two columns, `<name>_en` and `<name>_fr`, read in the reader's language."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

LANGUAGES = ("en", "fr")


@dataclass(frozen=True)
class Text:
    """What to show and its language: the reader's, or the other where that one is empty."""

    value: str
    language: str

    def __str__(self) -> str:
        return self.value


def reader_language() -> str:
    """'en' or 'fr'."""
    return "fr" if (get_language() or "en").startswith("fr") else "en"


def other_language() -> str:
    """The one the page is not read in."""
    return "en" if reader_language() == "fr" else "fr"


def text_in_language(record: Any, name: str, language: str | None = None) -> Text:
    """The bilingual text `name` of a record, in `language` (the reader's) or else the other one."""
    first = language or reader_language()
    for candidate in (first, *(other for other in LANGUAGES if other != first)):
        if value := getattr(record, f"{name}_{candidate}"):
            return Text(value, candidate)
    return Text("", first)


def in_language(record: Any, name: str, language: str | None = None) -> str:
    """As text_in_language, the words alone."""
    return text_in_language(record, name, language).value
