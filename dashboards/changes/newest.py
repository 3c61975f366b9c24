"""The newest of all changes: what a page counts and shows, at the same cost however many there are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import count
from typing import Any, NamedTuple

from accounts.models import User
from common.history.models import Revision, RevisionQuerySet
from common.history.reading import readable_by
from common.history.words import words
from dashboards.changes.named import Named

# So many are counted and shown at most: of all of them no index tells what somebody may read.
MOST = 1_000
# Of the database so many at a time.
LONGEST = 8_000


class Seen(NamedTuple):
    """What is read of a change to count it."""

    pk: int
    at: Any
    kind: str
    record_id: int
    act: str
    by__username: str | None
    sensitivity: int


class Newest:
    """Of the changes asked for, the newest that the person may read; a paginator cuts it into pages.

    `of`: besides, they are of records that each of these names. `are_few`: those asked for are soon read.
    `is_cut`: there are more, which are not counted.
    """

    ordered = True

    def __init__(
        self,
        asked: RevisionQuerySet,
        user: User,
        *,
        of: Sequence[Named] = (),
        are_few: bool = False,
    ) -> None:
        self.asked, self.user, self.of, self.are_few = asked, user, of, are_few

    @cached_property
    def _seen(self) -> list[Seen]:
        found: list[Seen] = []
        for portion in self._portions():
            for named in self.of:
                portion = named.among(portion)
            found += self._readable(portion)
            if len(found) > MOST:
                break
        return found

    def _portions(self) -> Iterator[list[Seen]]:
        """Newest first, longer ones once it takes several; whether or not the person may read them."""
        in_order = self.asked.newest_of_few() if self.are_few else self.asked.newest_first()
        rows = left = in_order.values_list(*Seen._fields)
        for turn in count():
            size = min(MOST + 1 << max(turn - 1, 0), LONGEST)
            portion = [Seen(*row) for row in left[:size]]
            yield portion
            if len(portion) < size:
                return
            last = portion[-1]
            left = rows.filter(at__lte=last.at).exclude(at=last.at, pk__gte=last.pk)

    def _readable(self, portion: list[Seen]) -> list[Seen]:
        among: dict[str, set[int]] = defaultdict(set)
        for one in portion:
            if words()[one.kind].audience(self.user):
                among[one.kind].add(one.record_id)
        read = readable_by(self.user, among=among).filter(pk__in=[one.pk for one in portion])
        keys = set(read.values_list("pk", flat=True))
        return [one for one in portion if one.pk in keys]

    @property
    def counted(self) -> list[Seen]:
        return self._seen[:MOST]

    @property
    def is_cut(self) -> bool:
        return len(self._seen) > MOST

    @property
    def level(self) -> int:
        """The highest of those counted."""
        return max((one.sensitivity for one in self.counted), default=0)

    def records_of(self, kind: str) -> set[int]:
        """The keys of the records of a kind that they changed."""
        return {one.record_id for one in self.counted if one.kind == kind}

    def tally(self, name: str) -> Counter[str]:
        """How many have each value of a column; nobody's are left out."""
        values = (getattr(one, name) for one in self.counted)
        return Counter(value for value in values if value is not None)

    def count(self) -> int:
        return len(self.counted)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, cut: slice) -> list[Revision]:
        keys = [one.pk for one in self.counted[cut]]
        return list(Revision.objects.filter(pk__in=keys).for_reading().newest_of_few())
