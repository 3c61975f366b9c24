"""What a page of figures was asked for, in words: for the head of a file, a brief, a mail."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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


def options_said(scope: Scope) -> list[Said]:
    """How the figures are shown, where otherwise than the page would by itself."""
    return [Said(label=label, value=value) for label, value in _options(scope)]


def _options(scope: Scope) -> Iterator[tuple[str, str]]:
    chosen = dict(scope.options.pairs)
    titles = {framework.code: framework.title for framework in scope.every_framework}
    labels = {"rows": _("Rows"), "columns": _("Columns"), "split": _("Split by")}
    for name, label in labels.items():
        if code := chosen.get(name):
            yield label, _("nothing") if code == NONE else titles.get(code, code)
    if by := chosen.get("by"):
        yield _("Counted"), str(By(by).label)
    if words := chosen.get("words"):
        yield _("Objectives"), str(Words(words).label)
    if "silent" in chosen:
        months = scope.options.silent
        said = ngettext("after %(n)s month", "after %(n)s months", months) % {"n": months}
        yield _("Partners count as silent"), said
