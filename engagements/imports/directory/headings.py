"""The words that head the columns of a list, in both languages, and what they say a column holds."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from common.sheets.tables import Column, Table
from common.text import fold
from engagements.imports.fields import IGNORE, Field

SIGNS = re.compile(r"[^a-z0-9' ]+")
SIDES = re.compile(r"[/|\n]| [-–—] ")


@dataclass(frozen=True)
class Headings:
    """`fields` are those that a column of such a list can be of."""

    fields: tuple[Field, ...]

    @classmethod
    def of(cls, fields: Iterable[Field]) -> Headings:
        return cls(tuple(fields))

    def knows(self, text: str) -> float:
        """How well a text is known as a heading, for common.sheets.tables."""
        told = (0.4 if name == IGNORE else score for name, score in self._told(text).items())
        return max(told, default=0.0)

    def guess(self, table: Table) -> dict[int, str]:
        """Index of every column → its field; IGNORE for one whose heading means nothing.

        A field that is single goes to one column.
        """
        told = sorted(
            (
                (score, -column.index, name)
                for column in table.columns
                for name, score in self._of(column).items()
            ),
            reverse=True,
        )
        mapping: dict[int, str] = {}
        for _score, minus, name in told:
            if -minus not in mapping and (name in self._several or name not in mapping.values()):
                mapping[-minus] = name
        return {column.index: mapping.get(column.index, IGNORE) for column in table.columns}

    def _of(self, column: Column) -> dict[str, float]:
        """By its heading, or by that under its group: "English" under "Acronym"."""
        told = self._told(column.heading)
        if column.group:
            # What the group says beside it is more than the heading alone.
            told = told | dict.fromkeys(self._told(f"{column.group} {column.heading}"), 1.1)
        return told

    def _told(self, heading: str) -> dict[str, float]:
        """The whole heading is surer than one side of it: "Nom / Name"."""
        whole = self._index.get(_key(heading[:200]))
        if whole:
            return {whole: 1.0}
        sides = (self._index.get(_key(side)) for side in SIDES.split(heading[:200]))
        return {name: 0.9 for name in sides if name}

    @cached_property
    def _index(self) -> dict[str, str]:
        return {_key(words): field.name for field in self.fields for words in field.words}

    @cached_property
    def _several(self) -> set[str]:
        return {field.name for field in self.fields if field.several}


def _key(text: str) -> str:
    return " ".join(SIGNS.sub(" ", fold(text)).split())
