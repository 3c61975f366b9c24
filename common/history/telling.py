"""Revisions in the reader's words: the same few queries, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from common.history.changes import Change, changes_between
from common.history.models import Revision
from common.history.said import Directory, Known, Said
from common.history.tracking import kinds
from common.history.words import Telling, Told, act_in_words, words


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A revision as people read it: who did what, and what changed by it.

    `called` is what kind of record it is; `record` its name and `address` its page where these were asked
    for.
    """

    revision: Revision
    act: str
    told: list[Told]
    called: str
    record: Said
    address: str
    # That of the change, or of the record that is named beside it, whichever is higher.
    sensitivity: int

    @property
    def is_first(self) -> bool:
        """Whether it tells the whole record, as there was nothing before."""
        return not self.revision.before and bool(self.revision.state)


def entries(
    revisions: Sequence[Revision], *, with_records: bool = False, known: Known | None = None
) -> list[Entry]:
    """Each revision told. They come with `by` and `previous`: see RevisionQuerySet.for_reading.

    `known` are records at hand, which are not asked for again.
    """
    changed = [(revision, changes_of(revision)) for revision in revisions]
    wanted = (
        name
        for revision, changes in changed
        for change in changes
        for name in words()[revision.kind].wanted(change)
    )
    names = Directory(wanted, known=known)
    records = records_of(revisions) if with_records else {}
    return [_entry(revision, changes, names, records) for revision, changes in changed]


def changes_of(revision: Revision) -> list[Change]:
    return changes_between(revision.before, revision.state, kinds()[revision.kind])


def records_of(revisions: Iterable[Revision]) -> dict[tuple[str, int], Any]:
    """The records as they are now, by kind and primary key: a query a kind."""
    pks: dict[str, set[int]] = defaultdict(set)
    for revision in revisions:
        pks[revision.kind].add(revision.record_id)
    found: dict[tuple[str, int], Any] = {}
    for kind, keys in pks.items():
        records = kinds()[kind].model._default_manager.all()
        if parents := words()[kind].with_parents:
            records = records.select_related(*parents)
        found |= {(kind, pk): record for pk, record in records.in_bulk(keys).items()}
    return found


def _entry(
    revision: Revision,
    changes: list[Change],
    names: Directory,
    records: dict[tuple[str, int], Any],
) -> Entry:
    said = words()[revision.kind]
    telling = Telling(names=names, before=revision.before, after=revision.state)
    record = records.get((revision.kind, revision.record_id))
    return Entry(
        revision=revision,
        act=act_in_words(revision.act),
        told=[told for change in changes for told in said.tell(change, telling)],
        called=str(said.called),
        record=said.name(record) if record is not None else _name_once(revision),
        address=said.address(record) if said.address and record is not None else "",
        sensitivity=max(revision.sensitivity, said.level(record) if record is not None else 0),
    )


def _name_once(revision: Revision) -> Said:
    """What a record that is gone went by."""
    state = revision.state or revision.before
    return Said(str(state.get("reference") or state.get("code") or state.get("username") or ""))
