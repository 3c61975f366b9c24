"""A plan that was confirmed, carried out as a whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from common.history.models import Revision
from common.marking import marking_of
from common.writing import MANY, add_all
from engagements.imports import mapping as columns
from engagements.imports.as_shown import is_as_shown
from engagements.imports.checking import Told
from engagements.imports.existing import in_lots
from engagements.imports.keeping import answers_of, book_of, mapping_of, table_of
from engagements.imports.memory import Memory
from engagements.imports.plan import Plan
from engagements.imports.subjects import CheckedFile, subject_of
from engagements.index.noting import noted_once
from engagements.models import Engagement, Load, LoadedRow
from engagements.search.index import found_at_once

# Somebody may save something while the rows are checked: then they are checked again. The last time nobody
# else may save meanwhile.
ATTEMPTS = 3
# Of whoever loads, so that two loads never save at the same time what each took for new.
ONE_AT_A_TIME = 0x4C6F6164


class NotAsPlanned(Exception):
    """What would be done is no longer what was confirmed: nothing is saved, and here is what would be now."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__(plan.digest)


def check_load(load: Load, told: Told = lambda done: None) -> CheckedFile:
    """What loading it would do, for whoever it is of; in the language of now. NoTable where there is none."""
    subject = subject_of(load)
    if not subject.may_load(load.by):
        raise PermissionDenied
    book = book_of(load)
    table = table_of(load, book)
    written: dict[str, Any] = {
        "format": book.format,
        "encoding": book.encoding,
        "delimiter": book.delimiter,
    }
    del book  # as large as the table that was found in it
    matchers = subject.matchers()
    matchers.memory = Memory.of(load.by, load.subject)
    mapping = mapping_of(load, table, matchers)
    checked = subject.work(
        load=load,
        table=table,
        mapping=mapping,
        answers=answers_of(load),
        matchers=matchers,
        told=told,
    )
    # Its columns are remembered. Its rows are done with, and as large as what is to be written.
    checked.table, checked.mapping = replace(table, rows=[]), mapping
    checked.plan = replace(checked.plan, **written, recalled=tuple(matchers.recalled()))
    return checked


def keep_plan(load: Load, plan: Plan, *, stage: str = Load.Stage.CHECKED) -> Load:
    """The plan as the page shows it."""
    load.plan, load.language, load.counts = plan.packed(), plan.language, plan.counts
    load.stage, load.checked_at, load.worker = stage, timezone.now(), None
    load.sensitivity = marking_of_plan(plan)
    load.done = load.total = len(plan.rows)
    changed = ["plan", "language", "counts", "stage", "checked_at", "worker", "sensitivity"]
    if stage == Load.Stage.LOADED:
        load.loaded_at = load.checked_at
        changed.append("loaded_at")
    load.save(update_fields=[*changed, "done", "total"])
    return load


def marking_of_plan(plan: Plan) -> int:
    """The highest of its rows, and of the records that it names beside them."""
    named = sorted({row.record for row in plan.rows if row.record})
    records = (Engagement.objects.filter(reference__in=lot) for lot in in_lots(named))
    return marking_of([row.sensitivity for row in plan.rows], *records)


@dataclass(frozen=True)
class Seen:
    """A file as it was checked, and the last that was on record before."""

    checked: CheckedFile
    last: tuple[int, int]

    @classmethod
    def of(cls, load: Load) -> Seen:
        last = last_on_record()
        return cls(check_load(load), last)


def carry_out(
    *,
    by: User,
    load: Load,
    digest: str,
    shown: Plan | None = None,
    seen_before: Seen | None = None,
) -> Load:
    """Do what the plan with this digest says, in one transaction; once, however often it is asked.

    NotAsPlanned where something changed since it was shown; the load then holds the new plan. `shown` is
    that plan where choices were made on it meanwhile: what they alone change is carried out. What was
    `seen_before` is not checked again where nothing was put on record since.
    """
    for attempt in range(1, ATTEMPTS + 1):
        now = seen_before if attempt == 1 else None
        if now is None and attempt < ATTEMPTS:
            now = Seen.of(load)
        checked = now.checked if now else None
        if checked is not None and checked.plan.digest == digest:
            get_ready(by, load, checked)
        with transaction.atomic():
            current = hold(load)
            if current.is_loaded:
                return current
            if now is None or checked is None:
                checked = check_load(current)
            elif now.last != last_on_record() or current.answers != load.answers:
                load = current
                continue
            if checked.plan.digest == digest or (
                shown is not None
                and shown.digest == digest
                and is_as_shown(shown, checked.plan, answers_of(current))
            ):
                return _write(by, current, checked)
            keep_plan(current, checked.plan)
        break
    assert checked is not None
    raise NotAsPlanned(checked.plan)


@contextmanager
def all_at_once() -> Iterator[None]:
    """What SQLite keeps beside each row, it keeps of all of them at the end: others wait a third as long."""
    with noted_once(connection), found_at_once():
        yield


def get_ready(by: User, load: Load, checked: CheckedFile) -> None:
    """All that needs no database, before others have to wait for it: SQLite lets one write at a time."""
    checked.plan.packed()
    subject_of(load).get_ready(by=by, checked=checked)


def last_on_record() -> tuple[int, int]:
    """Grows with whatever is changed: while it is the same, what was found is as it was found."""
    revision = Revision.objects.aggregate(last=Max("pk"))["last"] or 0
    row = LoadedRow.objects.aggregate(last=Max("pk"))["last"] or 0
    return revision, row


def hold(load: Load) -> Load:
    """The load as it is now, held; and no other is saved until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    return Load.objects.select_for_update(of=("self",)).select_related("by").get(pk=load.pk)


def _write(by: User, load: Load, checked: CheckedFile) -> Load:
    with all_at_once() if len(checked.plan.ready) >= MANY else nullcontext():
        for rows in in_lots(subject_of(load).written(by=by, load=load, checked=checked)):
            add_all(LoadedRow, rows)
    if checked.table:
        columns.remember(checked.table, checked.mapping, load.by, subject=load.subject)
    return keep_plan(load, checked.plan, stage=Load.Stage.LOADED)
