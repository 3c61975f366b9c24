"""What a filter asks for, in words: for the head of a file, a brief, a mail, the record of exports."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.models import User
from common.filters import AddressFilter
from engagements.filters import EngagementFilter


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing that was asked for: "Partner", "UNODC"."""

    label: str
    value: str

    def __str__(self) -> str:
        return _("%(label)s: %(value)s") % {"label": self.label, "value": self.value}


def filter_said(filters: AddressFilter) -> list[Said]:
    """Each choice of the filter, in the order of its form."""
    return [Said(label=capfirst(each.label), value=each.value) for each in filters.selected]


def filter_in_words(filters: EngagementFilter) -> str:
    """On one line; says so where nothing is chosen."""
    said = filter_said(filters)
    return _("; ").join(map(str, said)) if said else _("none: the whole list")


def made_for(reader: User) -> str:
    """Who the reader is to the portal: "Manager, cleared up to Protected A"."""
    words = {"role": reader.get_role_display(), "clearance": reader.get_clearance_display()}
    return _("%(role)s, cleared up to %(clearance)s") % words
