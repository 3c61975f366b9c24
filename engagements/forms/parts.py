"""Who took part and where: lists that grow and shrink while the form is open.

They are kept in the form's own data (`partner` and `role`, `country`: one value a row), so that adding
and removing works by a submit button, with or without a script, and loses nothing typed elsewhere.
"""

from dataclasses import dataclass

from django.http import QueryDict

from common.text import fold
from engagements.actions import Part
from engagements.filter_fields import named
from engagements.models import Participation
from partners.models import Country, Partner

Role = Participation.PartnerRole


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
    known = {
        p.code: p for p in Partner.objects.filter(code__in=clean(codes)).select_related("parent")
    }
    return [
        PartRow(
            code=code,
            role=role if role in Role.values else Role.PARTICIPANT,
            partner=known.get(code),
        )
        for code, role in zip(codes, [*roles, *[""] * len(codes)], strict=False)
        if code
    ]


def parts_from(rows: list[PartRow]) -> list[Part]:
    """Each partner and role once."""
    parts = {(r.code, r.role): Part(partner=r.partner, role=r.role) for r in rows if r.partner}
    return list(parts.values())


def countries_in(data: QueryDict) -> list[Country]:
    known = {c.iso2: c for c in Country.objects.filter(iso2__in=clean(data.getlist("country")))}
    return [known[code] for code in dict.fromkeys(data.getlist("country")) if code in known]


def find_partner(text: str) -> Partner | None:
    """The one active partner with this code, or called so."""
    active = Partner.objects.active()
    return active.filter(code=text).first() or named(active, text)


def find_country(text: str) -> Country | None:
    """By code, or by its name in either language, as people type it."""
    wanted = fold(text)
    if len(text) == 2:
        return Country.objects.filter(iso2=text.upper()).first()
    holding = Country.objects.filter(search_text__contains=wanted)
    exact = [country for country in holding if wanted in country.search_text.split("\n")]
    return exact[0] if len(exact) == 1 else None


def clean(codes: list[str]) -> list[str]:
    """Codes that a database may be asked for: a NUL reaches none."""
    return [code for code in codes if "\x00" not in code]
