"""A list of engagements that was confirmed, written: new partners first, then by the action of the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from accounts.models import User
from engagements.imports.also_called import give
from engagements.imports.checking import Checked
from engagements.imports.loaded_rows import loaded_row
from engagements.imports.new_partners import add_missing
from engagements.many import Entry, amend_engagements, log_prepared, prepare
from engagements.models import Engagement, Load, LoadedRow
from partners.models import Partner


def written(*, by: User, load: Load, checked: Checked) -> Iterator[LoadedRow]:
    """Inside the transaction of the load; what came of each row, not saved yet."""
    if checked.prepared is None:
        get_ready(by=by, checked=checked)
    new_partners = _add_partners(by, checked)
    created = log_prepared(by=by, prepared=checked.prepared or [])
    amended = amend_engagements(
        by=by, amendments=[amendment for _number, amendment in checked.amendments]
    )
    made = zip((number for number, _entry in checked.creations), created, strict=True)
    changed = zip((number for number, _one in checked.amendments), amended, strict=True)
    give(by=by, names=checked.plan.new_names, language=load.language)
    sheet, prints = checked.plan.sheet, checked.fingerprints
    return chain(
        (loaded_row(load, sheet, n, partner) for n, partner in new_partners),
        (loaded_row(load, sheet, n, one, fingerprint=prints[n]) for n, one in made),
        (loaded_row(load, sheet, n, o, fingerprint=prints[n], is_new=False) for n, o in changed),
    )


def get_ready(*, by: User, checked: Checked) -> None:
    """The engagements as they will be, but for their numbers and the partners that come with them."""
    entries = (imported(entry) for entry in taken(checked.creations))
    checked.prepared = prepare(by=by, entries=entries)


def taken(creations: list[tuple[int, Entry]]) -> Iterator[Entry]:
    """One after the other. What hangs on it is left in its place: the engagement has its columns by then."""
    for place, (number, entry) in enumerate(creations):
        creations[place] = (number, replace(entry, fields={}))
        yield entry


def imported(entry: Entry) -> Entry:
    """It says of itself where it came from."""
    return replace(entry, fields=entry.fields | {"origin": Engagement.Origin.IMPORTED})


def _add_partners(by: User, checked: Checked) -> list[tuple[int, Partner]]:
    """Those that are to be created take the place of what stood for them in the entries.

    With the number of the first row that names each.
    """
    named: dict[int, int] = {}
    for number, entry in checked.entries():
        for part in entry.parts:
            if part.partner.pk is None:
                named.setdefault(id(part.partner), number)
    add_missing(by=by, stand_ins=checked.new_partners)
    return [(named[id(partner)], partner) for partner in checked.new_partners]
