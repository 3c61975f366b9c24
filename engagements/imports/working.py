"""Who does the work: small loads are checked and saved at once, large ones by a process of their own.

A load of more than LOAD_AT_ONCE rows is worked on by `manage.py work_on_load KEY`, detached from the server
that started it. It tells how far it is in the load's row (`done` of `total`), that it is alive (`told_at`).
One that is gone without a word leaves nothing half done: another starts where the preview is.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, connections
from django.utils import timezone
from django.utils.translation import get_language, override

from accounts.models import User
from common.garbage import seldom_collected
from common.sheets.tables import NoTable
from engagements.imports.keeping import plan_of, table_of
from engagements.imports.plan import Plan
from engagements.imports.saving import NotAsPlanned, carry_out, check_load, keep_plan
from engagements.models import Load

Stage = Load.Stage
# Every so many seconds a process at work says that it is alive.
BEAT = 10
CAN_BE_CHECKED = (Stage.READ, Stage.CHECKED, Stage.CHECKING)


def check(load: Load) -> Load:
    """See that it is checked, in the reader's language: done on return, or CHECKING by a process.

    Asked again while one is at work it does nothing; where that one is gone another starts. NoTable where
    there is no table in it.
    """
    load.refresh_from_db(fields=["stage", "language", "told_at", "worker"])
    language = get_language() or load.language
    if load.is_loaded or load.is_worked_on:
        return load
    if load.stage == Stage.SAVING:
        load = _back_to_the_preview(load)
    if load.stage == Stage.CHECKED and load.language == language:
        return load
    rows = len(table_of(load).rows)
    if rows <= settings.LOAD_AT_ONCE:
        return keep_plan(load, check_load(load).plan)
    return _hand_over(load, Stage.CHECKING, total=rows, language=language)


def save(*, by: User, load: Load, digest: str, shown: Plan | None = None) -> Load:
    """Carry out the plan of this digest: LOADED on return, or SAVING by a process. NotAsPlanned as carry_out.

    Of a process that found it otherwise the load is CHECKED again, with another digest. `shown`: the plan on
    which choices were made that are not checked yet.
    """
    load.refresh_from_db(fields=["stage", "told_at", "worker", "counts"])
    if load.is_loaded or load.is_worked_on:
        return load
    plan = shown or plan_of(load)
    if plan is None or plan.rows_found <= settings.LOAD_AT_ONCE:
        return carry_out(by=by, load=load, digest=digest, shown=shown)
    if plan.digest != digest:
        raise NotAsPlanned(plan)
    if shown is not None:
        load.plan = shown.packed()
        load.save(update_fields=["plan"])
    return _hand_over(load, Stage.SAVING, total=plan.rows_found, language=load.language)


def _back_to_the_preview(load: Load) -> Load:
    """Whoever was saving it is gone, and nothing was saved: it can be confirmed again.

    Where choices were made that were not checked yet, it is checked first.
    """
    gone = Load.objects.filter(pk=load.pk, stage=Stage.SAVING, worker=load.worker)
    gone.update(stage=Stage.CHECKED if load.checked_at else Stage.READ, worker=None)
    load.refresh_from_db()
    return load


def _hand_over(load: Load, stage: str, *, total: int, language: str) -> Load:
    """Start a process for it, once: whoever comes second finds it started."""
    worker = uuid.uuid4()
    waiting = Load.objects.filter(pk=load.pk, stage=load.stage, worker=load.worker)
    began = {"stage": stage, "worker": worker, "done": 0, "total": total, "language": language}
    if waiting.update(**began, told_at=timezone.now()):
        start(load, worker)
    load.refresh_from_db()
    return load


def start(load: Load, worker: uuid.UUID) -> None:
    """Detached: it goes on when the server that started it is gone."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work_on_load", str(load.key)]
    subprocess.Popen(
        [*command, "--worker", str(worker)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        close_fds=True,
    )


# In the process of its own


def work_on(load: Load, worker: uuid.UUID) -> None:
    """What the load waits for. One whose place another took does nothing."""
    if load.worker != worker:
        return
    with override(load.language), alive(load, worker), seldom_collected():
        if load.stage == Stage.SAVING:
            _save(load)
        elif load.stage == Stage.CHECKING:
            _check(load, worker)


def _check(load: Load, worker: uuid.UUID) -> None:
    try:
        plan = check_load(load, told=teller(load, worker)).plan
    except NoTable:
        Load.objects.filter(pk=load.pk, worker=worker).update(stage=Stage.READ, worker=None)
        return
    # Other answers may have come meanwhile: then this plan is nobody's.
    if Load.objects.filter(pk=load.pk, worker=worker).exists():
        keep_plan(load, plan)


def _save(load: Load) -> None:
    plan = plan_of(load)
    if plan is None:
        return
    try:
        carry_out(by=load.by, load=load, digest=plan.digest, shown=plan)
    except NotAsPlanned:
        return


def teller(load: Load, worker: uuid.UUID) -> Callable[[int], None]:
    """How many rows are done, in the load's row."""

    def told(done: int) -> None:
        mine = Load.objects.filter(pk=load.pk, worker=worker)
        mine.update(done=done, told_at=timezone.now())

    return told


@contextmanager
def alive(load: Load, worker: uuid.UUID) -> Iterator[None]:
    """Says so every few seconds, whatever else the process is busy with."""
    over = threading.Event()

    def beat() -> None:
        while not over.wait(BEAT):
            # While a transaction holds the database of one writer, there is nothing to say and no need.
            try:
                Load.objects.filter(pk=load.pk, worker=worker).update(told_at=timezone.now())
            except Exception:
                continue
        connections.close_all()

    if connection.in_atomic_block:
        # A test's: another connection would wait for it.
        yield
        return
    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=BEAT)
