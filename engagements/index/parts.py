"""Parts of pages kept by what they tell: told the same, the same is written.

After a save a page is counted anew, and all but a few of its rows say what they said before. A part is given
values by name and sees nothing else, so these say all that its text depends on beside the language, the day
and the site's address: whoever is told the same is shown the same, and nobody what they were not told.
Records of which each change is noted as of what engagements are told by (partners, objectives, countries and
the like) stand for themselves by their key: with such a note everything here goes.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, time
from decimal import Decimal
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Model
from django.urls import get_script_prefix
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language

from common.last_used import LastUsed
from engagements.index.noting import AROUND_THEM

# So many are kept, those that were shown last: of some ten dashboards and a hundred lists, in 5 MB.
KEPT = 8_000
PLAIN = {str, int, bool, type(None)}


class Untold(TypeError):
    """A value of which nobody knows when it is the same."""


class Parts(LastUsed[bytes, str]):
    """Texts by what they tell."""

    def __init__(self) -> None:
        super().__init__(KEPT)


@dataclass
class Writing:
    """A page on its way. `asked`: how often the database was asked so far: what asks it is not kept."""

    parts: Parts
    asked: Callable[[], int]
    where: tuple[str, str] = field(default_factory=lambda: (_today(), get_script_prefix()))


_now: ContextVar[Writing | None] = ContextVar("writing", default=None)


def _today() -> str:
    return timezone.localdate().isoformat()


@contextmanager
def kept_in(parts: Parts, asked: Callable[[], int]) -> Iterator[None]:
    """Parts written inside are kept, or were. In development none is, since templates change."""
    token = _now.set(None if settings.DEBUG else Writing(parts, asked))
    try:
        yield
    finally:
        _now.reset(token)


def part(name: str, told: Mapping[str, Any], write: Callable[[], str]) -> str:
    """What `write` gives of the values told, or gave of the same."""
    if (writing := _now.get()) is None:
        return write()
    try:
        key = _digest((name, get_language(), *writing.where, _of_mapping(told)))
    except Untold:
        return write()
    known = writing.parts.get(key)
    if known is None:
        before = writing.asked()
        known = write()
        if writing.asked() == before:
            writing.parts.keep(key, known)
    return known


def _digest(told: tuple[Any, ...]) -> bytes:
    """Version 2 writes equal values alike, and tells 1 from True."""
    return hashlib.blake2b(marshal.dumps(told, 2), digest_size=20).digest()


def told_by(value: Any) -> Any:
    """The same, plainly, for the same: numbers and texts in tuples. Untold where nobody knows."""
    kind = type(value)
    return value if kind in PLAIN else _way_of(kind)(value)  # type: ignore[arg-type]


@cache
def _way_of(kind: type) -> Callable[[Any], Any]:
    """How values of a type are told."""
    name = kind.__qualname__
    if issubclass(kind, Enum):
        return attrgetter("_name_")
    if issubclass(kind, str):
        # Text that is safe is written otherwise than text that is not.
        return lambda value: (name, "".join((value,)))
    if issubclass(kind, Promise):
        return str
    if issubclass(kind, Decimal | float | date | time | UUID):
        return lambda value: (name, str(value))
    if issubclass(kind, list | tuple):
        return lambda value: tuple(map(told_by, value))
    if issubclass(kind, Mapping):
        return _of_mapping
    if issubclass(kind, Model):
        return _of_reference if kind._meta.db_table in AROUND_THEM else _of_record
    if is_dataclass(kind):
        # What does not count when two are compared does not count here.
        names = tuple(one.name for one in fields(kind) if one.compare)
        return lambda value: (name, *[told_by(getattr(value, one)) for one in names])
    return _refused


def _of_mapping(value: Mapping[Any, Any]) -> Any:
    return tuple([(told_by(name), told_by(one)) for name, one in value.items()])


def _of_reference(record: Model) -> Any:
    return record._meta.db_table, record.pk


def _of_record(record: Model, within: tuple[Model, ...] = ()) -> Any:
    """All that was read of it, and with it; `within`: the records that it hangs on."""
    if record._meta.db_table in AROUND_THEM:
        return _of_reference(record)
    if any(record is one for one in within):
        return None
    within = (*within, record)
    own = {name: value for name, value in vars(record).items() if not name.startswith("_")}
    related = [
        (name, one and _of_record(one, within)) for name, one in record._state.fields_cache.items()
    ]
    hanging = [
        (name, [_of_record(one, within) for one in those])
        for name, those in getattr(record, "_prefetched_objects_cache", {}).items()
    ]
    return record._meta.db_table, _of_mapping(own), told_by(related), told_by(hanging)


def _refused(value: Any) -> Any:
    raise Untold(type(value).__name__)
