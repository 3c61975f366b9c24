"""Generate engagements, and take them away again."""

from collections import Counter
from collections.abc import Callable
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
from engagements.models import Alignment, Engagement, Note, Participation, ReferenceCounter
from engagements.search.index import found_at_once

# Written in one transaction: in between others may write, and nothing grows beyond memory.
AT_ONCE = 5_000
COLUMNS = [field.attname for field in Engagement._meta.concrete_fields]
VALUES = attrgetter(*COLUMNS)
Told = Callable[[int], None]
# Kilobytes. Keys drawn by lot go anywhere into an index: in SQLite's own two megabytes none stays.
CACHE = 200_000


def generate(*, count: int, seed: int, told: Told = lambda made: None) -> None:
    """So many engagements, each whole with its history; `told` how many there are, now and then."""
    remember_more()
    cast, now = enlist(), timezone.now()
    inventor = Inventor(seed=seed, cast=cast, today=timezone.localdate(now))
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


def remember_more() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = -{CACHE}")


def know_the_tables() -> None:
    """What PostgreSQL plans by: a server does this by itself, a minute later."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for model in (Engagement, Participation, Alignment, Place, Revision):
                cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def generated() -> int:
    return Engagement.objects.filter(origin=Engagement.Origin.GENERATED).count()


@transaction.atomic
def remove() -> int:
    """Take away every generated engagement with all that hangs on it, history and notes included.

    Nothing real is among it. The numbers they had are not given again: that holds for all numbers.
    """
    number = generated()
    theirs = Engagement.objects.filter(origin=Engagement.Origin.GENERATED).values("pk")
    notes = Note.objects.filter(engagement__in=theirs).values("pk")
    with unrecorded(), noted_at_once(connection):
        # In one statement each, and past the rule that history is written once: it told of nothing.
        for records in (
            Revision.objects.filter(kind="note", record_id__in=notes),
            Revision.objects.filter(kind="engagement", record_id__in=theirs),
            Note.readers.through.objects.filter(note__in=notes),
            Note.objects.filter(engagement__in=theirs),
            Place.objects.filter(engagement__in=theirs),
            Alignment.objects.filter(engagement__in=theirs),
            Participation.objects.filter(engagement__in=theirs),
            Engagement.objects.filter(origin=Engagement.Origin.GENERATED),
        ):
            records._raw_delete(using=records.db)  # type: ignore[attr-defined]
    return number
