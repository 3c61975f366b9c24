"""How complete."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from dashboards.blocks.scope import Scope, drafts_of_reader
from dashboards.links import list_of
from dashboards.metrics.completeness import Lack, own_drafts
from dashboards.metrics.completeness import completeness as completeness_of
from engagements.gaps import Gap
from objectives.models import FrameworkKind
from partners.verification import Verified


@dataclass(frozen=True, kw_only=True)
class Line:
    """What is missing, in words; and where the reader adds it, "" where there is nothing for them to do."""

    label: str
    lack: Lack
    to_do: str = ""
    url: str = ""


def completeness(scope: Scope) -> dict[str, Any]:
    reader = scope.filters.user
    counted = completeness_of(scope.engagements, reader, scope.today, scope.tagged_by_kind)
    return {
        "counted": counted,
        "lines": list(lines(counted.lacks, scope)),
        "drafts": own_drafts(drafts_of_reader(scope), scope.today),
        "verify_url": verify_url(),
        "can_do": reader.is_contributor,
    }


def lines(lacks: list[Lack], scope: Scope) -> Iterator[Line]:
    for lack in lacks:
        to_do, url = work(lack, scope)
        yield Line(label=label(lack.what), lack=lack, to_do=to_do, url=url)


def work(lack: Lack, scope: Scope) -> tuple[str, str]:
    """What the reader can do about it, and where; partners are verified by whoever keeps them."""
    if lack.what == Gap.PARTNER_UNVERIFIED:
        can = may_verify(scope.filters.user) and lack.engagements
        return (_("Verify the partners"), verify_url()) if can else ("", "")
    if not lack.to_do:
        return "", ""
    return verb(lack.what, lack.to_do.count), list_of(scope.filters, lack.to_do)


def may_verify(reader: User) -> bool:
    return reader.is_administrator


def verify_url() -> str:
    asked = "&".join(f"verified={one}" for one in Verified.values)
    return f"{reverse('partners:list')}?{asked}"


def label(what: Gap | FrameworkKind) -> str:
    """What is missing."""
    if isinstance(what, FrameworkKind):
        return {
            FrameworkKind.PILLAR: _("No pillar"),
            FrameworkKind.PRIORITY: _("No strategic priority"),
            FrameworkKind.MANDATE: _("No mandate item"),
            FrameworkKind.THEME: _("No theme"),
            FrameworkKind.SECTOR: _("No sector"),
        }[what]
    return {
        Gap.OUTCOME: _("No outcome, 60 days after the end"),
        Gap.LATE: _("Nothing said of what became of it, its last day gone by"),
        Gap.COST: _("No actual cost"),
        Gap.PEOPLE: _("No number of people from CSC"),
        Gap.TITLE_FR: _("No title in French"),
        Gap.TITLE_EN: _("No title in English"),
        Gap.COUNTRY: _("No country"),
        Gap.PARTNER: _("No partner"),
        Gap.PARTNER_UNVERIFIED: _("A partner not verified in the last year"),
    }[what]


def verb(what: Gap | FrameworkKind, n: int) -> str:
    """What to do about `n` engagements."""
    if isinstance(what, FrameworkKind):
        return ngettext("Align it", "Align these", n)
    return {
        Gap.OUTCOME: ngettext("Write its outcome", "Write their outcomes", n),
        Gap.LATE: ngettext("Say what became of it", "Say what became of them", n),
        Gap.COST: _("Enter the actual cost"),
        Gap.PEOPLE: _("Enter the number of people"),
        Gap.TITLE_FR: _("Add a title in French"),
        Gap.TITLE_EN: _("Add a title in English"),
        Gap.COUNTRY: _("Add the country"),
        Gap.PARTNER: _("Add the partner"),
    }[what]
