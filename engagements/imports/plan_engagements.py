"""The plan of a list of engagements: what its questions may be answered with, and whom its rows name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from django.utils.translation import gettext as _

from engagements.imports.also_called import new_names, with_names
from engagements.imports.asking import proposed
from engagements.imports.deciding import Decider, EngagementDecision
from engagements.imports.plan import Plan, PlannedRow, Proposal
from engagements.imports.planning import digest_of, plan_of
from engagements.imports.rows import Asked
from engagements.kinds import Kind
from objectives.models import FrameworkKind


def plan_from(
    decisions: list[EngagementDecision], *, decider: Decider, mapping: dict[int, str]
) -> Plan:
    named = new_names(decider.answers, decider.reader.matchers, decider.user)
    return plan_of(
        decisions,
        table=decider.reader.table,
        mapping=mapping,
        proposals=partial(proposals_for, decider=decider),
        names=names_in((one.planned for one in decisions), decider),
        new_partners=tuple(new_partners_of(decisions)),
        new_names=named,
        digest=with_names(digest_of(decisions), named),
    )


def proposals_for(asked: Asked, *, decider: Decider) -> Iterable[Proposal]:
    look = decider.look
    if asked.kind == "date_order":
        return [
            Proposal(code="dmy", label=_("The day")),
            Proposal(code="mdy", label=_("The month")),
        ]
    if asked.kind == "like_rows":
        return [
            Proposal(code="create", label=_("Yes: load them all")),
            Proposal(code="skip", label=_("No: leave them out")),
        ]
    if asked.kind != "defaults":
        return proposed(asked.proposals)
    if asked.value == "kind":
        return [Proposal(code=kind.value, label=str(kind.label)) for kind in Kind]
    if asked.value == "start":
        return [Proposal(code="unknown", label=_("Unknown"))]
    if asked.value == "office":
        return [Proposal(code=office.code, label=office.name) for office in look.offices.values()]
    if asked.value == "objectives":
        return [
            Proposal(code=objective.code, label=str(objective))
            for framework in look.in_force.frameworks
            if framework.kind == FrameworkKind.PILLAR
            for objective in framework.objectives.all()
        ]
    return []


def names_in(rows: Iterable[PlannedRow], decider: Decider) -> dict[str, str]:
    look = decider.look
    partners = dict.fromkeys(code for row in rows for code in row.partners)
    countries = dict.fromkeys(code for row in rows for code in row.countries)
    found = {code: look.partners[code].label for code in partners if code in look.partners}
    return found | {code: look.countries[code].name for code in countries if code in look.countries}


def new_partners_of(decisions: list[EngagementDecision]) -> list[str]:
    """Names of those that would be created, once each."""
    names: dict[str, str] = {}
    for one in decisions:
        for part in one.entry.parts if one.entry else ():
            if part.partner.pk is None:
                names.setdefault(part.partner.code, part.partner.name)
    return list(names.values())
