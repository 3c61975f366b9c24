"""Who took part and where: lists that grow and shrink while the form is open.

They are kept in the form's own data (`partner` and `role`, `country`: one value a row), so that adding
and removing works by a submit button, with or without a script, and loses nothing typed elsewhere.
"""

import re
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from common.bilingual import reader_language
from common.filter_fields import shown
from common.prepared import ask
from common.text import LINE_LENGTH, fold
from engagements.actions import Part
from engagements.models import Participation
from partners.models import Country, Partner

Role = Participation.PartnerRole
FEW = 5
# "Tanzania" stands for the United Republic of Tanzania; three letters stand for too many.
ENOUGH_OF_A_NAME = 4
# What people write for a country although the code is not its own.
NOT_ISO = {"UK": "GB"}


@dataclass(frozen=True, kw_only=True)
class PartRow:
    """One partner in the form. `partner` is None where the code stands for nothing any more."""

    code: str
    role: str
    partner: Partner | None


def part_rows(data: QueryDict) -> list[PartRow]:
    """The partners chosen so far, in their order."""
    codes = data.getlist("partner")
    roles = data.getlist("role")
    known = {p.code: p for p in ask("partners by code", _partners, codes=clean(codes))}
    return [
        PartRow(
            code=code,
            role=role if role in Role.values else Role.PARTICIPANT,
            partner=known.get(code),
        )
        for code, role in zip(codes, [*roles, *[""] * len(codes)], strict=False)
        if code
    ]


def _partners(codes: list[str]) -> QuerySet[Partner]:
    return Partner.objects.filter(code__in=codes).select_related("parent")


def parts_from(rows: list[PartRow]) -> list[Part]:
    """Each partner and role once."""
    parts = {(r.code, r.role): Part(partner=r.partner, role=r.role) for r in rows if r.partner}
    return list(parts.values())


def countries_in(data: QueryDict) -> list[Country]:
    asked = ask("countries by code", _countries, codes=clean(data.getlist("country")))
    known = {country.iso2: country for country in asked}
    return [known[code] for code in dict.fromkeys(data.getlist("country")) if code in known]


def _countries(codes: list[str]) -> QuerySet[Country]:
    return Country.objects.filter(iso2__in=codes)


def find_partner(text: str) -> Partner | None:
    """The one active partner with this code, or called so."""
    active = Partner.objects.active()
    return active.filter(code=text).first() or active.called(text)


def find_country(text: str) -> Country | None:
    """By code, by its name in either language, or by enough of its name to mean no other."""
    wanted = fold(text)
    if len(text) == 2:
        code = text.upper()
        return Country.objects.filter(iso2=NOT_ISO.get(code, code)).first()
    holding = Country.objects.filter(search_text__contains=wanted)
    exact = [country for country in holding if wanted in country.search_text.split("\n")]
    if not exact and len(wanted) >= ENOUGH_OF_A_NAME:
        word_begins = re.compile(rf"\b{re.escape(wanted)}")
        exact = [country for country in holding if word_begins.search(country.search_text)]
    return exact[0] if len(exact) == 1 else None


def with_what_is_being_added(data: QueryDict) -> QueryDict:
    """A name typed in "add a partner" or "add a country" counts as chosen when it is one."""
    if not data.get("add_partner") and not data.get("add_country"):
        return data
    data = data.copy()
    if partner := _found(find_partner, data.get("add_partner", "")):
        data.appendlist("partner", partner.code)
        data.appendlist("role", data.get("add_role", ""))
        data["add_partner"] = ""
    if country := _found(find_country, data.get("add_country", "")):
        if country.iso2 not in data.getlist("country"):
            data.appendlist("country", country.iso2)
        data["add_country"] = ""
    return data


def _found(find, text: str):
    text = text.strip()
    return find(text) if text and "\x00" not in text and len(text) <= LINE_LENGTH * 2 else None


def why_not_found(name: str, typed: str) -> str:
    """What is wrong with a name typed in "add_partner" or "add_country" that stands for none."""
    told = {"code": shown(typed)}
    if name == "add_country":
        return _("“%(code)s” is no country we know. Choose one from the list.") % told
    if "\x00" not in typed and (
        archived := Partner.objects.exclude(archived_at=None).called(typed)
    ):
        return why_archived(archived)
    return (
        _(
            "No partner, or more than one, is called “%(code)s”. Choose one from the list, or create it."
        )
        % told
    )


def why_archived(partner: Partner) -> str:
    reason = partner.archive_reason
    stop = "" if reason.endswith((".", "!", "?")) else "."
    told = {"partner": partner.label, "reason": f"{reason}{stop}"}
    return _("%(partner)s is archived: %(reason)s Choose another partner, or remove it.") % told


def nearly(typed: str) -> list[Partner]:
    """A few partners that hold the words typed, for whoever has no combobox."""
    typed = typed.replace("\x00", "")[:LINE_LENGTH]
    if not fold(typed):
        return []
    return list(Partner.objects.active().matching(typed).by_name(reader_language())[:FEW])


def clean(codes: list[str]) -> list[str]:
    """Codes that a database may be asked for: a NUL reaches none."""
    return [code for code in codes if "\x00" not in code]
