"""The things people do to partners. Each is one transaction."""

import re
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from common.text import fold
from partners.models import FormerName, Partner

TRIES = 20


class MovedOn(Exception):
    """Somebody else saved since this person opened the partner: nothing was changed."""

    def __init__(self, current: Partner) -> None:
        self.current = current
        super().__init__(f"{current.code} is at version {current.version}")


def add_partner(*, by: User, code: str = "", former_names: Iterable[dict] = (), **fields: Any) -> Partner:
    """Add a partner under a code of its own, made from its acronym or name where none is given."""
    stem = code or code_from(fields)
    for number in range(1, TRIES):
        tried = stem if number == 1 else f"{stem}-{number}"
        try:
            with transaction.atomic():
                if Partner.objects.filter(code=tried).exists():
                    continue
                partner = Partner.objects.create(code=tried, created_by=by, **fields)
                _set_former_names(partner, former_names)
                return partner
        except IntegrityError:
            # Somebody took the same code at the same moment: the next number.
            if not Partner.objects.filter(code=tried).exists():
                raise
    raise ValueError(f"no code left like {stem}")


@transaction.atomic
def amend_partner(
    *,
    by: User,
    partner: Partner,
    version: int,
    former_names: Iterable[dict] | None = None,
    **fields: Any,
) -> Partner:
    """Change a partner; its code stays. MovedOn where `version` is no longer the record's."""
    current = _locked(partner, version=version)
    for name, value in fields.items():
        setattr(current, name, value)
    _mark_edited(current, by=by)
    current.save()
    if former_names is not None:
        _set_former_names(current, former_names)
    return current


@transaction.atomic
def archive_partner(*, by: User, partner: Partner, reason: str) -> Partner:
    """Offer it no more. What it took part in keeps it."""
    current = _locked(partner)
    current.archived_at, current.archived_by, current.archive_reason = timezone.now(), by, reason
    _mark_edited(current, by=by)
    current.save()
    return current


@transaction.atomic
def restore_partner(*, by: User, partner: Partner) -> Partner:
    """Offer an archived partner again."""
    current = _locked(partner)
    current.archived_at, current.archived_by, current.archive_reason = None, None, ""
    _mark_edited(current, by=by)
    current.save()
    return current


@transaction.atomic
def verify_partner(*, by: User, partner: Partner) -> Partner:
    """Say that what is on record was checked today."""
    current = _locked(partner)
    current.verified_on = timezone.localdate()
    _mark_edited(current, by=by)
    current.save()
    return current


def code_from(fields: dict[str, Any]) -> str:
    """A code people can read: from the acronym, or the name; letters, digits and hyphens."""
    words = [fields.get(name) or "" for name in ("acronym_en", "acronym_fr", "name_en", "name_fr")]
    for text in words:
        code = re.sub(r"[^A-Z0-9]+", "-", fold(text).upper()).strip("-")[:50].strip("-")
        if code:
            return code
    return "PARTNER"


def _locked(partner: Partner, *, version: int | None = None) -> Partner:
    current = Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
    if version is not None and current.version != version:
        raise MovedOn(current)
    current.version += 1
    return current


def _mark_edited(partner: Partner, *, by: User) -> None:
    """What was changed here is not overwritten by the file it was loaded from."""
    partner.edited_at, partner.edited_by = timezone.now(), by


def _set_former_names(partner: Partner, former_names: Iterable[dict]) -> None:
    partner.former_names.all().delete()
    for names in former_names:
        FormerName(partner=partner, **names).save()
