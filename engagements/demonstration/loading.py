"""Load the demonstration, whole or not at all; what is there already stays as it is."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.demonstration import enlist
from accounts.models import User
from engagements.actions import Part
from engagements.alignments import Tag, objectives_allowed
from engagements.demonstration.entries import Entry, all_entries
from engagements.demonstration.lookups import Lookups
from engagements.demonstration.stories import Story
from engagements.models import Engagement
from engagements.notes import write_note
from partners.contacts.demonstration import load_contacts


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """How many were created just now."""

    real: int
    invented: int
    drafts: int
    contacts: int

    def __bool__(self) -> bool:
        return bool(self.real or self.invented or self.contacts)


def is_loaded() -> bool:
    return Engagement.objects.filter(origin=Engagement.Origin.DEMONSTRATION).exists()


@transaction.atomic
def load(*, password: str = "") -> Loaded:
    """Create what is missing, through the actions. MissingReference without the reference data."""
    entries = all_entries(timezone.localdate())
    lookups = Lookups(entries)
    cast = enlist(password)
    created = [_tell(entry, cast=cast, lookups=lookups) for entry in _not_there_yet(entries)]
    real = sum(1 for engagement in created if engagement.source_url)
    return Loaded(
        real=real,
        invented=len(created) - real,
        drafts=sum(1 for engagement in created if engagement.is_draft),
        contacts=load_contacts(cast),
    )


def _not_there_yet(entries: list[Entry]) -> list[Entry]:
    there = set(
        Engagement.objects.filter(form_key__in=[e.form_key for e in entries]).values_list(
            "form_key", flat=True
        )
    )
    return [entry for entry in entries if entry.form_key not in there]


def _tell(entry: Entry, *, cast: dict[str, User], lookups: Lookups) -> Engagement:
    engagement = _story(entry, cast=cast, lookups=lookups).tell()
    for note in entry.notes:
        write_note(
            by=cast[note.by],
            engagement=engagement,
            text=note.text,
            text_language=note.text_language,
            sensitivity=note.sensitivity,
            people=[cast[name] for name in note.people],
            office=lookups.offices[note.office] if note.office else None,
        )
    return engagement


def _story(entry: Entry, *, cast: dict[str, User], lookups: Lookups) -> Story:
    by = cast[entry.by]
    return Story(
        entry=entry, by=by, approver=cast["approver"], said=_said(entry, by=by, lookups=lookups)
    )


def _said(entry: Entry, *, by: User, lookups: Lookups) -> dict[str, Any]:
    """The entry as the form would hand it to the action."""
    said = entry.columns | {
        "lead_office": by.office,
        "end": entry.end,
        "parts": [Part(partner=lookups.partners[code], role=role) for code, role in entry.partners],
        "countries": [lookups.countries[code] for code in entry.countries],
        "tags": _tags(entry),
    }
    if entry.start:
        said["start"] = entry.start
    if entry.is_invented:
        said["lead_officer"] = by
    return said


def _tags(entry: Entry) -> list[Tag]:
    """Its objectives, as far as they are of a framework in force on its day."""
    day = entry.start.middle if entry.start else None
    allowed = objectives_allowed(None, day or timezone.localdate())
    return [
        Tag(objective=allowed[code], reason=reason, primary=primary, demonstration=True)
        for code, (reason, primary) in entry.serves.items()
        if code in allowed
    ]
