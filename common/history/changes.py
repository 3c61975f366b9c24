"""What an act changed: the difference between two states of a record, as data. words.py says it."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from common.history.tracking import Rows, State, Tracked
from common.partial_dates import PartialDate, Precision

PARTS_OF_A_DATE = ("precision", "earliest", "latest")


class How(StrEnum):
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"
    REORDERED = "reordered"


@dataclass(frozen=True, kw_only=True)
class Change:
    """One thing that is different: a value, a partial date, or an element of a list.

    `name` is that of the value or list in the state. `before` and `after` are as the state has them
    (an element whole, a date as PartialDate, lists where their order alone is different); None where
    there was nothing, or is nothing now.
    """

    name: str
    how: How = How.CHANGED
    before: Any = None
    after: Any = None


def changes_between(before: State, after: State, tracked: Tracked) -> list[Change]:
    """Everything that is different, in the order in which the kind names what it keeps.

    {} stands for a record that was not there, or is gone. What a state does not name, because it was
    not kept then, was nothing.
    """
    found: list[Change] = []
    for name in _names(before, after, tracked):
        if name in tracked.partial_dates:
            found += _value(name, _dates(before, name), _dates(after, name))
        elif name in tracked.rows:
            found += _elements(name, before.get(name), after.get(name), tracked.rows[name])
        else:
            found += _value(name, _values(before, name), _values(after, name))
    return found


def _names(before: State, after: State, tracked: Tracked) -> list[str]:
    """Each value, date and list once; last those that are no longer kept."""
    part_of = {f"{date}_{part}": date for date in tracked.partial_dates for part in PARTS_OF_A_DATE}
    every = [*tracked.columns, *tracked.rows, *before, *after]
    return list(dict.fromkeys(part_of.get(name, name) for name in every))


def _values(state: State, name: str) -> list[Any]:
    """The value in a list, or none: what was not kept is not the same as what was empty."""
    return [state[name]] if name in state else []


def _dates(state: State, name: str) -> list[PartialDate | None]:
    if f"{name}_precision" not in state:
        return []
    precision, *days = (state.get(f"{name}_{part}") for part in PARTS_OF_A_DATE)
    earliest, latest = (dt.date.fromisoformat(day) if day else None for day in days)
    return [PartialDate(precision, earliest, latest) if precision else None]


def _value(name: str, before: list[Any], after: list[Any]) -> list[Change]:
    was, now = (_unless_empty(found[0]) if found else None for found in (before, after))
    if was == now or (not (before and after) and _is_default(was) and _is_default(now)):
        return []
    return [Change(name=name, before=was, after=now)]


def _unless_empty(value: Any) -> Any:
    return None if value is None or value == "" or value == [] else value


def _is_default(value: Any) -> bool:
    """What is so of its own accord tells nothing of a record that is new."""
    not_given = isinstance(value, PartialDate) and value.precision == Precision.NOT_GIVEN
    return value is None or value is False or not_given


def _elements(name: str, before: Any, after: Any, rows: Rows | None) -> list[Change]:
    was, now = _by_key(before or [], rows), _by_key(after or [], rows)
    removed, changed, added = [], [], []
    for key in {**was, **now}:
        for one, other in _pairs(was.get(key, []), now.get(key, []), rows):
            if other is None:
                removed.append(Change(name=name, how=How.REMOVED, before=one))
            elif one is None:
                added.append(Change(name=name, how=How.ADDED, after=other))
            elif _told(one, rows) != _told(other, rows):
                changed.append(Change(name=name, before=one, after=other))
    return [*removed, *added, *changed, *_reordered(name, before or [], after or [], rows)]


def _by_key(elements: Iterable[Any], rows: Rows | None) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = defaultdict(list)
    for element in elements:
        found[_key(element, rows)].append(element)
    return found


def _key(element: Any, rows: Rows | None) -> Any:
    if not isinstance(element, dict):
        return element
    names = rows.key if rows and rows.key else tuple(_told(element, rows))
    return tuple(element.get(name) for name in names)


def _told(element: Any, rows: Rows | None) -> Any:
    """An element without what is no change of its own, such as when it was made."""
    if not isinstance(element, dict) or not rows:
        return element
    return {name: value for name, value in element.items() if name not in rows.aside}


def _pairs(was: list[Any], now: list[Any], rows: Rows | None) -> Iterable[tuple[Any, Any]]:
    """Those of one key, each before beside its after: first the ones that stayed as they were."""
    left, same = list(now), []
    for one in was:
        twin = next((other for other in left if _told(other, rows) == _told(one, rows)), None)
        if twin is not None:
            left.remove(twin)
            same.append(one)
    gone = [one for one in was if not any(one is kept for kept in same)]
    return zip_longest(gone, left)


def _reordered(name: str, before: list, after: list, rows: Rows | None) -> list[Change]:
    if rows is None or not rows.arranged:
        return []
    was, now = ([_key(element, rows) for element in elements] for elements in (before, after))
    stayed = set(was) & set(now)
    if [key for key in was if key in stayed] == [key for key in now if key in stayed]:
        return []
    return [Change(name=name, how=How.REORDERED, before=before, after=after)]


# Long texts: which words went, which came

WORDS, SENTENCES = re.compile(r"\w+|[^\w\s]|\s+"), re.compile(r".+?(?:[.!?…]\s+|\n+|\Z)|\s+", re.S)
# How many characters of what stayed are shown on either side of what did not.
BESIDE = 100
ANY_WORD = re.compile(r"\w")
# As many comparisons of words as a page has time for; beyond, sentences are compared.
MOST_COMPARISONS = 1_000_000


@dataclass(frozen=True)
class Piece:
    """A stretch of text that stayed, was added or was removed."""

    text: str
    how: How | None = None

    @property
    def is_added(self) -> bool:
        return self.how == How.ADDED

    @property
    def is_removed(self) -> bool:
        return self.how == How.REMOVED

    @property
    def around(self) -> tuple[str, str]:
        """Of a long stretch that stayed, its beginning and its end; else all of it, and ""."""
        if self.how or len(self.text) <= 3 * BESIDE:
            return self.text, ""
        begins = self.text[:BESIDE].rpartition(" ")[0] or self.text[:BESIDE]
        ends = self.text[-BESIDE:].partition(" ")[2] or self.text[-BESIDE:]
        return begins, ends


def pieces_between(before: str, after: str) -> list[Piece]:
    """The text as it became, with what was taken out: word by word, where it is very long by sentence.

    The pieces that stayed and were added make `after`; those that stayed and were removed, `before`.
    """
    for pattern in (WORDS, SENTENCES):
        was, now = pattern.findall(before), pattern.findall(after)
        if len(was) * len(now) <= MOST_COMPARISONS:
            return _pieces(was, now)
    return [Piece(before, How.REMOVED), Piece(after, How.ADDED)]


def _pieces(was: list[str], now: list[str]) -> list[Piece]:
    # With its "junk": in a text of 200 words and more, common ones are no place to begin at.
    matcher = SequenceMatcher(None, was, now)
    found: list[Piece] = []
    went = came = ""
    for what, from_was, to_was, from_now, to_now in matcher.get_opcodes():
        same = "".join(now[from_now:to_now]) if what == "equal" else ""
        # A space that stayed between two words that did not is no island to stop at.
        if same and ANY_WORD.search(same):
            found += [*_changed(went, came), Piece(same)]
            went = came = ""
        else:
            went += same or "".join(was[from_was:to_was])
            came += same or "".join(now[from_now:to_now])
    return [*found, *_changed(went, came)]


def _changed(went: str, came: str) -> list[Piece]:
    """What went and what came; a space that is in both, or a stop, stays where it is."""
    if went == came:
        return [Piece(came)] if came else []
    pieces = [Piece(went, How.REMOVED), Piece(came, How.ADDED)]
    return [piece for piece in pieces if piece.text]
