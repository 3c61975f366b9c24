"""Two texts of one record, field by field: what somebody else saved, and what this person typed.

Works on what a form sends (name → values), so that nothing typed has to be valid to be compared. Where
the text both began from is known, what only one of them changed is settled; the rest is chosen.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from common.differences import marked, merged_texts, only_here
from common.text import tidy

Data: TypeAlias = "MultiValueDict[str, str]"
THEIRS, MINE, BOTH = "theirs", "mine", "both"
CHOICES = (THEIRS, MINE, BOTH)
# What the page sends of each choice: choice-outcome=both.
PREFIX = "choice-"
# Its two buttons; the version the form was opened at, and the button that was pressed in the form.
SAVE, GO_ON = "merge-save", "merge-go-on"
OPENED, THEN = "opened", "then"
NOT_TYPED = {"csrfmiddlewaretoken", "do", "version", "record", OPENED, THEN}


@dataclass(frozen=True, kw_only=True)
class Cell:
    """How one side of a field reads: a text, or a list of items. Nothing where it is empty."""

    text: SafeString | str = ""
    items: Sequence[SafeString | str] = ()
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Aspect:
    """What a reader takes for one field: its label, and the inputs it is told with."""

    name: str
    label: Any
    inputs: tuple[str, ...] = ()
    # The language it is written in; or the input that says which.
    language: str = ""
    language_input: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        return self.inputs or (self.name,)

    def value(self, data: Data) -> Hashable:
        """Equal where both sides mean the same."""
        return tuple(told(data, name) for name in self.names)

    def said(self, data: Data) -> str:
        """In the reader's words."""
        return " ".join(filter(None, (told(data, name) for name in self.names)))

    def cell(self, data: Data, other: Data) -> Cell:
        language = self.language or data.get(self.language_input) or ""
        return Cell(text=marked(self.said(data), self.said(other)), language=language)

    def joined(self, now: Data, mine: Data, base: Data | None) -> dict[str, list[str]] | None:
        """What is sent where both are kept; None where that makes no sense."""
        return None

    def proposed(self, now: Data, mine: Data) -> str:
        """Which is kept where both changed it, both cannot be, and nobody chooses otherwise."""
        return MINE


@dataclass(frozen=True, kw_only=True)
class Chosen(Aspect):
    """One of several: `words` tells what each value is called."""

    words: Mapping[str, Any] = field(default_factory=dict)
    # What a form that leaves it empty means.
    empty: str = ""

    def value(self, data: Data) -> Hashable:
        return told(data, self.name) or self.empty

    def said(self, data: Data) -> str:
        value = told(data, self.name) or self.empty
        return str(self.words.get(value, value))

    def cell(self, data: Data, other: Data) -> Cell:
        return Cell(text=self.said(data))


@dataclass(frozen=True, kw_only=True)
class LongText(Aspect):
    """Of both, one is put under the other; or both changes are made, where they do not touch."""

    def value(self, data: Data) -> Hashable:
        return tidy(data.get(self.name) or "").strip()

    def said(self, data: Data) -> str:
        return tidy(data.get(self.name) or "").strip()

    def joined(self, now: Data, mine: Data, base: Data | None) -> dict[str, list[str]] | None:
        theirs, own = self.said(now), self.said(mine)
        if not (theirs and own):
            return None
        began = None if base is None else self.said(base)
        return {self.name: [merged_texts(theirs, own, began)]}


@dataclass(frozen=True, kw_only=True)
class Listing(Aspect):
    """Several things: each is a tuple with a value for each input."""

    words: Mapping[tuple[str, ...], Any] = field(default_factory=dict)
    ordered: bool = True

    def things(self, data: Data) -> list[tuple[str, ...]]:
        columns = [data.getlist(name) for name in self.names]
        longest = len(columns[0])
        padded = [[*column, *[""] * (longest - len(column))][:longest] for column in columns]
        return [thing for thing in dict.fromkeys(zip(*padded, strict=True)) if thing[0]]

    def value(self, data: Data) -> Hashable:
        things = self.things(data)
        return tuple(things) if self.ordered else frozenset(things)

    def said(self, data: Data) -> str:
        return "\n".join(self._say(thing) for thing in self.things(data))

    def cell(self, data: Data, other: Data) -> Cell:
        shared = set(self.things(other))
        return Cell(
            items=[
                conditional_escape(self._say(thing))
                if thing in shared
                else only_here(self._say(thing))
                for thing in self.things(data)
            ]
        )

    def joined(self, now: Data, mine: Data, base: Data | None) -> dict[str, list[str]] | None:
        """All of both; but what one of them took away, and the other had left, is away."""
        theirs, own = self.things(now), self.things(mine)
        began = set() if base is None else set(self.things(base))
        gone = {thing for thing in began if thing not in theirs or thing not in own}
        kept = [thing for thing in dict.fromkeys([*theirs, *own]) if thing not in gone]
        return {name: [thing[n] for thing in kept] for n, name in enumerate(self.names)}

    def _say(self, thing: tuple[str, ...]) -> str:
        return str(self.words.get(thing) or " ".join(thing))


@dataclass(frozen=True, kw_only=True)
class Row:
    """A field that differs. `choice` is what is chosen, or proposed: nothing is lost by it."""

    aspect: Aspect
    now: Cell
    mine: Cell
    choice: str
    # Nothing where keeping both makes no sense.
    both: Cell | None = None
    # "theirs" or "mine": who alone changed it; "" where both did, or nobody knows.
    changed_by: str = ""

    @property
    def name(self) -> str:
        return PREFIX + self.aspect.name


@dataclass(frozen=True, kw_only=True)
class Comparison:
    now: Data
    mine: Data
    base: Data | None
    rows: list[Row]

    @property
    def to_choose(self) -> list[Row]:
        return [row for row in self.rows if not row.changed_by]

    @property
    def settled(self) -> list[Row]:
        return [row for row in self.rows if row.changed_by]

    @property
    def to_save(self) -> list[Row]:
        """What would change on record, were it all as proposed or chosen."""
        return [row for row in self.rows if row.choice != THEIRS]

    def merged(self) -> QueryDict:
        """What the form would send, had this person typed what is chosen."""
        data = QueryDict(mutable=True)
        for name, values in self.mine.lists():
            data.setlist(name, values)
        for row in self.rows:
            if row.choice == THEIRS:
                take(data, {name: self.now.getlist(name) for name in row.aspect.names})
            elif row.choice == BOTH:
                take(data, row.aspect.joined(self.now, self.mine, self.base) or {})
        return data


def compare(
    aspects: Sequence[Aspect],
    *,
    now: Data,
    mine: Data,
    base: Data | None = None,
    choices: Mapping[str, str] | None = None,
) -> Comparison:
    """Each aspect that differs. `base` is what both began from, None where nobody knows.

    `choices` are those made before, by the name of the aspect.
    """
    rows = [
        _row(aspect, now, mine, base, (choices or {}).get(aspect.name, ""))
        for aspect in aspects
        if aspect.value(now) != aspect.value(mine)
    ]
    return Comparison(now=now, mine=mine, base=base, rows=rows)


def _row(aspect: Aspect, now: Data, mine: Data, base: Data | None, chosen: str) -> Row:
    changed_by = _changed_by(aspect, now, mine, base)
    joined = aspect.joined(now, mine, base)
    both = None
    if joined is not None:
        # What both sides make: shown as it will be, nothing marked in it.
        result: Data = MultiValueDict(joined)
        both = aspect.cell(result, result)
    proposed = changed_by or (BOTH if both else aspect.proposed(now, mine))
    allowed = CHOICES if both else (THEIRS, MINE)
    return Row(
        aspect=aspect,
        now=aspect.cell(now, mine),
        mine=aspect.cell(mine, now),
        both=both,
        choice=chosen if chosen in allowed else proposed,
        changed_by=changed_by,
    )


def _changed_by(aspect: Aspect, now: Data, mine: Data, base: Data | None) -> str:
    if base is None:
        return ""
    began = aspect.value(base)
    if began == aspect.value(mine):
        return THEIRS
    return MINE if began == aspect.value(now) else ""


def is_answer(sent: Data) -> bool:
    """Whether it comes from a page of two versions: choices made."""
    return sent.get("do") in {SAVE, GO_ON}


def typed_in(sent: QueryDict) -> QueryDict:
    """What was typed, and nothing of what pages send besides."""
    data = QueryDict(mutable=True)
    for name, values in sent.lists():
        if name not in NOT_TYPED and not name.startswith(PREFIX):
            data.setlist(name, values)
    return data


def hidden(data: QueryDict) -> list[tuple[str, str]]:
    """All that was typed, as inputs that travel along."""
    return [(name, str(value)) for name, values in data.lists() for value in values]


def number(sent: Data, name: str) -> int:
    """0 where it is none: no record is at that version."""
    text = sent.get(name) or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def choices_in(sent: Data) -> dict[str, str]:
    return {
        name.removeprefix(PREFIX): str(sent.get(name)) for name in sent if name.startswith(PREFIX)
    }


def take(data: QueryDict, told_so: Mapping[str, list[str]]) -> None:
    for name, values in told_so.items():
        if values:
            data.setlist(name, values)
        else:
            data.pop(name, None)


def told(data: Data, name: str) -> str:
    """What one line of a form holds, its spaces as they are kept."""
    return " ".join(tidy(data.get(name) or "").split())
