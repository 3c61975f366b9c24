"""What a page of figures was asked for and by whom, in words: for the head of a file, a brief, a mail."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from dashboards.blocks import Scope
from dashboards.options import NONE, By, Words
from engagements.filter_words import Said, filter_said, made_for
from engagements.filters import EngagementFilter


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


def counted_for(reader: User) -> str:
    """What every file of figures says of whose eyes they are for."""
    words = _("Figures count only what you may open: up to %(clearance)s.")
    return words % {"clearance": reader.get_clearance_display()}


__all__ = [
    "Said",
    "counted_for",
    "filter_in_words",
    "filter_said",
    "made_for",
    "option_said",
    "options_said",
]
