"""Many partners at once: added in one transaction, with few statements however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from common.history.recording import recording
from partners.actions import code_for
from partners.models import FormerName, Partner


@transaction.atomic
def add_partners(*, by: User, told: Iterable[dict[str, Any]]) -> list[Partner]:
    """Add each of them, all or none, as add_partner does one: `told` are their columns.

    Under a `code` that is told, which nobody may have yet, or one that is made; with its `former_names`.
    """
    now, made, former = timezone.now(), [], []
    for columns in map(dict, told):
        names = columns.pop("former_names", ())
        made.append(Partner(created_by=by, edited_by=by, edited_at=now, **columns))
        former += [FormerName(partner=made[-1], **name) for name in names]
    if not made:
        return []
    taken = {code.upper() for code in Partner.objects.values_list("code", flat=True)}
    for partner in made:
        partner.code = partner.code or free_code(code_for(partner), taken)
        taken.add(partner.code.upper())
        partner.fold_names()
    with recording(by=by, act="added") as kept:
        Partner.objects.bulk_create(made)
        for name in former:
            name.partner_id = name.partner.pk
            name.fold_names()
        FormerName.objects.bulk_create(former)
        kept.made(*made)
    return made


def free_code(wanted: str, taken: set[str]) -> str:
    """The code itself, or with the first number after it that no partner has."""
    candidate, number = wanted, 1
    while candidate.upper() in taken:
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate
