"""Contacts: log, amend, mark as no longer there, bring back; one or many. Each is one transaction."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import User
from common.history.recording import recording
from partners.models import Contact, Partner


class MovedOn(Exception):
    """Somebody else saved since this person opened the contact: nothing was changed."""

    def __init__(self, current: Contact) -> None:
        self.current = current
        super().__init__(f"the contact is at version {current.version}")


class AlreadyThere(Exception):
    """The partner has a contact of that name in that post: nothing was changed.

    `contact` is the one it has; or of several sent at once, the first of two alike, which is not saved.
    """

    def __init__(self, contact: Contact) -> None:
        self.contact = contact
        super().__init__(f"{contact.partner.code} has that contact already")


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """What becomes of one contact. `version` is the one the person saw, None where nobody looked;
    `fields` are columns of the model, those that are not named stay."""

    contact: Contact
    version: int | None
    fields: dict[str, Any] = field(default_factory=dict)


def log_contact(*, by: User, partner: Partner, key: uuid.UUID | None = None, **fields) -> Contact:
    """Add a contact; AlreadyThere where the partner has one of that name in that post.

    The same `key` sent twice by the same person gives back the contact that the first one added.
    """
    if key and (known := Contact.objects.filter(key=key).select_related("partner").first()):
        if _is_of(known, by, partner):
            return known
        key = None  # of another form: no key of this contact
    told = fields | {"partner": partner} | ({"key": key} if key else {})
    try:
        return log_contacts(by=by, told=[told])[0]
    except (AlreadyThere, IntegrityError):
        # Two copies of one form arrived together: the other one has added it.
        if key and (known := logged_with(key, by=by, partner=partner)):
            return known
        raise


def log_contacts(*, by: User, told: Iterable[dict[str, Any]]) -> list[Contact]:
    """Add each of them, all or none: `told` are their columns, `partner` among them.

    AlreadyThere names the first that its partner has, or that is told twice. Few statements, however
    many there are.
    """
    now = timezone.now()
    stamp = {"logged_by": by, "logged_at": now, "changed_by": by, "changed_at": now}
    made = [Contact(**columns, **stamp) for columns in told]
    for contact in made:
        contact.fold_names()
    try:
        with recording(by=by, act="added") as kept:
            _refuse_twins(made)
            Contact.objects.bulk_create(made)
            kept.made(*made)
    except IntegrityError:
        _refuse_twins(made)  # somebody added one of them in between
        raise
    return made


def amend_contact(
    *, by: User, contact: Contact, version: int, act: str = "amended", **fields
) -> Contact:
    """Change a contact. MovedOn where `version` is no longer its own, AlreadyThere where it would be
    like another. `act` is what its history calls the change."""
    amendment = Amendment(contact=contact, version=version, fields=fields)
    return amend_contacts(by=by, amendments=[amendment], act=act)[0]


def amend_contacts(
    *, by: User, amendments: Iterable[Amendment], act: str = "amended"
) -> list[Contact]:
    """Change each of them, all or none; MovedOn and AlreadyThere name the first that cannot be."""
    wanted = {amendment.contact.pk: amendment for amendment in amendments}
    return _change(wanted, by=by, act=act)


def retire_contacts(*, by: User, contacts: Iterable[Contact]) -> list[Contact]:
    """Mark them as no longer there. They stay on record, and can be brought back."""
    gone = {"retired_at": timezone.now(), "retired_by": by}
    return _change(_each(contacts, gone), by=by, act="left", only=lambda one: not one.is_gone)


def bring_back_contacts(*, by: User, contacts: Iterable[Contact]) -> list[Contact]:
    """They are there after all. AlreadyThere where one would be like another that is there."""
    there = {"retired_at": None, "retired_by": None}
    return _change(_each(contacts, there), by=by, act="brought-back", only=lambda one: one.is_gone)


def move_contacts(*, by: User, contacts: Iterable[Contact], partner: Partner) -> list[Contact]:
    """To another partner, as when two partners become one; whoever is there twice is there once.

    Of two alike, the one that comes is marked as no longer there: nothing of it is lost.
    """
    with transaction.atomic():
        known = set(partner.contacts.there().values_list("likeness", flat=True))
        coming = [contact for contact in contacts if contact.partner_id != partner.pk]
        twins = [contact for contact in coming if not contact.is_gone and contact.likeness in known]
        retire_contacts(by=by, contacts=twins)
        return _change(_each(coming, {"partner": partner}), by=by, act="moved")


def logged_with(key: uuid.UUID, *, by: User, partner: Partner) -> Contact | None:
    """The contact that the person added with that form."""
    return Contact.objects.filter(key=key, logged_by=by, partner=partner).first()


def _is_of(contact: Contact, by: User, partner: Partner) -> bool:
    return (contact.logged_by_id, contact.partner_id) == (by.pk, partner.pk)


def _each(contacts: Iterable[Contact], fields: dict[str, Any]) -> dict[int, Amendment]:
    return {one.pk: Amendment(contact=one, version=None, fields=fields) for one in contacts}


def _change(
    wanted: dict[int, Amendment], *, by: User, act: str, only: Any = lambda contact: True
) -> list[Contact]:
    """Each as it is now, held, with what becomes of it; those that `only` does not want stay."""
    if not wanted:
        return []
    changed: list[Contact] = []
    try:
        with recording(by=by, act=act, records=[each.contact for each in wanted.values()]):
            found = Contact.objects.select_related("partner").in_bulk(wanted)
            changed = [_changed(found[pk], wanted[pk], by) for pk in wanted if only(found[pk])]
            _refuse_twins(changed)
            if len(changed) > 1:  # two that take each other's name are never alike on the way
                mine = Contact.objects.filter(pk__in=[contact.pk for contact in changed])
                mine.update(likeness=Cast("pk", CharField()))
            Contact.objects.bulk_update(changed, CHANGED)
            return [found[pk] for pk in wanted]
    except IntegrityError:
        _refuse_twins(changed)  # somebody added one like it in between
        raise


def _changed(current: Contact, amendment: Amendment, by: User) -> Contact:
    if amendment.version is not None and amendment.version != current.version:
        raise MovedOn(current)
    for name, value in amendment.fields.items():
        setattr(current, name, value)
    current.changed_by, current.changed_at = by, timezone.now()
    current.version += 1
    current.fold_names()
    return current


CHANGED = [
    field.name
    for field in Contact._meta.local_concrete_fields
    if field.name not in ("id", "key", "logged_at", "logged_by")
]


def _refuse_twins(contacts: Sequence[Contact]) -> None:
    """Raise AlreadyThere where one of them would be there twice."""
    there = [contact for contact in contacts if not contact.is_gone]
    known = (
        {
            (contact.partner_id, contact.likeness): contact
            for contact in Contact.objects.there()
            .filter(partner__in={contact.partner_id for contact in there})
            .exclude(pk__in=[contact.pk for contact in there if contact.pk])
            .select_related("partner")
        }
        if there
        else {}
    )
    for contact in there:
        twin = known.setdefault((contact.partner_id, contact.likeness), contact)
        if twin is not contact:
            raise AlreadyThere(twin)
