"""Words for the reader: a value as people read it, a sentence with values in it, names found in bulk."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.template.defaultfilters import truncatewords
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from common.bilingual import reader_language, text_in_language
from common.prepared import ask

Words = str | Promise

# Longer, a text is no value to stand in a line: of two, the words that went and came are shown.
LINE = 80
# Longer still, it is shown by how it begins until somebody opens it.
PARAGRAPH = 400


@dataclass(frozen=True)
class Said:
    """A value as people read it. `language` is "" where it is in the reader's own."""

    text: str
    language: str = ""

    def __str__(self) -> str:
        return self.text

    @property
    def is_long(self) -> bool:
        return len(self.text) > LINE

    @property
    def is_very_long(self) -> bool:
        return len(self.text) > PARAGRAPH

    @property
    def html(self) -> SafeString | str:
        if not self.language or self.language == reader_language():
            return conditional_escape(self.text)
        return format_html('<span lang="{}">{}</span>', self.language, self.text)

    @property
    def at_length(self) -> SafeString:
        """In a list of changes. A very long one is shown by how it begins until somebody opens it."""
        if not self.is_very_long:
            return format_html('<span class="history-value">{}</span>', self.html)
        language = format_html(' lang="{}"', self.language) if self.language else ""
        begins = truncatewords(self.text, 25)
        return format_html(
            '<details class="history-text"><summary{}>{}</summary>{}</details>',
            language,
            begins,
            self.html,
        )


@dataclass(frozen=True)
class Sentence:
    """A whole sentence with names in it, as in "%(name)s added"."""

    words: Words
    names: Mapping[str, Said]

    def __str__(self) -> str:
        return str(self.words) % {name: said.text for name, said in self.names.items()}

    @property
    def html(self) -> SafeString:
        strong = {name: format_html("<b>{}</b>", said.html) for name, said in self.names.items()}
        # The words come from our own catalogues, the names are escaped.
        return mark_safe(conditional_escape(str(self.words)) % strong)


@dataclass(frozen=True, kw_only=True)
class Names:
    """What codes of one kind stand for: how their records are found, and called."""

    model: type[models.Model]
    column: str
    call: Callable[[Any], Said]
    with_parents: tuple[str, ...] = ()

    def find(self, codes: Iterable[Any]) -> dict[Any, models.Model]:
        shape = ("names", self.model, self.column)
        found = ask(shape, self._called, codes=sorted(codes))
        return {getattr(record, self.column): record for record in found}

    def _called(self, codes: list[Any]) -> models.QuerySet:
        records = self.model._default_manager.filter(**{f"{self.column}__in": codes})
        return records.select_related(*self.with_parents) if self.with_parents else records


_names: dict[str, Names] = {}


def register_names(kind: str, names: Names) -> None:
    _names[kind] = names


def names_of(model: type[models.Model] | None) -> str:
    """The kind under which the names of a model's records are registered, or ""."""
    return next((kind for kind, names in _names.items() if names.model is model), "")


def bilingual(record: Any, name: str) -> Said:
    """The bilingual text of a record, in the reader's language or else the other."""
    found = text_in_language(record, name)
    return Said(found.value, found.language)


# Records at hand: the kind of their names → code → record.
Known = Mapping[str, Mapping[Any, models.Model]]


class Directory:
    """The names that a page needs: asked for once a kind, however many there are."""

    def __init__(self, wanted: Iterable[tuple[str, Any]], *, known: Known | None = None) -> None:
        codes: dict[str, set[Any]] = defaultdict(set)
        self._found = {kind: dict(records) for kind, records in (known or {}).items()}
        for kind, code in wanted:
            if kind in _names and code is not None and self.record(kind, code) is None:
                codes[kind].add(code)
        for kind, asked in codes.items():
            self._found.setdefault(kind, {}).update(_names[kind].find(asked))

    def record(self, kind: str, code: Any) -> Any:
        """The record that a code stands for, or None."""
        return self._found.get(kind, {}).get(code)

    def name(self, kind: str, code: Any) -> Said:
        """What the reader calls it; a code that stands for nothing any more is shown itself."""
        record = self.record(kind, code)
        return _names[kind].call(record) if record is not None else Said(str(code))
