"""Many engagements at once: logged or amended in one transaction, with few statements however many there are.

What becomes of each is what actions.py makes of one: tests/engagements/test_many.py holds them side by side.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from operator import attrgetter
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from accounts.models import User
from common.history.recording import recording
from common.partial_dates import FiscalYear
from common.writing import as_kept, keys_of, write, write_kept
from engagements.actions import Part, assign, connect, next_references, year_of_reference
from engagements.alignments import Tag
from engagements.models import Alignment, Engagement, Participation
from engagements.search.lines import with_reference
from engagements.stages import stage_when_logged
from engagements.versions import move_on
from partners.models import Country

# Written together: nothing grows beyond memory.
LOT = 1_000
Place = Engagement.countries.through
# Known once it is saved, and not before; and all that is known of it before.
LATE = ("id", "reference", "search_text")
EARLY = [
    column.attname for column in Engagement._meta.concrete_fields if column.attname not in LATE
]
VALUES = attrgetter(*EARLY)
WRITTEN: list[tuple[type[models.Model], tuple[str, ...]]] = [
    (Participation, ("engagement_id", "partner_id", "role", "position")),
    (Place, ("engagement_id", "country_id")),
    (
        Alignment,
        ("engagement_id", "objective_id", "framework_id", "reason", "primary", "demonstration",
         "made_at", "made_by_id"),
    ),
]  # fmt: skip


class Columns:
    """Objects that have the same attributes keep their names once: a third of what as many dicts take."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One engagement as log_engagement and amend_engagement take it: `fields` are its columns."""

    parts: Sequence[Part]
    tags: Sequence[Tag]
    countries: Sequence[Country] = ()
    fields: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, values: dict[str, Any]) -> "Entry":
        """From what EngagementForm.values() gives."""
        apart = {name: values[name] for name in ("parts", "tags", "countries")}
        columns = Columns()
        for name, value in values.items():
            if name not in apart:
                setattr(columns, name, value)
        return cls(**apart, fields=vars(columns))


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """An engagement that is not saved yet: its row as it is handed to the database, but for what is LATE.

    `year` is the one it is numbered in, `search_text` what search reads of it but its number; `entry` what
    hangs on it.
    """

    row: Sequence[Any]
    year: FiscalYear
    search_text: str
    entry: Entry


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """What an engagement becomes. `version` is the one that was seen."""

    engagement: Engagement
    version: int
    entry: Entry


def log_engagements(*, by: User, entries: Iterable[Entry]) -> list[Engagement]:
    """Log each of them, all or none, numbered in their order; each is on record by itself."""
    return log_prepared(by=by, prepared=prepare(by=by, entries=entries))


def prepare(*, by: User, entries: Iterable[Entry]) -> list[Prepared]:
    """All of logging them that needs no database: done before others have to wait for it."""
    return [one for lot in _in_lots(entries) for one in _prepared(by, lot)]


@transaction.atomic
def log_prepared(*, by: User, prepared: list[Prepared]) -> list[Engagement]:
    """As log_engagements, of what was prepared a moment ago: they know their numbers, and read the rest."""
    references = _references(prepared)
    logged: list[Engagement] = []
    with recording(by=by, act="logged") as kept:
        for lot in _in_lots(prepared):
            logged += _write(by, lot, references)
        kept.made(*logged)
    return logged


@transaction.atomic
def amend_engagements(
    *, by: User, amendments: Iterable[Amendment], act: str = "amended"
) -> list[Engagement]:
    """Change each of these logged engagements, all or none. MovedOn where one is at another version."""
    amendments = list(amendments)
    held = _held([one.engagement.pk for one in amendments])
    current = [held[one.engagement.pk] for one in amendments]
    for engagement, one in zip(current, amendments, strict=True):
        move_on(engagement, version=one.version)
    with recording(by=by, act=act, records=current):
        for engagement, one in zip(current, amendments, strict=True):
            assign(engagement, by=by, fields=one.entry.fields)
            engagement.save()
            if _hangs_otherwise(engagement, one.entry):
                connect(
                    engagement,
                    by=by,
                    parts=one.entry.parts,
                    tags=one.entry.tags,
                    countries=one.entry.countries,
                )
    return current


def _prepared(by: User, entries: Sequence[Entry]) -> list[Prepared]:
    new = [_new(by, entry) for entry in entries]
    rows = as_kept(Engagement, EARLY, map(VALUES, new))
    return [
        Prepared(
            row=row,
            year=year_of_reference(engagement),
            search_text=engagement.search_text,
            entry=replace(entry, fields={}),
        )
        for engagement, row, entry in zip(new, rows, entries, strict=True)
    ]


def _new(by: User, entry: Entry) -> Engagement:
    engagement = Engagement(logged_by=by, changed_by=by)
    assign(engagement, by=by, fields=entry.fields)
    engagement.stage = stage_when_logged(engagement)
    return engagement


def _references(prepared: Sequence[Prepared]) -> Iterator[str]:
    """In their order, as many of each fiscal year as it needs."""
    numbers = next_references(Counter(one.year for one in prepared))
    of_year = {year: iter(references) for year, references in numbers.items()}
    return (next(of_year[one.year]) for one in prepared)


def _write(by: User, lot: Sequence[Prepared], references: Iterator[str]) -> list[Engagement]:
    keys = list(keys_of(Engagement, len(lot)))
    numbers = list(islice(references, len(lot)))
    # It can be searched by its number: all else that follows was derived before.
    rows = [
        (key, reference, with_reference(reference, one.search_text), *one.row)
        for one, key, reference in zip(lot, keys, numbers, strict=True)
    ]
    write_kept(Engagement, (*LATE, *EARLY), rows)
    for (model, names), hanging in zip(WRITTEN, _hanging(by, lot, keys), strict=True):
        write(model, names, hanging)
    known = ("id", "reference", "version")
    return [Engagement.from_db("default", known, (*row[:2], 1)) for row in rows]


def _hanging(by: User, lot: Sequence[Prepared], keys: Iterable[int]) -> tuple[list, list, list]:
    """What goes with them into other tables, in the order of WRITTEN."""
    now = timezone.now()
    participations, places, alignments = [], [], []
    for one, key in zip(lot, keys, strict=True):
        entry = one.entry
        parts = {(part.partner.pk, part.role): place for place, part in enumerate(entry.parts)}
        participations += [(key, *part, place) for part, place in parts.items()]
        places += [(key, pk) for pk in dict.fromkeys(country.pk for country in entry.countries)]
        tags = {tag.objective.pk: tag for tag in entry.tags}
        alignments += [
            (key, pk, tag.objective.framework_id, tag.reason, tag.primary, tag.demonstration, now, by.pk)
            for pk, tag in tags.items()
        ]  # fmt: skip
    return participations, places, alignments


def _held(pks: list[int]) -> dict[int, Engagement]:
    """The records as they are now with what hangs on them, held until the transaction ends."""
    found: dict[int, Engagement] = {}
    for start in range(0, len(pks), LOT):
        held = Engagement.objects.select_for_update(of=("self",)).filter(
            pk__in=pks[start : start + LOT]
        )
        whole = held.order_by("pk").prefetch_related("participations", "countries", "alignments")
        found |= {engagement.pk: engagement for engagement in whole}
    return found


def _hangs_otherwise(engagement: Engagement, entry: Entry) -> bool:
    """Whether its partners, countries or tags are others than the entry has."""
    parts = [(part.partner_id, part.role) for part in engagement.participations.all()]
    wanted = list(dict.fromkeys((part.partner.pk, part.role) for part in entry.parts))
    tags = {a.objective_id: (a.reason, a.primary) for a in engagement.alignments.all()}
    told = {tag.objective.pk: (tag.reason, tag.primary) for tag in entry.tags}
    countries = {country.pk for country in engagement.countries.all()}
    return (
        parts != wanted or tags != told or countries != {country.pk for country in entry.countries}
    )


def _in_lots(some: Iterable[Any]) -> Iterator[list]:
    each = iter(some)
    while lot := list(islice(each, LOT)):
        yield lot
