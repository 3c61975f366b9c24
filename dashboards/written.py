"""The figures of a page as they were last written out for somebody, kept until anything they tell changes.

To write out a thousand figures with their links takes longer than to count them.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from django.db.models import Model
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from common.bilingual import reader_language
from dashboards.blocks import Scope
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


def written(page: str, scope: Scope, make: Callable[[], Written], *besides: Hashable) -> Written:
    """What `make` gives of a page, for its reader, address, language and day, and for what is `besides`."""
    filters, when = scope.filters, (reader_language(), scope.today)
    asked = filters.data.urlencode()
    return remembered((page, *whose(filters.user), asked, *named(filters), *when, *besides), make)


def named(filters: EngagementFilter) -> tuple[Hashable, ...]:
    """What the codes in the address name now: another person may have the user name of one before."""
    chosen = [value for value in filters.chosen.values() if isinstance(value, dict)]
    found = [one for value in chosen for one in value.values()]
    found += [one for _name, _text, one in filters.chosen["also"]]
    return tuple((one._meta.label, one.pk) for one in found if isinstance(one, Model))


def whose(reader: User) -> tuple[Hashable, ...]:
    """Everything on record of a person but when they came: who is changed is another reader."""
    columns = [column.attname for column in User._meta.concrete_fields]
    return tuple(getattr(reader, name) for name in columns if name != "last_login")
