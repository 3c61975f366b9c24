"""What is here already of what a file tells: by reference, as loaded before, by title, start and partner.

Read for all rows together, and of what the person may see alone: what they may not is as if it were not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import Q

from accounts.models import User
from common.history.models import Revision
from common.history.tracking import State
from common.text import sort_key
from engagements.forms.opening import HANGING
from engagements.imports.rows import RowRead
from engagements.models import Engagement, LoadedRow

# A database takes only so many values in one question.
LOT = 1_000
# Folded title, precision and first day of the start.
Key = tuple[str, str, str]


@dataclass
class Existing:
    """`alike`: title and start → the records that have them; `loaded`: how often a row was."""

    by_reference: dict[str, Engagement] = field(default_factory=dict)
    by_pk: dict[int, Engagement] = field(default_factory=dict)
    editable: set[int] = field(default_factory=set)
    loaded: Counter[str] = field(default_factory=Counter)
    loaded_as: dict[str, str] = field(default_factory=dict)
    alike: dict[Key, list[int]] = field(default_factory=lambda: defaultdict(list))
    # Key of a record and a version → the state it had then, for versions that have moved on.
    bases: dict[tuple[int, int], State] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: list[RowRead], *, user: User) -> Existing:
        """As many queries for ten rows as for a thousand."""
        here = cls()
        here._find_loaded({row.fingerprint for row in rows}, user)
        here._find_alike({sort_key(row.title) for row in rows if row.title}, user)
        here._read({row.reference for row in rows if row.reference}, user)
        here._find_bases(rows, user)
        return here

    def record_of(self, reference: str) -> Engagement | None:
        return self.by_reference.get(reference)

    def like(self, key: Key, partners: Iterable[str]) -> Engagement | None:
        """The record with the same title, the same start and one of these partners."""
        for pk in self.alike.get(key, []):
            record = self.by_pk[pk]
            if not {part.partner.code for part in record.participations.all()}.isdisjoint(partners):
                return record
        return None

    def _find_loaded(self, fingerprints: set[str], user: User) -> None:
        """What the person loaded; of what others did, as far as the person may read what came of it."""
        readable = Q(load__by=user) | Q(engagement__in=Engagement.objects.visible_to(user))
        rows = LoadedRow.objects.filter(undone_at=None).exclude(engagement=None)
        for lot in in_lots(sorted(fingerprints)):
            known = rows.filter(readable, fingerprint__in=lot)
            for fingerprint, reference in known.values_list("fingerprint", "reference"):
                self.loaded[fingerprint] += 1
                self.loaded_as.setdefault(fingerprint, reference)

    def _find_alike(self, titles: set[str], user: User) -> None:
        """All are walked through: a title is in no index, and there are as many rows as records."""
        names = ("pk", "start_precision", "start_earliest", "sort_en", "sort_fr")
        seen = Engagement.objects.visible_to(user).logged().values_list(*names)
        for pk, precision, earliest, *sorts in seen.iterator(chunk_size=5_000):
            for title in titles.intersection(sorts):
                first = earliest.isoformat() if earliest else ""
                self.alike[title, precision, first].append(pk)

    def _read(self, references: set[str], user: User) -> None:
        """The records themselves, with all that hangs on them."""
        seen = Engagement.objects.visible_to(user).logged()
        whole = seen.select_related("lead_office", "lead_officer", "changed_by").prefetch_related(
            *HANGING
        )
        pks = sorted({pk for found in self.alike.values() for pk in found})
        for lot in in_lots(sorted(references)):
            self.by_reference |= {e.reference or "": e for e in whole.filter(reference__in=lot)}
        for lot in in_lots(pks):
            self.by_pk |= {e.pk: e for e in whole.filter(pk__in=lot)}
        self.by_pk |= {e.pk: e for e in self.by_reference.values()}
        for lot in in_lots(sorted(self.by_pk)):
            mine = Engagement.objects.editable_by(user).filter(pk__in=lot)
            self.editable |= set(mine.values_list("pk", flat=True))

    def _find_bases(self, rows: list[RowRead], user: User) -> None:
        """What was on record at the version a file was exported at, where it is no longer the record's."""
        wanted: dict[int, set[int]] = defaultdict(set)
        for row in rows:
            record = self.by_reference.get(row.reference)
            if record is not None and row.version is not None and row.version < record.version:
                wanted[record.pk].add(row.version)
        for lot in in_lots(sorted(wanted)):
            revisions = Revision.objects.of("engagement", lot).cleared_for(user)
            known = revisions.order_by("number").values_list("record_id", "version", "state")
            for pk, version, state in known:
                for asked in wanted[pk]:
                    if version is not None and version <= asked:
                        self.bases[pk, asked] = state


def in_lots(values: Iterable[Any]) -> Iterator[list[Any]]:
    each = iter(values)
    while lot := list(islice(each, LOT)):
        yield lot
