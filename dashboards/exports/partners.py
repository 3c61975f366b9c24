"""The lines of partners in a file."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from dashboards.metrics.facts import PAIRS
from dashboards.metrics.partners import PartnerLine, Partners


def partners_lines(block: dict[str, Any]) -> Iterator[list[Any]]:
    """A line for each partner reached and for those above them, by name, bodies under their partner."""
    found: Partners = block["found"]
    yield headings(found)
    for line in found.lines(found.opened(found.reached, "name")):
        yield values(line)


def headings(found: Partners) -> list[str]:
    return [
        _("Code"),
        _("Partner"),
        _("Part of"),
        _("Took part itself"),
        _("Engagements in %(year)s, planned included") % {"year": found.year},
        _("Engagements, planned included"),
        _("Last contact"),
        pgettext("to a partner", "Given"),
        pgettext("from a partner", "Received"),
        _("Visits hosted"),
        _("Visits made"),
        _("Training given"),
        _("Training taken"),
        _("Information answered"),
        _("Information asked"),
        _("Technical assistance"),
        _("Needs assessments"),
        _("Deployments or secondments"),
        _("Peace operations"),
        _("New in %(year)s") % {"year": found.year},
        _("Silent, in months"),
        _("One way"),
        _("Planned ahead"),
        pgettext("partner", "Archived"),
    ]


def values(line: PartnerLine) -> list[Any]:
    partner = line.partner
    ways = {"": "", "given": _("given only"), "received": _("received only")}
    return [
        partner.code,
        partner.label,
        partner.parent.label if partner.parent else "",
        yes_or_no(line.is_reached),
        line.this_year,
        line.all,
        line.last.start if line.last else "",
        line.given,
        line.received,
        *(line.pairs[name] for name in PAIRS),
        yes_or_no(line.is_new),
        "" if line.silent_months is None else line.silent_months,
        ways[line.one_way],
        yes_or_no(bool(line.ahead)),
        yes_or_no(partner.is_archived),
    ]


def yes_or_no(so: bool) -> str:
    return _("yes") if so else _("no")
