"""How a file is laid out: its columns in their order, what a row is, names or codes. An address says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from common.bilingual import reader_language
from common.filter_fields import shown
from common.filters import Problem
from engagements.exports.columns import BY_CODE, COLUMNS, Column


class Headings(TextChoices):
    WORDS = "words", gettext_lazy("Words, in the language you read now")
    CODES = "codes", gettext_lazy("Stable codes, the same in both languages, for programs")


class Lines(TextChoices):
    ENGAGEMENT = "engagement", gettext_lazy("One engagement")
    EACH = "each", gettext_lazy("One engagement, partner and objective, for pivot tables")


class Alignments(TextChoices):
    CODES = "codes", gettext_lazy("Codes")
    WORDING = "wording", gettext_lazy("Codes and whole wording")


class Separator(TextChoices):
    COMMA = "comma", pgettext_lazy("separator", "Comma")
    SEMICOLON = "semicolon", pgettext_lazy("separator", "Semicolon")
    TAB = "tab", pgettext_lazy("separator", "Tab")

    @property
    def sign(self) -> str:
        return {"comma": ",", "semicolon": ";", "tab": "\t"}[self.value]


CHOICES: dict[str, type[TextChoices]] = {
    "headings": Headings,
    "lines": Lines,
    "alignments": Alignments,
    "separator": Separator,
}
# What an address of a file says besides the filter and the order.
PARAMETERS = ("fields", *CHOICES)
EVERY_CODE = tuple(column.code for column in COLUMNS)
# What each record is known by, and how it is marked.
NEVER_LEFT_OUT = ("reference", "sensitivity")


@dataclass(frozen=True, kw_only=True)
class Layout:
    """`fields`: codes of columns in their order. `separator`: of a CSV alone."""

    fields: tuple[str, ...] = EVERY_CODE
    headings: str = Headings.WORDS
    lines: str = Lines.ENGAGEMENT
    alignments: str = Alignments.CODES
    separator: str = Separator.COMMA

    @classmethod
    def usual(cls) -> Layout:
        """Everything. Excel in French takes a semicolon for what parts two cells, since 1,5 is a number."""
        french = reader_language() == "fr"
        return cls(separator=Separator.SEMICOLON if french else Separator.COMMA)

    @property
    def codes(self) -> bool:
        return self.headings == Headings.CODES

    @property
    def wording(self) -> bool:
        return self.alignments == Alignments.WORDING

    @property
    def each(self) -> bool:
        """A row for each partner and objective."""
        return self.lines == Lines.EACH

    @property
    def comes_back(self) -> bool:
        """Whether the file can be edited and loaded again."""
        return not self.each and {"reference", "version"} <= set(self.fields)

    @property
    def decimal_sign(self) -> str:
        """Of an amount in a CSV: that of the reader's Excel; a program reads a point."""
        return "," if reader_language() == "fr" and not self.codes else "."

    @property
    def columns(self) -> list[Column]:
        """As chosen; what is never left out stands at the end where it was not chosen."""
        left = [code for code in NEVER_LEFT_OUT if code not in self.fields]
        return [BY_CODE[code] for code in [*self.fields, *left]]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """As the address has it: what is otherwise than usual."""
        usual = Layout.usual()
        told = [("fields", ",".join(self.fields))] if self.fields != usual.fields else []
        return told + [
            (name, str(getattr(self, name)))
            for name in CHOICES
            if getattr(self, name) != getattr(usual, name)
        ]

    @property
    def query(self) -> str:
        return urlencode(self.pairs)


def layout_of(asked: Mapping[str, Any]) -> tuple[Layout, list[Problem]]:
    """What an address asks for, and what of it makes no sense."""
    layout, problems = Layout.usual(), []
    for name, choices in CHOICES.items():
        text = asked.get(name) or getattr(layout, name)
        if text in choices.values:
            layout = replace(layout, **{name: text})
        else:
            problems.append(unknown_choice(name, text))
    codes = [code for code in (asked.get("fields") or "").split(",") if code]
    problems += [unknown_column(code) for code in codes if code not in BY_CODE]
    known = dict.fromkeys(code for code in codes if code in BY_CODE)
    return replace(layout, fields=tuple(known) or layout.fields), problems


def unknown_choice(name: str, text: str) -> Problem:
    words = _("“%(name)s” takes one of these: %(values)s.")
    said = {"name": name, "values": ", ".join(CHOICES[name].values)}
    return Problem(parameter=name, message=words % said)


def unknown_column(code: str) -> Problem:
    words = _("There is no column “%(code)s” in an export.")
    return Problem(parameter="fields", message=words % {"code": shown(code)})


def without_unknown(fields: Iterable[str]) -> tuple[str, ...]:
    """Of what was remembered: the columns there still are."""
    return tuple(code for code in fields if code in BY_CODE)
