"""Generate engagements, and take them away again."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import attrgetter

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.demonstration import enlist
from accounts.models import User
from common.history.models import Revision
from common.history.recording import unrecorded
from common.partial_dates import FiscalYear
from common.writing import keys_of, write
from engagements.generating.inventing import Invented, Inventor
from engagements.generating.keeping import WRITTEN, Batch, Keeper, Place
from engagements.index.noting import noted_at_once
from engagements.models import (
    Alignment,
    Engagement,
    LoadedRow,
    Note,
    Participation,
    ReferenceCounter,
)
from engagements.models.queryset import EngagementQuerySet
from engagements.search.index import found_at_once

# Written in one transaction: in between others may write, and nothing grows beyond memory.
AT_ONCE = 5_000
COLUMNS = [field.attname for field in Engagement._meta.concrete_fields]
VALUES = attrgetter(*COLUMNS)
Told = Callable[[int], None]
# Keys drawn by lot go anywhere into an index: in SQLite's own two megabytes none stays.
HASTE = {
    "sqlite": ("PRAGMA synchronous = NORMAL", "PRAGMA cache_size = -200000"),
    "postgresql": ("SET synchronous_commit = off",),
}


def generate(*, count: int, seed: int, told: Told = lambda made: None) -> None:
    """So many engagements, each whole with its history; `told` how many there are, now and then."""
    cast, now = enlist(), timezone.now()
    inventor = Inventor(seed=seed, cast=cast, today=timezone.localdate(now))
    with in_haste():
        for made in range(0, count, AT_ONCE):
            some = [inventor.invent() for _ in range(min(AT_ONCE, count - made))]
            keep(some, approver=cast["approver"])
            told(made + len(some))
    know_the_tables()


@transaction.atomic
def keep(some: list[Invented], *, approver: User) -> None:
    """Write them, their history with them: the records that recording() would have made."""
    engagement_keys = keys_of(Engagement, len(some))
    revision_keys = keys_of(Revision, sum(1 + len(one.verbs) for one in some if not one.is_draft))
    numbers = Numbers(some)
    keeper = Keeper(
        approver=approver,
        now=timezone.now(),
        engagement_keys=lambda: next(engagement_keys),
        revision_keys=lambda: next(revision_keys),
        reference=numbers.next,
    )
    batch = Batch()
    for invented in some:
        keeper.keep(invented, batch)
    with unrecorded(), noted_at_once(connection), found_at_once():
        write(Engagement, COLUMNS, map(VALUES, batch.engagements))
        for table, (model, names) in WRITTEN.items():
            write(model, names, getattr(batch, table))


class Numbers:
    """References for a batch: as many numbers as each fiscal year needs are taken at once."""

    def __init__(self, some: list[Invented]) -> None:
        needed = Counter(year_of(one).ends for one in some if not one.is_draft)
        self.last: dict[int, int] = {}
        # Always in the same order, so that two who generate at once wait for each other.
        for ends, number in sorted(needed.items()):
            ReferenceCounter.objects.get_or_create(fiscal_year=ends)
            counter = ReferenceCounter.objects.filter(fiscal_year=ends)
            counter.update(last=F("last") + number)
            self.last[ends] = counter.get().last - number

    def next(self, year: FiscalYear) -> str:
        self.last[year.ends] += 1
        return f"IE-{year.ends}-{self.last[year.ends]:04d}"


def year_of(invented: Invented) -> FiscalYear:
    """The one its reference counts in."""
    year: FiscalYear | None = invented.fields["start"].fiscal_year
    return year or FiscalYear.of(timezone.localdate(invented.logged_at))


@contextmanager
def in_haste() -> Iterator[None]:
    """No commit waits for the disk: what a power cut takes of the last ones can be generated again."""
    if connection.in_atomic_block:  # too late to say so
        yield
        return
    with connection.cursor() as cursor:
        for statement in HASTE[connection.vendor]:
            cursor.execute(statement)
    try:
        yield
    finally:
        connection.close()  # the next one is as it always is


def know_the_tables() -> None:
    """What PostgreSQL plans by: a server does this by itself, a minute later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (Engagement, Participation, Alignment, Place, Revision):
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def generated() -> int:
    return Engagement.objects.filter(origin=Engagement.Origin.GENERATED).count()


def remove() -> int:
    """Take away every generated engagement with all that hangs on it; how many there were.

    Nothing real is among it. Some thousand at a time: broken off, it is begun again where it was. The numbers
    they had are not given again: that holds for all numbers.
    """
    number, every = 0, Engagement.objects.filter(origin=Engagement.Origin.GENERATED)
    with in_haste():
        while keys := list(every.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
            take_away(every.filter(pk__range=(keys[0], keys[-1])))
            number += len(keys)
    return number


@transaction.atomic
def take_away(some: EngagementQuerySet) -> None:
    """With history and notes, past the rule that history is written once: it told of nothing."""
    theirs = some.values("pk")
    notes = Note.objects.filter(engagement__in=theirs).values("pk")
    with unrecorded(), noted_at_once(connection):
        # What a file changed of one stays told, as of one that a load made and undoing took away.
        LoadedRow.objects.filter(engagement__in=theirs).update(engagement=None)
        for records in (
            Revision.objects.filter(kind="note", record_id__in=notes),
            Revision.objects.filter(kind="engagement", record_id__in=theirs),
            Note.readers.through.objects.filter(note__in=notes),
            Note.objects.filter(engagement__in=theirs),
            Place.objects.filter(engagement__in=theirs),
            Alignment.objects.filter(engagement__in=theirs),
            Participation.objects.filter(engagement__in=theirs),
            some,
        ):
            records._raw_delete(using=records.db)  # type: ignore[attr-defined]
