"""What a page of figures was asked for and by whom, in words: for the head of a file, a brief, a mail."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from dashboards.blocks import Scope
from dashboards.options import NONE, By, Words
from engagements.filters import EngagementFilter


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing that was asked for: "Partner", "UNODC"."""

    label: str
    value: str

    def __str__(self) -> str:
        return _("%(label)s: %(value)s") % {"label": self.label, "value": self.value}


def filter_said(filters: EngagementFilter) -> list[Said]:
    """Each choice of the filter, in the order of its form."""
    return [Said(label=capfirst(each.label), value=each.value) for each in filters.selected]


def filter_in_words(filters: EngagementFilter) -> str:
    """On one line; says so where nothing is chosen."""
    said = filter_said(filters)
    return _("; ").join(map(str, said)) if said else _("none: everything is counted")


def options_said(scope: Scope, *, by_objective: bool) -> list[Said]:
    """How the figures are shown, where otherwise than the page would by itself.

    `by_objective`: some of them are, so that it is said that they are read in today's words, unasked too.
    """
    titles = {framework.code: framework.title for framework in scope.every_framework}
    chosen = scope.options.pairs
    if by_objective and not scope.options.words and scope.is_today:
        chosen = [*chosen, ("words", Words.TODAY.value)]
    return [option_said(name, text, titles) for name, text in chosen]


def option_said(name: str, text: str, titles: Mapping[str, str]) -> Said:
    """One of dashboards.options; KeyError for a framework that is not among `titles` (by code)."""
    labels = {"rows": _("Rows"), "columns": _("Columns"), "split": _("Split by")}
    if name in labels:
        nothing = name == "split" and text == NONE
        return Said(label=labels[name], value=_("nothing") if nothing else titles[text])
    if name == "by":
        return Said(label=_("Counted"), value=str(By(text).label))
    if name == "words":
        return Said(label=_("Objectives"), value=str(Words(text).label))
    months = int(text)
    said = ngettext("after %(n)s month", "after %(n)s months", months) % {"n": months}
    return Said(label=_("Partners count as silent"), value=said)


def made_for(reader: User) -> str:
    """Who the reader is to the portal: "Manager, cleared up to Protected A"."""
    words = {"role": reader.get_role_display(), "clearance": reader.get_clearance_display()}
    return _("%(role)s, cleared up to %(clearance)s") % words


def counted_for(reader: User) -> str:
    """What every file of figures says of whose eyes they are for."""
    words = _("Figures count only what you may open: up to %(clearance)s.")
    return words % {"clearance": reader.get_clearance_display()}
