"""What a person answered of the texts in their files, kept for their next file that says the same.

It is theirs alone, as the columns they map are: a text may come from a file that others may not read. What
all shall know is kept as a name of the partner itself. It is taken only where a question would be asked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from accounts.models import User
from common.text import fold
from engagements.imports.answers import CREATE, SECTIONS
from engagements.models import Load, WordMemory

# No name is longer: what is, is a text that was taken for one.
LONGEST = 1000
LOT = 400


@dataclass
class Memory:
    """What is remembered, read once a file: (about, folded text) → it. `used` are those that were taken."""

    subject: str = Load.Subject.ENGAGEMENTS.value
    kept: dict[tuple[str, str], WordMemory] = field(default_factory=dict)
    used: dict[tuple[str, str], WordMemory] = field(default_factory=dict)

    @classmethod
    def of(cls, person: User, subject: str) -> Memory:
        """One query."""
        found = WordMemory.objects.readable_by(person)
        return cls(subject, {(one.about, fold(one.text)): one for one in found})

    def find(self, section: str, text: str) -> WordMemory | None:
        """What was answered for a text, in whatever case it is written."""
        return self.kept.get((about_of(section, self.subject), fold(text))) if self.kept else None

    def take(self, one: WordMemory) -> str:
        """Its code; that it was taken is told on the page."""
        self.used[one.about, one.key] = one
        return one.code


def key_of(text: str) -> str:
    return hashlib.sha256(fold(text).encode("utf-8", "surrogatepass")).hexdigest()


def about_of(section: str, subject: str) -> str:
    """What a section of the answers is about: kinds of partners are others than those of engagements."""
    own_kinds = section == "kinds" and subject != Load.Subject.ENGAGEMENTS
    return f"{subject}:{section}" if own_kinds else section


def section_of(about: str) -> str:
    """The section of the answers in which it stands."""
    return about.rpartition(":")[2]


def remember(person: User, told: Mapping[str, Any], *, subject: str, sensitivity: int = 0) -> bool:
    """Keep what was just answered (section → {text: code}); what is taken back (None) is forgotten.

    A partner that is to be created is not kept: it is known by its name once it is here. Says whether
    anything was forgotten.
    """
    said = {
        (about_of(section, subject), key_of(text)): (text, code)
        for section in SECTIONS
        for text, code in (told.get(section) or {}).items()
        if len(text) <= LONGEST and "\x00" not in text
    }
    answered = {key: one for key, one in said.items() if one[1] not in (None, CREATE)}
    before = _kept(person, said) if said else {}
    gone = [before[key].pk for key in said.keys() - answered.keys() if key in before]
    WordMemory.objects.filter(pk__in=gone).delete()
    WordMemory.objects.bulk_create(
        [
            WordMemory(
                person=person,
                about=about,
                key=key,
                text=text,
                code=code,
                sensitivity=min(sensitivity, _sensitivity(before.get((about, key)), sensitivity)),
                answered_at=timezone.now(),
            )
            for (about, key), (text, code) in answered.items()
        ],
        batch_size=LOT,
        update_conflicts=True,
        unique_fields=["person", "about", "key"],
        update_fields=["text", "code", "sensitivity", "answered_at"],
    )
    return bool(gone)


def _sensitivity(before: WordMemory | None, otherwise: int) -> int:
    return before.sensitivity if before else otherwise


def _kept(person: User, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], WordMemory]:
    keys = sorted({key for _about, key in wanted})
    found: dict[tuple[str, str], WordMemory] = {}
    for first in range(0, len(keys), LOT):
        some = WordMemory.objects.filter(person=person, key__in=keys[first : first + LOT])
        found |= {(one.about, one.key): one for one in some}
    return found
