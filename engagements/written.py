"""What a page shows under a filter, as it was last written out for somebody, until anything of it changes.

To write out a thousand figures with their links, or a list with its choices, takes longer than to count them.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from django.db.models import Model
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from common.bilingual import reader_language
from engagements.filters import EngagementFilter
from engagements.index.remembering import remembered


@dataclass(frozen=True, kw_only=True)
class Written:
    """total: of the engagements counted. marking: of all that is told. head: for the head of the page."""

    total: int
    marking: int
    packed: bytes = b""
    head: dict[str, Hashable] = field(default_factory=dict)

    @property
    def html(self) -> SafeString:
        return mark_safe(zlib.decompress(self.packed).decode()) if self.packed else SafeString()


def pack(html: str) -> bytes:
    """A tenth of the memory, for a thousandth of a second."""
    return zlib.compress(html.encode(), level=1)


def written(
    page: str,
    filters: EngagementFilter,
    today: dt.date,
    make: Callable[[], Written],
    *besides: Hashable,
) -> Written:
    """What `make` gives of a page, for its reader, address, language and day, and for what is `besides`."""
    asked, when = filters.data.urlencode(), (reader_language(), today)
    return remembered((page, *whose(filters.user), asked, *named(filters), *when, *besides), make)


def named(filters: EngagementFilter) -> tuple[Hashable, ...]:
    """What the codes in the address name now: another person may have the user name of one before.

    A person is named with all there is of them, since no change of people is noted.
    """
    chosen = [value for value in filters.chosen.values() if isinstance(value, dict)]
    found = [one for value in chosen for one in value.values()]
    found += [one for _name, _text, one in filters.chosen["also"]]
    models = [one for one in found if isinstance(one, Model)]
    people = [part for one in models if isinstance(one, User) for part in whose(one)]
    return *((one._meta.label, one.pk) for one in models), *people


def whose(reader: User) -> tuple[Hashable, ...]:
    """Everything on record of a person but when they came: who is changed is somebody else."""
    columns = [column.attname for column in User._meta.concrete_fields]
    return tuple(getattr(reader, name) for name in columns if name != "last_login")
