"""Restricted notes: write, amend, withdraw, bring back. Each is one transaction.

A note stands beside the engagement: none of these touches the engagement itself, its version or when
it was last changed, since anybody who reads those would learn of the note.
"""

import uuid
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Office, Sensitivity, User
from common.history.recording import recording
from engagements.models import Engagement, Note


class MovedOn(Exception):
    """The note was saved again since this person opened it: nothing was changed."""

    def __init__(self, current: Note) -> None:
        self.current = current
        super().__init__(f"the note is at version {current.version}")


# Who may


def may_write(user: User, engagement: Engagement) -> bool:
    """Of those who see it: whoever may edit the engagement, and approvers, who decide on it."""
    return (
        user.is_approver or Engagement.objects.editable_by(user).filter(pk=engagement.pk).exists()
    )


def may_amend(user: User, note: Note) -> bool:
    """Of those who read it: its author alone, and bring it back too, while they write at all."""
    return note.written_by_id == user.pk and (user.is_contributor or user.is_approver)


def may_withdraw(user: User, note: Note) -> bool:
    """Of those who read it: its author; and managers, so that what should not be here can go."""
    return may_amend(user, note) or user.is_manager


def may_bring_back(user: User, note: Note) -> bool:
    """Of those who read it: its author, and whoever withdrew it, who may have erred."""
    return may_amend(user, note) or (user.is_manager and note.withdrawn_by_id == user.pk)


# What they do


def write_note(
    *,
    by: User,
    engagement: Engagement,
    text: str,
    text_language: str,
    sensitivity: int,
    people: Iterable[User] = (),
    office: Office | None = None,
    key: uuid.UUID | None = None,
) -> Note:
    """Write a note for the people and the office named; ValidationError says who may not be.

    The same `key` sent twice by the same person gives back the note that the first one wrote.
    """
    people = list(people)
    judge(by=by, engagement=engagement, sensitivity=sensitivity, people=people, office=office)
    if key and (known := _written_with(key, by=by, engagement=engagement)):
        return known
    if key and Note.objects.filter(key=key).exists():
        key = None  # of another form: no key of this note
    now = timezone.now()
    note = Note(
        engagement=engagement,
        key=key or uuid.uuid4(),
        text=text,
        text_language=text_language,
        sensitivity=sensitivity,
        office=office,
        written_by=by,
        written_at=now,
        changed_by=by,
        changed_at=now,
    )
    try:
        with recording(by=by, act="written") as kept:
            note.save(force_insert=True)
            note.readers.set(people)
            kept.made(note)
            return note
    except IntegrityError:
        # Two copies of one form arrived together: the other one has written it.
        if key and (known := _written_with(key, by=by, engagement=engagement)):
            return known
        raise


def amend_note(
    *,
    by: User,
    note: Note,
    version: int,
    text: str,
    text_language: str,
    sensitivity: int,
    people: Iterable[User] = (),
    office: Office | None = None,
) -> Note:
    """Change what it says, how it is marked and who may read it; ValidationError as in write_note.

    `version` is the one the person saw; MovedOn is raised where it is no longer the note's.
    """
    people = list(people)
    with recording(by=by, act="amended", records=[note]):
        current = _current(note)
        if current.version != version:
            raise MovedOn(current)
        about = current.engagement
        judge(by=by, engagement=about, sensitivity=sensitivity, people=people, office=office)
        current.text, current.text_language = text, text_language
        current.sensitivity, current.office = sensitivity, office
        current.changed_by, current.changed_at = by, timezone.now()
        current.version += 1
        current.save()
        current.readers.set(people)
        return current


def withdraw_note(*, by: User, note: Note) -> Note:
    """Show it no more, but to its author and to whoever withdraws it. It stays on record."""
    with recording(by=by, act="withdrawn", records=[note]):
        current = _current(note)
        if not current.is_withdrawn:
            current.withdrawn_by, current.withdrawn_at = by, timezone.now()
            current.version += 1
            current.save()
        return current


def bring_back_note(*, by: User, note: Note) -> Note:
    """Show it again to whom it names."""
    with recording(by=by, act="brought-back", records=[note]):
        current = _current(note)
        if current.is_withdrawn:
            current.withdrawn_by = current.withdrawn_at = None
            current.version += 1
            current.save()
        return current


# What is refused


def judge(
    *,
    by: User,
    engagement: Engagement,
    sensitivity: int,
    people: Iterable[User],
    office: Office | None,
) -> None:
    """Raise ValidationError, by field, for a note that may not be marked or read like this."""
    others = [person for person in people if person != by]
    errors = {}
    if sensitivity > by.clearance:
        message = _("You are cleared to %(level)s, so you cannot mark a note higher.")
        errors["sensitivity"] = message % {"level": by.get_clearance_display()}
    if refusal := _not_cleared(others, engagement=engagement, sensitivity=sensitivity):
        errors["people"] = refusal
    elif not others and office is None:
        errors["people"] = _("Name at least one person or an office that may read it besides you.")
    elif not others and office and not _reaches_somebody(office, by, engagement, sensitivity):
        errors["office"] = _(
            "Nobody else at this office may read it like that. Name a person as well."
        )
    if errors:
        raise ValidationError(errors)


def _not_cleared(people: list[User], *, engagement: Engagement, sensitivity: int) -> str:
    """Who of them could not read it, and why; or nothing."""
    inactive = [person for person in people if not person.is_active]
    if inactive:
        message = _("No longer a user of the portal: %(people)s. Choose somebody else.")
        return message % {"people": _names(inactive)}
    below = [person for person in people if person.clearance < engagement.sensitivity]
    if below:
        message = _(
            "Not cleared to %(level)s, as this engagement is marked: %(people)s. "
            "Choose somebody else."
        )
        return message % {
            "people": _names(below),
            "level": Sensitivity(engagement.sensitivity).label,
        }
    below = [person for person in people if person.clearance < sensitivity]
    if below:
        message = _(
            "Not cleared to %(level)s, as you mark this note: %(people)s. "
            "Choose somebody else, or mark it lower."
        )
        return message % {"people": _names(below), "level": Sensitivity(sensitivity).label}
    return ""


def _reaches_somebody(office: Office, by: User, engagement: Engagement, sensitivity: int) -> bool:
    level = max(sensitivity, engagement.sensitivity)
    people = User.objects.filter(office=office, is_active=True, clearance__gte=level)
    return people.exclude(pk=by.pk).exists()


def _names(people: list[User]) -> str:
    return ", ".join(sorted(str(person) for person in people))


def _written_with(key: uuid.UUID, *, by: User, engagement: Engagement) -> Note | None:
    return Note.objects.filter(key=key, written_by=by, engagement=engagement).first()


def _current(note: Note) -> Note:
    """The note as it is now: held, since it is being recorded, until the transaction ends."""
    return Note.objects.select_related("engagement").get(pk=note.pk)
