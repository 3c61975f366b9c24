"""The CSV of changes, a line for each thing that changed. COLUMNS is the whole specification of it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from accounts.models import Sensitivity
from common.history.models import RevisionQuerySet
from common.history.telling import Entry, entries
from common.history.words import Told
from engagements.exports import Echo, marking_lines, safe

CHUNK = 200
Column = Callable[[Entry, Told | None], Any]

COLUMNS: list[tuple[Any, Column]] = [
    (_("When"), lambda entry, told: f"{localtime(entry.revision.at):%Y-%m-%d %H:%M}"),
    (_("Who"), lambda entry, told: entry.revision.by or ""),
    (_("User name"), lambda entry, told: entry.revision.by.username if entry.revision.by else ""),
    (_("Kind of record"), lambda entry, told: capfirst(entry.called)),
    (_("Record"), lambda entry, told: entry.record),
    (_("What was done"), lambda entry, told: entry.act),
    (_("Reason"), lambda entry, told: entry.revision.reason),
    (_("What changed"), lambda entry, told: (told.sentence or told.label) if told else ""),
    (_("Before"), lambda entry, told: (told.before or "") if told else ""),
    (_("After"), lambda entry, told: (told.after or "") if told else ""),
    (_("Sensitivity"), lambda entry, told: Sensitivity(entry.sensitivity).label),
]


def to_csv(revisions: RevisionQuerySet, *, marking: int) -> Iterator[str]:
    """Line by line, however many there are; begins with the mark by which Excel knows UTF-8.

    `marking` is the highest among them: what is protected stands first and last. One that is marked higher
    while the file is being sent is told of at its end.
    """
    writer = csv.writer(Echo())
    yield "\ufeff"
    yield from (writer.writerow(line) for line in marking_lines(marking))
    yield writer.writerow([safe(heading) for heading, _value_of in COLUMNS])
    highest = marking
    every = revisions.for_reading().newest_first().iterator(chunk_size=CHUNK)
    while some := list(islice(every, CHUNK)):
        for entry in entries(some, with_records=True):
            highest = max(highest, entry.sensitivity)
            yield from (writer.writerow(line) for line in lines_of(entry))
    yield from (writer.writerow(line) for line in marking_lines(highest))


def lines_of(entry: Entry) -> Iterator[list[str]]:
    """One for each thing that changed; one where nothing of it is told."""
    changes: list[Told | None] = [*entry.told]
    for told in changes or [None]:
        yield [safe(value_of(entry, told)) for _heading, value_of in COLUMNS]
