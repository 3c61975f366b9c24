"""Lists of partners, by the same way as lists of engagements: checked, shown, saved as a whole, undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from django.db.models import prefetch_related_objects
from django.utils.translation import get_language

from accounts.models import User
from common.sheets.tables import Table
from engagements.imports.answers import Answers
from engagements.imports.asking import proposed
from engagements.imports.decided import confirm
from engagements.imports.directory.saving import CheckedList, loaded_before
from engagements.imports.loaded_rows import loaded_row
from engagements.imports.matching.matchers import Matchers
from engagements.imports.matching.partner_kinds import every_kind
from engagements.imports.partners.deciding import PartnerDecider, PartnerDecision
from engagements.imports.partners.reading import PartnerReader
from engagements.imports.plan import Outcome, Plan, Proposal
from engagements.imports.planning import digest_of, plan_of
from engagements.imports.rows import Asked
from engagements.models import Load, LoadedRow
from partners.actions import amend_partner
from partners.forms import former_names_of
from partners.many import add_partners
from partners.models import Partner


@dataclass
class CheckedPartners(CheckedList[PartnerDecision]):
    # What stands for a partner until it is saved, by "new " and the number of its row.
    new: dict[str, Partner] = field(default_factory=dict)


def work(
    *, table: Table, mapping: dict[int, str], answers: Answers, user: User, matchers: Matchers
) -> CheckedPartners:
    """What loading the table would do, and what would be written. In a fixed number of queries."""
    _with_what_hangs_on(matchers.partners.partners)
    language = get_language() or user.language
    reader = PartnerReader(
        table, mapping, answers, matchers, language=language, clearance=user.clearance
    )
    rows = [reader.read(row) for row in table.rows]
    loaded = loaded_before((row.fingerprint for row in rows), "partner__code")
    decider = PartnerDecider(reader, loaded)
    decisions = [decider.decide(row) for row in rows]
    confirm(decisions, answers)
    decider.settled(decisions)
    plan = _plan(decisions, decider, mapping)
    return CheckedPartners(plan, decisions, new=decider.new)


def _with_what_hangs_on(partners: dict[int, Partner]) -> None:
    prefetch_related_objects(list(partners.values()), "former_names")
    for partner in partners.values():
        if partner.parent_id:
            partner.parent = partners[partner.parent_id]


# The plan


def _plan(
    decisions: list[PartnerDecision], decider: PartnerDecider, mapping: dict[int, str]
) -> Plan:
    return plan_of(
        decisions,
        table=decider.reader.table,
        mapping=mapping,
        proposals=_proposals,
        subject=Load.Subject.PARTNERS.value,
        names=_names(decisions, decider),
        digest=digest_of(decisions, _told_beside),
    )


def _proposals(asked: Asked) -> list[Proposal]:
    if asked.field == "kind":
        return [Proposal(code=one.code, label=one.label) for one in every_kind()]
    return proposed(asked.proposals)


def _names(decisions: list[PartnerDecision], decider: PartnerDecider) -> dict[str, str]:
    countries = decider.reader.matchers.countries.by_code
    names: dict[str, str] = {}
    for one in decisions:
        names |= {code: decider.matcher.label(code) for code in one.planned.partners}
        names |= {code: countries[code].name for code in one.planned.countries if code in countries}
    return names


def _told_beside(one: PartnerDecision) -> list:
    parent = one.columns.get("parent")
    return [one.row.reference, one.former, parent.code if parent else ""]


# Written


def written(*, by: User, load: Load, checked: CheckedPartners) -> list[LoadedRow]:
    """Save them, inside the transaction of the load; what came of each row, not saved yet."""
    added = list(_added(by, checked.of(Outcome.CREATE), checked.new))
    changed = [(one, _amended(by, one)) for one in checked.of(Outcome.UPDATE)]
    return [
        loaded_row(
            load,
            checked.plan.sheet,
            one.planned.number,
            partner,
            is_new=one.record is None,
            fingerprint=one.row.fingerprint,
        )
        for one, partner in (*added, *changed)
    ]


def _added(
    by: User, created: list[PartnerDecision], new: dict[str, Partner]
) -> Iterator[tuple[PartnerDecision, Partner]]:
    """Those that nothing of the file is above first, then those beneath them."""
    stand_ins = {one.planned.number: new[f"new {one.planned.number}"] for one in created}
    waiting = created
    while waiting:
        ready, later = parted(waiting, _parent_is_saved)
        for one, partner in zip(
            ready, add_partners(by=by, told=[_told(one) for one in ready]), strict=True
        ):
            # The very object that other rows hold as their parent becomes the partner that was made.
            stand_ins[one.planned.number].__dict__.update(partner.__dict__)
            yield one, partner
        waiting = later if ready else []


def parted(decisions: list[PartnerDecision], wanted: Callable) -> tuple[list, list]:
    """Those that are wanted, and the others: in their order."""
    told = [(wanted(one), one) for one in decisions]
    return [one for is_so, one in told if is_so], [one for is_so, one in told if not is_so]


def _parent_is_saved(one: PartnerDecision) -> bool:
    parent = one.columns.get("parent")
    return parent is None or parent.pk is not None


def _told(one: PartnerDecision) -> dict:
    code = {"code": one.row.reference.upper()} if one.row.reference else {}
    return one.columns | code | {"former_names": one.former}


def _amended(by: User, one: PartnerDecision) -> Partner:
    assert one.record is not None
    former = [*former_names_of(one.record), *one.former] if one.former else None
    return amend_partner(
        by=by,
        partner=one.record,
        version=one.record.version,
        former_names=former,
        **one.columns,
    )
