"""The things administrators do to partners: add, amend, archive, restore, verify. One transaction each."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import User
from common.history.recording import recording
from common.text import fold
from partners.models import Country, FormerName, Partner

CODE_LENGTH = 40
ATTEMPTS = 20
A_MOMENT = dt.timedelta(seconds=30)
GOVERNMENTS = {Partner.Kind.FOREIGN_GOVERNMENT, Partner.Kind.CANADIAN_GOVERNMENT}


class MovedOn(Exception):
    """Somebody else saved since this person opened the partner: nothing was changed."""

    def __init__(self, current: Partner) -> None:
        self.current = current
        super().__init__(f"{current.code} is at version {current.version}")


class ParentCycle(Exception):
    """The partner would stand, however far up, under itself."""


class CodeTaken(Exception):
    """Another partner has the code that was asked for."""


def add_partner(
    *,
    by: User,
    kind: str,
    name_en: str = "",
    name_fr: str = "",
    acronym_en: str = "",
    acronym_fr: str = "",
    country: Country | None = None,
    parent: Partner | None = None,
    code: str | None = None,
    former_names: Iterable[Mapping[str, str]] = (),
    **fields: Any,
) -> Partner:
    """Add a partner, under `code` or one made of its acronym or name that no other has.

    The very same, told again within a moment (a button pressed twice, two people at once), is one.
    """
    fields |= {"kind": kind, "country": country, "parent": parent}
    fields |= {"name_en": name_en, "name_fr": name_fr}
    fields |= {"acronym_en": acronym_en, "acronym_fr": acronym_fr}
    wanted = code or code_for(Partner(**fields))
    if code and _is_taken(code):
        raise CodeTaken(code)
    for _attempt in range(ATTEMPTS):
        candidate = code or _free(wanted)
        # Asked after the code: whoever takes it in between makes the next step fail.
        if not code and (twin := _just_added(fields)):
            return twin
        try:
            return _add(by=by, code=candidate, former_names=former_names, fields=fields)
        except IntegrityError:
            # Another person's partner took the code in between; anything else is no matter of codes.
            if not _is_taken(candidate):
                raise
    raise CodeTaken(wanted)


@transaction.atomic
def amend_partner(
    *,
    by: User,
    partner: Partner,
    version: int,
    former_names: Iterable[Mapping[str, str]] | None = None,
    act: str = "amended",
    **fields: Any,
) -> Partner:
    """Change a partner; its code stays. `former_names` replace those it has, unless None.

    `version` is the one the person saw; MovedOn is raised where it is no longer the partner's,
    ParentCycle where its new parent stands beneath it. `act` is what its history calls the change.
    """
    if parent := fields.get("parent"):
        refuse_cycle(partner, parent)
    current = _locked(partner, by=by, version=version)
    with recording(by=by, act=act, records=[current]):
        for name, value in fields.items():
            setattr(current, name, value)
        current.save()
        if former_names is not None:
            current.former_names.all().delete()
            _add_former_names(current, former_names)
    return current


@transaction.atomic
def add_other_names(*, by: User, partner: Partner, names: Iterable[Mapping[str, str]]) -> Partner:
    """Know a partner by other names as well, beside those it has: without the dates of a former one."""
    current = _locked(partner, by=by)
    with recording(by=by, act="amended", records=[current]):
        current.save()
        _add_former_names(current, names)
    return current


@transaction.atomic
def archive_partner(*, by: User, partner: Partner, reason: str) -> Partner:
    """Offer a partner no more, and say why. What was done with it keeps it."""
    current = _locked(partner, by=by)
    if not current.is_archived:
        with recording(by=by, act="archived", records=[current]):
            current.archived_at, current.archived_by = timezone.now(), by
            current.archive_reason = reason
            current.save()
    return current


@transaction.atomic
def restore_partner(*, by: User, partner: Partner) -> Partner:
    """Offer an archived partner again."""
    current = _locked(partner, by=by)
    if current.is_archived:
        with recording(by=by, act="brought-back", records=[current]):
            current.archived_at, current.archived_by, current.archive_reason = None, None, ""
            current.save()
    return current


@transaction.atomic
def verify_partner(*, by: User, partner: Partner) -> Partner:
    """Record that somebody looked today and all of it was right."""
    current = Partner.objects.select_for_update().get(pk=partner.pk)
    with recording(by=by, act="verified", records=[current]):
        current.verified_on = timezone.localdate()
        current.save(update_fields=["verified_on"])
    return current


def code_for(partner: Partner) -> str:
    """A code from its acronym or name, after its country's where it is a government's: NO-KRIM."""
    source = (
        partner.acronym_en
        or partner.acronym_fr
        or partner.name_en
        or partner.name_fr
        or partner.name_own
    )
    slug = re.sub(r"[^A-Z0-9]+", "-", fold(source).upper()).strip("-")
    if partner.kind in GOVERNMENTS and partner.country:
        prefix = partner.country.iso2
        slug = slug if slug.startswith(f"{prefix}-") else f"{prefix}-{slug}".strip("-")
    return _shortened(slug) or "PARTNER"


def _shortened(slug: str) -> str:
    """No longer than CODE_LENGTH, cut between two words where there are two."""
    if len(slug) <= CODE_LENGTH:
        return slug
    cut = slug[: CODE_LENGTH + 1]
    return cut.rpartition("-")[0] or cut[:CODE_LENGTH]


def _just_added(fields: dict[str, Any]) -> Partner | None:
    since = timezone.now() - A_MOMENT
    return Partner.objects.active().filter(created_at__gte=since, **fields).first()


def _free(wanted: str) -> str:
    """The code itself, or with the first number after it that no partner has: names in another
    script all begin as PARTNER, and many a ministry is called MOJ."""
    beginning = Partner.objects.filter(code__istartswith=wanted).values_list("code", flat=True)
    taken = {code.upper() for code in beginning}
    numbered = (wanted if n == 1 else f"{wanted}-{n}" for n in count(1))
    return next(code for code in numbered if code.upper() not in taken)


def _is_taken(code: str) -> bool:
    return Partner.objects.filter(code__iexact=code).exists()


@transaction.atomic
def _add(
    *, by: User, code: str, former_names: Iterable[Mapping[str, str]], fields: dict[str, Any]
) -> Partner:
    partner = Partner(code=code, created_by=by, edited_by=by, edited_at=timezone.now(), **fields)
    with recording(by=by, act="added") as kept:
        partner.save(force_insert=True)
        _add_former_names(partner, former_names)
        kept.made(partner)
    return partner


def _add_former_names(partner: Partner, names: Iterable[Mapping[str, str]]) -> None:
    for columns in names:
        FormerName.objects.create(partner=partner, **columns)


def _locked(partner: Partner, *, by: User, version: int | None = None) -> Partner:
    """The partner as it is now, held until the transaction ends, its version moved on by one."""
    current = Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)
    if version is not None and current.version != version:
        raise MovedOn(current)
    current.version += 1
    current.edited_at, current.edited_by = timezone.now(), by
    return current


def refuse_cycle(partner: Partner, parent: Partner) -> None:
    """Raise ParentCycle where `parent` is the partner or stands beneath it. Runs in a transaction."""
    # All rows are held, in one order: two moves at once cannot close a ring between them.
    rows = Partner.objects.select_for_update(of=("self",)).order_by("pk")
    parents = dict(rows.values_list("pk", "parent"))
    above: int | None = parent.pk
    while above is not None:
        if above == partner.pk:
            raise ParentCycle
        above = parents[above]
