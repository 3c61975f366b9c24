"""Writing history: whatever is changed inside `recording` is on record when it ends, or not done at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from common.history.models import Revision, RevisionQuerySet
from common.history.tracking import Snapshot, State, Tracked, kind_of, kinds
from common.prepared import ask
from common.writing import add_all

# What a revision says of a change that nobody made through the portal.
FOUND, OUTSIDE = "found", "outside"
DELETED = "deleted"
LOT = 1_000

# Whether history is being written, or is left out on purpose; None where neither was said.
_writing: ContextVar[str | None] = ContextVar("history", default=None)
# The act within which another one is written down.
_around: ContextVar[Recording | None] = ContextVar("around", default=None)


class Recording:
    """What an act is about: the records it found, and those it makes."""

    def __init__(self) -> None:
        self.before: dict[tuple[str, int], Snapshot | None] = {}
        # The last revision of those it found: they are held, and nobody else writes another.
        self.last: dict[tuple[str, int], Revision] = {}

    def made(self, *records: models.Model) -> None:
        """These are new, or on record from now on."""
        for record in records:
            self.before.setdefault((kind_of(record).kind, record.pk), None)

    def found(self, record: models.Model) -> State:
        """One of those it found, as the database held it before."""
        snapshot = self.before[kind_of(record).kind, record.pk]
        return snapshot.state if snapshot else {}


@contextmanager
def recording(
    *,
    by: Any,
    act: str,
    reason: str = "",
    records: Iterable[models.Model] = (),
    kinds_watched: Iterable[str] = (),
    within: bool = False,
) -> Iterator[Recording]:
    """Put on record what is changed inside, in one transaction with it.

    `records` are those that exist and may change: they are held, and read before and after. Of
    `kinds_watched` all records are, whatever becomes of them: for loading reference data. Where nothing
    changed nothing is written. What somebody changed since by another way than the portal's is put on
    record first, as such. `reason` is what the person gave for the act, where it asks for one.

    `within` says that the act has a transaction of its own, in which it holds these records already.
    """
    with transaction.atomic(savepoint=not within):
        kept = Recording()
        watched = [kinds()[kind] for kind in kinds_watched]
        for kind, pks in _by_kind(records, watched).items():
            for lot in _in_lots(pks):
                _open(kept, kinds()[kind], lot, hold=not within)
        with _while("recording"), _within(kept):
            yield kept
        for tracked in watched:
            for pk in tracked.everything():
                kept.before.setdefault((tracked.kind, pk), None)
        _close(kept, by=by, act=act, reason=reason)
        if around := _around.get():
            around.last.clear()  # of what it found, this act may have written another


@contextmanager
def unrecorded() -> Iterator[None]:
    """For what has no history on purpose: a draft, which is its author's alone until it is logged."""
    with _while("unrecorded"):
        yield


def is_accounted_for() -> bool:
    """Whether a write at this moment is put on record, or left out on purpose."""
    return _writing.get() is not None


@contextmanager
def _within(kept: Recording) -> Iterator[None]:
    token = _around.set(kept)
    try:
        yield
    finally:
        _around.reset(token)


@contextmanager
def _while(what: str) -> Iterator[None]:
    token = _writing.set(what)
    try:
        yield
    finally:
        _writing.reset(token)


def _by_kind(records: Iterable[models.Model], watched: Iterable[Tracked]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for record in records:
        found[kind_of(record).kind].append(record.pk)
    for tracked in watched:
        found[tracked.kind] = tracked.everything()
    return found


def _open(kept: Recording, tracked: Tracked, pks: list[int], *, hold: bool) -> None:
    if hold:
        tracked.hold(pks)
    last = _last(tracked.kind, pks)
    new: list[Revision] = []
    for pk, snapshot in tracked.snapshots(pks).items():
        kept.before[tracked.kind, pk] = snapshot
        known = last.get(pk)
        if known is not None and known.state == snapshot.state:
            known.state = snapshot.state  # kept once
            kept.last[tracked.kind, pk] = known
        else:
            act = FOUND if known is None else OUTSIDE
            new.append(_revision(tracked.kind, pk, snapshot, known, None, by=None, act=act))
    _write(kept, new)


def _close(kept: Recording, *, by: Any, act: str, reason: str) -> None:
    about: dict[str, list[int]] = defaultdict(list)
    for kind, pk in kept.before:
        about[kind].append(pk)
    for kind, pks in about.items():
        for lot in _in_lots(pks):
            _close_lot(kept, kind, lot, by=by, act=act, reason=reason)


def _close_lot(
    kept: Recording, kind: str, pks: list[int], *, by: Any, act: str, reason: str
) -> None:
    after, last = kinds()[kind].snapshots(pks), _last_known(kept, kind, pks)
    new = []
    for pk in pks:
        before, now = kept.before[kind, pk], after.get(pk, Snapshot(state={}))
        if now.state != (before.state if before else {}):
            said = act if now.state else DELETED
            made = _revision(kind, pk, now, last.get(pk), before, by=by, act=said)
            made.reason = reason
            new.append(made)
    _write(kept, new)


def _in_lots(pks: list[int]) -> Iterator[list[int]]:
    """A database takes only so many values in one question, and their states only so much memory."""
    yield from (pks[start : start + LOT] for start in range(0, len(pks), LOT))


def _last(kind: str, pks: Iterable[int]) -> dict[int, Revision]:
    last = ask(("last revision", kind), partial(_last_of_each, kind), pks=list(pks))
    return {revision.record_id: revision for revision in last}


def _last_of_each(kind: str, pks: list[int]) -> RevisionQuerySet:
    return Revision.objects.of(kind, pks).last_of_each()


def _last_known(kept: Recording, kind: str, pks: list[int]) -> dict[int, Revision]:
    unknown = [pk for pk in pks if (kind, pk) not in kept.last]
    found = _last(kind, unknown) if unknown else {}
    known = {pk: kept.last[kind, pk] for pk in pks if (kind, pk) in kept.last}
    return found | known


def _write(kept: Recording, new: list[Revision]) -> None:
    add_all(Revision, new)
    for revision in new:
        # Of many, written together, nobody was told the keys: they are read again where they are wanted.
        kept.last.pop((revision.kind, revision.record_id), None)
        if revision.pk:
            kept.last[revision.kind, revision.record_id] = revision


def _revision(
    kind: str,
    pk: int,
    now: Snapshot,
    last: Revision | None,
    before: Snapshot | None,
    *,
    by: Any,
    act: str,
) -> Revision:
    was = before.sensitivity if before else 0
    if act == OUTSIDE and last:
        was = last.sensitivity
    return Revision(
        kind=kind,
        record_id=pk,
        number=last.number + 1 if last else 1,
        previous=last,
        at=timezone.now(),
        by=by,
        act=act,
        sensitivity=max(now.sensitivity, was),
        version=now.version,
        state=now.state,
    )
