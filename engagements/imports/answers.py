"""What a person chose for a load: one shape for --answers, the pages' forms and what a load keeps.

`answers_from(as_json(answers)) == answers`. Whether the codes in it stand for anything is judged where
the database has been read: `engagements.imports.answer_checks`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

from common.text import fold
from engagements.imports.matching.results import CREATE, NONE

# What is said about a text of the file stands in one of these: Question.kind is their name as well.
SECTIONS = ("partners", "countries", "kinds", "objectives_said", "offices", "people")


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Nothing told leaves all to the guesses: Answers() is what a load begins with.

    mapping     heading → field; a column without a heading of its own is named "[C]"
    date_order  "dmy", "mdy" or "ymd" of 03/04/2010; fiscal_or_month: "fiscal" or "month" of 2004-05
    defaults    field → text, or a list of texts where the field holds several
    partners    text → a partner's code, or CREATE
    also_called  texts that become a name of the partner they stand for, for everybody
    countries   text → ISO2, or NONE where the text names no country
    rows        number of a row → "skip", "update" or "create"
    keep        number of a row → the fields of the record that stay as they are
    like_rows   of rows with the title, start and a partner of another row in the file: "create" or "skip"
    confirmed   what was asked once more for the file and is to be loaded all the same
    """

    sheet: str = ""
    header_row: int = 0
    encoding: str = ""
    delimiter: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    date_order: str = ""
    fiscal_or_month: str = ""
    defaults: Mapping[str, str | list[str]] = field(default_factory=dict)
    partners: Mapping[str, str] = field(default_factory=dict)
    countries: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    objectives_said: Mapping[str, str] = field(default_factory=dict)
    offices: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    also_called: list[str] = field(default_factory=list)
    create_missing_partners: bool = False
    rows: Mapping[int, str] = field(default_factory=dict)
    keep: Mapping[int, list[str]] = field(default_factory=dict)
    like_rows: str = ""
    confirmed: list[str] = field(default_factory=list)

    def said(self, section: str, text: str) -> str | None:
        """What was answered for a text, in whatever case it is written; None where nothing was.

        A partner's code or CREATE, an ISO2 or NONE, a slug, an objective's or an office's code.
        """
        return self._folded[section].get(fold(text))

    @cached_property
    def _folded(self) -> dict[str, dict[str, str]]:
        return {
            section: {fold(text): code for text, code in getattr(self, section).items()}
            for section in SECTIONS
        }

    def default(self, name: str) -> str:
        """The default for a field that holds one value, "" for none."""
        value = self.defaults.get(name, "")
        return value if isinstance(value, str) else " ".join(value)

    def default_list(self, name: str) -> list[str]:
        """The defaults for a field that may hold several."""
        value = self.defaults.get(name, [])
        return [value] if isinstance(value, str) and value else list(value)

    def field_of(self, heading: str, letter: str) -> str | None:
        """The field chosen for a column, by its place ("[C]") or else by its heading; None for no choice."""
        by_place = self.mapping.get(f"[{letter}]")
        return by_place if by_place is not None else self._mapped.get(fold(heading))

    @cached_property
    def _mapped(self) -> dict[str, str]:
        return {fold(heading): name for heading, name in self.mapping.items()}

    def with_these(self, later: Answers) -> Answers:
        """These answers and later ones over them; of texts, columns and rows those that are told there."""
        changes: dict[str, Any] = {}
        for name, now in as_json(later).items():
            before = getattr(self, name)
            changes[name] = _over(before, getattr(later, name)) if isinstance(now, dict) else now
        return replace(self, **changes)


def _over(before: Mapping, now: Mapping) -> dict:
    """Texts that fold alike are one: the later answer replaces the earlier."""
    told = {fold(str(key)) for key in now}
    return {key: value for key, value in before.items() if fold(str(key)) not in told} | dict(now)


def as_json(answers: Answers) -> dict[str, Any]:
    """As --answers takes it: what is told alone, row numbers as text."""
    told = {one.name: getattr(answers, one.name) for one in fields(answers)}
    plain = {
        name: {str(key): said for key, said in value.items()}
        if isinstance(value, Mapping)
        else value
        for name, value in told.items()
    }
    return {name: value for name, value in plain.items() if value}


def as_text(answers: Answers) -> str:
    return json.dumps(as_json(answers), ensure_ascii=False)


__all__ = ["CREATE", "NONE", "SECTIONS", "Answers", "as_json", "as_text"]
