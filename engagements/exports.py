"""The CSV a reader downloads. COLUMNS is the whole specification of it."""

import csv
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from common.marking import marking_in_words, marking_of
from engagements.models import Engagement, EngagementQuerySet
from objectives.models import FrameworkKind

# What a spreadsheet would take for the beginning of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
CHUNK = 500


def codes_of(kind: FrameworkKind) -> Callable[[Engagement], str]:
    def codes(engagement: Engagement) -> str:
        return joined(
            a.objective.code for a in engagement.alignments.all() if a.framework.kind == kind
        )

    return codes


def joined(parts: Iterable[Any]) -> str:
    return "; ".join(str(part) for part in parts)


COLUMNS: list[tuple[Any, Callable[[Engagement], Any]]] = [
    (_("Reference"), lambda e: e.reference or ""),
    (_("Title in English"), lambda e: e.title_en),
    (_("Title in French"), lambda e: e.title_fr),
    (_("Kind"), lambda e: e.get_kind_display()),
    (_("Stage"), lambda e: e.get_stage_display()),
    (_("Sensitivity"), lambda e: e.get_sensitivity_display()),
    (_("Start"), lambda e: e.start),
    (_("Start, earliest"), lambda e: e.start_earliest),
    (_("Start, latest"), lambda e: e.start_latest),
    (_("End"), lambda e: e.end),
    (_("End, earliest"), lambda e: e.end_earliest),
    (_("End, latest"), lambda e: e.end_latest),
    (_("Fiscal year"), lambda e: e.fiscal or ""),
    (_("Countries"), lambda e: joined(country.name for country in e.countries.all())),
    (_("Place"), lambda e: e.place),
    (
        _("Partners and roles"),
        lambda e: joined(
            f"{p.partner.label}, {p.get_role_display()}" for p in e.participations.all()
        ),
    ),
    (_("Partner codes"), lambda e: joined(p.partner.code for p in e.participations.all())),
    *((capfirst(kind.label), codes_of(kind)) for kind in FrameworkKind),
    (_("Lead office"), lambda e: e.lead_office.name if e.lead_office else ""),
    (_("Lead officer"), lambda e: e.lead_officer or ""),
    (_("People from CSC"), lambda e: e.csc_participants),
    (_("Planned cost (CAD)"), lambda e: e.planned_cost),
    (_("Actual cost (CAD)"), lambda e: e.actual_cost),
    (_("Paid by"), lambda e: e.paid_by),
    (_("Purpose"), lambda e: e.purpose),
    (_("Outcome"), lambda e: e.outcome),
    (_("Lessons"), lambda e: e.lessons),
    (_("Source page"), lambda e: e.source_url),
    (_("Logged by"), lambda e: e.logged_by),
    (_("Logged on"), lambda e: e.logged_at.date()),
]


class Echo:
    """A file that gives back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def to_csv(engagements: EngagementQuerySet, *, marking: int = 0) -> Iterator[str]:
    """Line by line, however many there are; begins with the mark by which Excel knows UTF-8.

    `marking` is the highest among them as asked for before: what is protected stands first and last. One
    that is marked higher while the file is being sent is told of at its end.
    """
    writer = csv.writer(Echo())
    yield "\ufeff"
    yield from (writer.writerow(line) for line in marking_lines(marking))
    yield writer.writerow([safe(heading) for heading, _value_of in COLUMNS])
    highest = marking
    for engagement in engagements.iterator(chunk_size=CHUNK):
        highest = marking_of(highest, engagement)
        yield writer.writerow([safe(value_of(engagement)) for _heading, value_of in COLUMNS])
    yield from (writer.writerow(line) for line in marking_lines(highest))


def marking_lines(level: int) -> list[list[str]]:
    """The line above and below what is protected; none for the rest."""
    return [[marking_in_words(level).upper()]] if level else []


def safe(value: Any) -> str:
    """Text that a spreadsheet shows as it is and never runs as a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
