"""How each kind of record is called and told: an app registers its own in its history_words.py.

Only what a model does not say of itself is said there: a value is called by its `verbose_name`, and shown
as its column asks for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from common.history.changes import Change, Piece, pieces_between
from common.history.said import Directory, Said, Sentence, Words, names_of
from common.history.tracking import State, kinds
from common.templatetags.liaison import moment, money


@dataclass(frozen=True, kw_only=True)
class Value:
    """A column in words. `looks_up` is the kind of names that its codes stand for."""

    label: Words
    say: Callable[[Any], str] = str
    looks_up: str = ""


@dataclass(frozen=True, kw_only=True)
class Told:
    """One change in words: a whole sentence, or what it is about with its value before and after."""

    name: str
    sentence: Sentence | None = None
    label: str = ""
    before: Said | None = None
    after: Said | None = None

    def __str__(self) -> str:
        if self.sentence:
            return str(self.sentence)
        said = {"label": self.label, "before": self.before, "after": self.after}
        if self.before is None:
            # Translators: a value that was given. French: %(label)s : %(after)s with a no-break space.
            return _("%(label)s: %(after)s") % said
        if self.after is None:
            return _("%(label)s: %(before)s → nothing") % said
        return _("%(label)s: %(before)s → %(after)s") % said

    @property
    def html(self) -> SafeString:
        """In a list of changes: what went is struck out and what came is marked, to the ear as well.

        A record has dozens of these lines, and a template takes a hundred times as long for one.
        """
        if self.sentence:
            return self.sentence.html
        label = _("%(label)s:") % {"label": self.label}
        if self.is_rewritten:
            return format_html('<b>{}</b> <div class="history-text">{}</div>', label, self.marked)
        if self.before:
            return format_html("<b>{}</b> {}{}", label, self._went, self._came)
        return format_html("<b>{}</b> {}", label, self._came)

    @property
    def _went(self) -> SafeString:
        told = (
            '<del><span class="visually-hidden">{} </span>{}</del> <span aria-hidden="true">→</span>'
            ' <span class="visually-hidden">{} </span>'
        )
        said = self.before.at_length if self.before else ""
        return format_html(told, _("before:"), said, _("now:"))

    @property
    def _came(self) -> SafeString:
        if self.after:
            return format_html("<ins>{}</ins>", self.after.at_length)
        return conditional_escape(_("nothing"))

    @property
    def is_rewritten(self) -> bool:
        """Whether a long text became another: then the words that went and came are marked."""
        return bool(self.before and self.after and (self.before.is_long or self.after.is_long))

    @property
    def marked(self) -> SafeString:
        """The text as it became, with what went; what stayed at length is left out between."""
        if self.before is None or self.after is None:
            return SafeString("")
        pieces = pieces_between(self.before.text, self.after.text)
        return format_html_join(
            "", "{}", ((mark(piece, self.before, self.after),) for piece in pieces)
        )


def mark(piece: Piece, before: Said, after: Said) -> SafeString | str:
    if piece.is_removed:
        return _marked("del", _("[removed:"), Said(piece.text, before.language))
    if piece.is_added:
        return _marked("ins", _("[added:"), Said(piece.text, after.language))
    begins, ends = (Said(text, after.language) for text in piece.around)
    return format_html("{} […] {}", begins.html, ends.html) if ends.text else begins.html


def _marked(tag: str, said_first: str, text: Said) -> SafeString:
    """The words between the marks; space before and after them stays outside."""
    words = text.text.strip()
    before, _words, after = text.text.partition(words) if words else ("", "", "")
    hidden = format_html('<span class="visually-hidden">{} </span>', said_first)
    end = format_html('<span class="visually-hidden"> {}</span>', _("end]"))
    said = Said(words or text.text, text.language).html
    return format_html("{}<{}>{}{}{}</{}>{}", before, tag, hidden, said, end, tag, after)


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What it takes to tell a change: the names, and the states around it."""

    names: Directory
    before: State
    after: State


@dataclass(frozen=True, kw_only=True)
class Elements:
    """How the changes of a list are told. `looks_up`: column of an element → kind of names."""

    tell: Callable[[Change, Telling], list[Told]]
    looks_up: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class RecordWords:
    """A kind of record, as its history speaks of it.

    `labels` are for what the model has no fitting words for; `written_in` names the value that holds the
    language of a text; `untold` follows from the act itself, or from what is told. `readable` is what a
    person may read of the records now (None: every one), `readable_then` which of their revisions besides
    (None: all they are cleared for) - it is given the keys of the records asked about, or None for all -
    and `audience` whether they may read of the kind at all. `name` and `address` are those of one record,
    found `with_parents`.
    """

    kind: str
    called: Words
    called_many: Words
    name: Callable[[Any], Said]
    address: Callable[[Any], str] | None = None
    with_parents: tuple[str, ...] = ()
    level: Callable[[Any], int] = lambda record: 0
    labels: Mapping[str, Words] = field(default_factory=dict)
    lists: Mapping[str, Elements] = field(default_factory=dict)
    written_in: Mapping[str, str] = field(default_factory=dict)
    untold: frozenset[str] = frozenset()
    readable: Callable[[Any], models.QuerySet] | None = None
    readable_then: Callable[[Any, list[int] | None], models.Q] | None = None
    audience: Callable[[Any], bool] = lambda user: True

    def value(self, name: str) -> Value:
        value = value_of_column(self.kind, name)
        return replace(value, label=self.labels[name]) if name in self.labels else value

    def wanted(self, change: Change) -> Iterable[tuple[str, Any]]:
        """The names it takes to tell a change: (kind, code)."""
        if change.name in self.lists:
            looked_up = self.lists[change.name].looks_up
            for element in elements_of(change):
                for column, kind in looked_up.items():
                    yield kind, element[column] if isinstance(element, dict) else element
        elif kind := self.value(change.name).looks_up:
            yield from ((kind, code) for code in (change.before, change.after))

    def tell(self, change: Change, telling: Telling) -> list[Told]:
        if change.name in self.untold:
            return []
        if change.name in self.lists:
            return self.lists[change.name].tell(change, telling)
        before = self._said(change.name, change.before, telling.before, telling.names)
        after = self._said(change.name, change.after, telling.after, telling.names)
        label = capfirst(str(self.value(change.name).label))
        return [Told(name=change.name, label=label, before=before, after=after)]

    def _said(self, name: str, value: Any, state: State, names: Directory) -> Said | None:
        if value is None:
            return None
        words = self.value(name)
        if words.looks_up:
            return names.name(words.looks_up, value)
        return Said(shown(words.say, value), self.language_of(name, state))

    def language_of(self, name: str, state: State) -> str:
        """The language a text was written in, "" where that is not known or it is no text."""
        if name in self.written_in:
            return state.get(self.written_in[name]) or ""
        return name[-2:] if name.endswith(("_en", "_fr")) else ""


def elements_of(change: Change) -> list[Any]:
    """The elements that a change of a list speaks of."""
    both = [found for found in (change.before, change.after) if found is not None]
    return [each for found in both for each in (found if isinstance(found, list) else [found])]


def shown(say: Callable[[Any], str], value: Any) -> str:
    """A value in words; one that makes no sense any more, as it was kept."""
    try:
        return say(value)
    except (ValueError, TypeError, ArithmeticError, KeyError, StopIteration):
        return str(value)


# Columns, as their models describe them


@cache
def value_of_column(kind: str, name: str) -> Value:
    """By the model's `verbose_name` and type of column; an unknown one by its own name."""
    tracked = kinds()[kind]
    try:
        column: Any = tracked.model._meta.get_field(tracked.columns.get(name, name).split("__")[0])
    except FieldDoesNotExist:
        return Value(label=name)
    looks_up = names_of(column.related_model) if column.is_relation else ""
    return Value(label=getattr(column, "verbose_name", name), say=saying(column), looks_up=looks_up)


def saying(column: Any) -> Callable[[Any], str]:
    if getattr(column, "choices", None):
        return lambda value: str(dict(column.flatchoices)[value])
    for kind, say in SAYING.items():
        if isinstance(column, kind):
            return say
    return str


def say_yes_or_no(value: bool) -> str:
    return _("yes") if value else _("no")


def say_number(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)


def say_money(value: str) -> str:
    return strip_tags(money(Decimal(value)))


def say_moment(value: str) -> str:
    return strip_tags(moment(dt.datetime.fromisoformat(value)))


SAYING: dict[type[models.Field], Callable[[Any], str]] = {
    models.BooleanField: say_yes_or_no,
    models.DecimalField: say_money,
    models.IntegerField: say_number,
    models.DateTimeField: say_moment,
}

# Kinds and acts

_words: dict[str, RecordWords] = {}


def register_words(words: RecordWords) -> None:
    _words[words.kind] = words


def words() -> dict[str, RecordWords]:
    return _words


# What people did. Nouns in French ("modification"), since an act is said of records of either gender.
ACTS: dict[str, Words] = {
    "added": pgettext_lazy("act", "Added"),
    "amended": pgettext_lazy("act", "Edited"),
    "retired": pgettext_lazy("act", "Retired"),
    "brought-back": pgettext_lazy("act", "Brought back"),
    "restored": pgettext_lazy("act", "Restored"),
    "taken-back": pgettext_lazy("act", "Taken back"),
    "merged": pgettext_lazy("act", "Merged"),
    "loaded": pgettext_lazy("act", "Loaded with the reference data"),
    "found": pgettext_lazy("act", "As it stood when its history began"),
    "outside": pgettext_lazy("act", "Changed outside the portal"),
    "deleted": pgettext_lazy("act", "Deleted"),
}


def register_acts(acts: Mapping[str, Words]) -> None:
    ACTS.update(acts)


def act_in_words(act: str) -> str:
    return str(ACTS.get(act, act))
