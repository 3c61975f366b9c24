"""The records that a filter of changes names: engagements with the notes on them, and others of any kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, TypeVar

from django.db.models import Q, QuerySet
from pyroaring import BitMap

from accounts.models import User
from engagements import counting
from engagements.models import EngagementQuerySet, Note

# A page wants the newest so many.
WANTED = 1_000


class Change(Protocol):
    @property
    def kind(self) -> str: ...

    @property
    def record_id(self) -> int: ...


C = TypeVar("C", bound=Change)


@dataclass(frozen=True)
class Named:
    """`engagements`: such as `user` may read. `others`: kind of record → those of it."""

    engagements: EngagementQuerySet
    user: User
    others: Mapping[str, QuerySet[Any]] = field(default_factory=dict)

    @property
    def condition(self) -> Q:
        """Of a change: that it is one of these records."""
        keys: Any = list(self._keys) if self.are_few else self.engagements.values("pk")
        found = Q(kind="engagement", record_id__in=keys)
        notes = Note.objects.readable_by(self.user).filter(engagement__in=keys)
        for kind, records in {"note": notes, **self.others}.items():
            found |= Q(kind=kind, record_id__in=records.order_by().values("pk"))
        return found

    @property
    def are_few(self) -> bool:
        """Whether the index knows them, and all that became of them is soon read."""
        return self._held is not None and not self.are_many

    @property
    def are_many(self) -> bool:
        """Whether the newest changes of them are sooner found among the newest of all.

        Of k among n engagements, that takes some 1,000 × n ÷ k rows; to read what became of each, k.
        """
        return self._held is not None and len(self._keys) ** 2 > WANTED * len(self._held[0].every)

    def among(self, changes: Collection[C]) -> list[C]:
        """Those of these changes that are of the records; where the index knows the engagements."""
        asked: dict[str, set[int]] = defaultdict(set)
        for one in changes:
            asked[one.kind].add(one.record_id)
        found: dict[str, Container[int]] = {
            "engagement": set(self._keys & BitMap(asked["engagement"])),
            "note": self._notes_among(asked["note"]),
        }
        for kind, records in self.others.items():
            if keys := asked[kind]:
                found[kind] = set(records.filter(pk__in=keys).values_list("pk", flat=True))
        return [one for one in changes if one.record_id in found.get(one.kind, ())]

    def _notes_among(self, keys: Iterable[int]) -> set[int]:
        if not keys:
            return set()
        notes = Note.objects.readable_by(self.user).filter(pk__in=keys)
        return {pk for pk, of in notes.values_list("pk", "engagement") if of in self._keys}

    @cached_property
    def _held(self) -> tuple[Any, BitMap] | None:
        return counting.held(self.engagements)

    @property
    def _keys(self) -> BitMap:
        assert self._held is not None
        return self._held[1]
