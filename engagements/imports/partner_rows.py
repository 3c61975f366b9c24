"""Lists of partners, by the same way as lists of engagements: checked, shown, saved as a whole, undone.

Only administrators load them: they alone keep partners.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from common.sheets.tables import Table
from common.text import fold
from engagements.imports.answers import Answers
from engagements.imports.existing import in_lots
from engagements.imports.matching.matchers import Matchers
from engagements.imports.partner_deciding import PartnerDecider, PartnerDecision
from engagements.imports.partner_reading import PartnerReader, every_kind
from engagements.imports.plan import READY, Outcome, Plan, PlannedRow, Proposal, Question, Why
from engagements.imports.planning import judged, message_of, proposed
from engagements.imports.reasons import reason_of
from engagements.imports.rows import Asked
from engagements.models import Load, LoadedRow
from partners.actions import amend_partner
from partners.forms import former_names_of
from partners.many import add_partners
from partners.models import Partner


@dataclass
class CheckedPartners:
    """The plan, and what would be written of it."""

    plan: Plan
    decisions: list[PartnerDecision] = field(default_factory=list)
    # What stands for a partner until it is saved → the number of its row.
    table: Table | None = None
    mapping: dict[int, str] = field(default_factory=dict)
    new: dict[str, Partner] = field(default_factory=dict)


def work(
    *,
    table: Table,
    mapping: dict[int, str],
    answers: Answers,
    user: User,
    matchers: Matchers | None = None,
) -> CheckedPartners:
    """What loading the table would do, and what would be written. In a fixed number of queries."""
    if not user.is_administrator:
        raise PermissionDenied
    matchers = matchers or Matchers.load()
    _with_what_hangs_on(matchers.partners.partners)
    language = get_language() or user.language
    reader = PartnerReader(
        table, mapping, answers, matchers, language=language, clearance=user.clearance
    )
    rows = [reader.read(row) for row in table.rows]
    decider = PartnerDecider(reader, _loaded({row.fingerprint for row in rows}))
    decisions = [decider.decide(row) for row in rows]
    decider.confirmed(decisions)
    decider.settled(decisions)
    plan = _plan(decisions, decider, mapping)
    return CheckedPartners(plan, decisions, table=table, mapping=mapping, new=decider.new)


def _with_what_hangs_on(partners: dict[int, Partner]) -> None:
    prefetch_related_objects(list(partners.values()), "former_names")
    for partner in partners.values():
        if partner.parent_id:
            partner.parent = partners[partner.parent_id]


def _loaded(fingerprints: set[str]) -> dict[str, str]:
    """Of rows that were loaded before and not undone: the code of the partner each was."""
    rows = LoadedRow.objects.filter(undone_at=None).exclude(partner=None)
    found: dict[str, str] = {}
    for lot in in_lots(sorted(fingerprints)):
        known = rows.filter(fingerprint__in=lot)
        found |= dict(known.values_list("fingerprint", "partner__code"))
    return found


# The plan


def _plan(
    decisions: list[PartnerDecision], decider: PartnerDecider, mapping: dict[int, str]
) -> Plan:
    table, rows = decider.reader.table, tuple(_with_reason(one) for one in decisions)
    verdict, reason = judged(rows)
    waiting = [one for one in decisions if one.planned.outcome == Outcome.LEFT_OUT]
    return Plan(
        verdict=verdict,
        reason=reason,
        subject=Load.Subject.PARTNERS.value,
        language=get_language() or "en",
        sheet=table.sheet,
        header_row=table.header_row,
        mapping={column.name: mapping.get(column.index, "ignore") for column in table.columns},
        rows=rows,
        questions=tuple(_questions(waiting)),
        problems=tuple(problem for one in decisions for problem in one.problems),
        not_rows=tuple((number, str(why)) for number, why in table.left_out),
        names=_names(decisions, decider),
        digest=_digest(decisions),
    )


def _with_reason(one: PartnerDecision) -> PlannedRow:
    row = one.planned
    if row.why == Why.LIKE_ROW:
        reason = _("Row %(row)s has the same code, or the same name.") % {"row": row.repeats}
    else:
        reason = row.reason or reason_of(row, problems=one.problems, asked=one.asked)
    return replace(row, reason=reason) if reason else row


def _questions(waiting: list[PartnerDecision]) -> Iterator[Question]:
    """Each once for all rows that say the same, those that most rows wait for first."""
    grouped: dict[tuple[str, str], tuple[Asked, list[int]]] = {}
    for one in waiting:
        for asked in one.asked:
            _first, rows = grouped.setdefault((asked.kind, fold(asked.value)), (asked, []))
            rows.append(one.planned.number)
    for asked, rows in sorted(grouped.values(), key=lambda each: -len(each[1])):
        rows = list(dict.fromkeys(rows))
        yield Question(
            kind=asked.kind,
            value=asked.value,
            field=asked.field,
            rows=tuple(rows),
            proposals=tuple(_proposals(asked)),
            message=message_of(asked, len(rows)),
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


def _digest(decisions: list[PartnerDecision]) -> str:
    """Of all that would be written: another wherever anything of it is another."""
    hashed = hashlib.sha256()
    for one in decisions:
        if one.planned.outcome in READY and one.data is not None:
            version = one.record.version if one.record else 0
            parent = one.columns.get("parent")
            told = [one.planned.number, one.row.reference, version, sorted(one.data.lists())]
            told += [one.former, parent.code if parent else ""]
            hashed.update(json.dumps(told, ensure_ascii=False).encode())
    return hashed.hexdigest()


# Written


def written(*, by: User, load: Load, checked: CheckedPartners) -> list[LoadedRow]:
    """Save them, inside the transaction of the load; what came of each row, not saved yet."""
    created = [one for one in checked.decisions if one.planned.outcome == Outcome.CREATE]
    changed = [one for one in checked.decisions if one.planned.outcome == Outcome.UPDATE]
    rows = [
        _row(load, checked.plan.sheet, one, partner)
        for one, partner in _added(by, created, checked.new)
    ]
    for one in changed:
        rows.append(_row(load, checked.plan.sheet, one, _amended(by, one)))
    return rows


def _added(
    by: User, created: list[PartnerDecision], new: dict[str, Partner]
) -> Iterator[tuple[PartnerDecision, Partner]]:
    """Those that nothing of the file is above first, then those beneath them."""
    stand_ins = {one.planned.number: new[f"new {one.planned.number}"] for one in created}
    waiting = created
    while waiting:
        ready = [one for one in waiting if _parent_is_saved(one)]
        for one, partner in zip(
            ready, add_partners(by=by, told=[_told(one) for one in ready]), strict=True
        ):
            # The very object that other rows hold as their parent becomes the partner that was made.
            stand_ins[one.planned.number].__dict__.update(partner.__dict__)
            yield one, partner
        waiting = [one for one in waiting if one not in ready] if ready else []


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


def _row(load: Load, sheet: str, one: PartnerDecision, partner: Partner) -> LoadedRow:
    is_new = one.record is None
    return LoadedRow(
        load=load,
        partner=partner,
        reference=partner.code,
        sheet=sheet[:200],
        row=one.planned.number,
        outcome=LoadedRow.Outcome.CREATED if is_new else LoadedRow.Outcome.UPDATED,
        fingerprint=one.row.fingerprint,
        version=partner.version,
        version_before=0 if is_new else partner.version - 1,
    )
