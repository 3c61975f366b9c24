"""Regions, countries and partners with their former names, from the files in partners/reference/."""

from collections import defaultdict
from pathlib import Path
from typing import Any

from django.db.models import F
from django.utils import timezone

from common.reference import (
    Entry,
    Retirement,
    Tally,
    Wanted,
    bring_into_step,
    check,
    read,
    was_edited,
)
from partners.models import Country, FormerName, Partner, Region

FOLDER = Path(__file__).parent / "reference"

SECTORS = ("police", "courts", "corrections")
NAMES = ("name_en", "name_fr", "acronym_en", "acronym_fr")
PARTNER_TEXTS = (
    "kind",
    *NAMES,
    "name_own",
    "own_language",
    "seat_en",
    "seat_fr",
    "website",
    "crs_code",
    "existed_from",
    "existed_until",
)
FORMER_TEXTS = (*NAMES, "used_from", "used_until")
# Kept in the database, where it can have one language only: so it speaks both.
LEFT_THE_FILE = "No longer in the reference data / Ne figure plus dans les données de référence"

ARCHIVE = Retirement(
    sign="archived_at",
    gone=lambda: {"archived_at": timezone.now(), "archive_reason": LEFT_THE_FILE},
    back={"archived_at": None, "archive_reason": ""},
)


def load() -> list[Tally]:
    """Bring regions, countries and partners into step with their files."""
    regions, of_regions = bring_into_step(
        Region, [_region(entry) for entry in read(FOLDER / "regions.yaml")]
    )
    wanted = [_country(entry, regions) for entry in read(FOLDER / "countries.yaml", "iso2")]
    countries, of_countries = bring_into_step(Country, wanted, key="iso2")
    file = read(FOLDER / "partners.yaml")
    partners, of_partners = bring_into_step(
        Partner,
        [_partner(entry, countries) for entry in file],
        is_kept=_is_decided_here,
        retirement=ARCHIVE,
    )
    _load_former_names(file, partners, of_partners)
    return [of_regions, of_countries, of_partners]


def _is_decided_here(partner: Partner) -> bool:
    """Added, edited or archived by a person in the portal."""
    return was_edited(partner) or bool(partner.created_by_id or partner.archived_by_id)


def _region(entry: Entry) -> Wanted:
    entry.allow_only({"code", "name_en", "name_fr", "parent"})
    columns = {name: entry.text(name) for name in ("name_en", "name_fr")}
    return Wanted(entry, entry.text("code"), columns, parent=entry.text("parent"))


def _country(entry: Entry, regions: dict[str, Any]) -> Wanted:
    texts = ("iso3", "m49", "name_en", "name_fr")
    entry.allow_only({"iso2", "region", *texts})
    columns: dict[str, Any] = {name: entry.text(name) for name in texts}
    columns["region_id"] = _known(entry, "region", regions)
    return Wanted(entry, entry.text("iso2"), columns)


def _partner(entry: Entry, countries: dict[str, Any]) -> Wanted:
    entry.allow_only({"code", "parent", "country", "sectors", "former_names", *PARTNER_TEXTS})
    columns: dict[str, Any] = {name: entry.text(name) for name in PARTNER_TEXTS}
    columns["country_id"] = _known(entry, "country", countries)
    sectors = entry.items("sectors")
    if unknown := [sector for sector in sectors if sector not in SECTORS]:
        raise entry.refuse(f"no justice sector {unknown[0]!r}: write {', '.join(SECTORS)}")
    columns |= {f"in_{sector}": sector in sectors for sector in SECTORS}
    return Wanted(entry, entry.text("code"), columns, parent=entry.text("parent"))


def _known(entry: Entry, name: str, rows: dict[str, Any]) -> int | None:
    """The primary key of the row whose code the field gives."""
    code = entry.text(name)
    if code and code not in rows:
        raise entry.refuse(f"there is no {name} {code}")
    return rows[code].pk if code else None


def _load_former_names(file: list[Entry], partners: dict[str, Any], tally: Tally) -> None:
    """Give each partner the former names of its entry, all anew where one of them differs."""
    present: dict[int, list[tuple[str, ...]]] = defaultdict(list)
    for row in FormerName.objects.order_by("pk").values_list("partner_id", *FORMER_TEXTS):
        present[row[0]].append(row[1:])
    stale, new = [], []
    for entry in file:
        code, partner = entry.text("code"), partners[entry.text("code")]
        wanted = [_former_name(former, partner.pk) for former in entry.entries("former_names")]
        told = [tuple(getattr(row, name) for name in FORMER_TEXTS) for row in wanted]
        if _is_decided_here(partner) or told == present[partner.pk]:
            continue
        new += wanted
        if code not in tally.added:
            stale.append(partner.pk)
            tally.changed_too(code)
    if stale:
        FormerName.objects.filter(partner__in=stale).delete()
        Partner.objects.filter(pk__in=stale).update(version=F("version") + 1)
    FormerName.objects.bulk_create(new)


def _former_name(entry: Entry, partner: int) -> FormerName:
    entry.allow_only(FORMER_TEXTS)
    row = FormerName(partner_id=partner, **{name: entry.text(name) for name in FORMER_TEXTS})
    row.fold_names()
    check(row, entry)
    return row
