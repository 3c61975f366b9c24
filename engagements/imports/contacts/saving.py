"""Lists of contacts, by the same way as lists of engagements: checked, shown, saved as a whole, undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import get_language

from accounts.models import User
from common.sheets.tables import Table
from engagements.imports.answers import Answers
from engagements.imports.asking import proposed
from engagements.imports.contacts.deciding import ContactDecider, ContactDecision
from engagements.imports.contacts.reading import ContactReader
from engagements.imports.decided import confirm
from engagements.imports.directory.saving import CheckedList, loaded_before
from engagements.imports.existing import in_lots
from engagements.imports.loaded_rows import loaded_row
from engagements.imports.matching.matchers import Matchers
from engagements.imports.new_partners import add_missing
from engagements.imports.plan import READY, Outcome, Plan
from engagements.imports.planning import digest_of, plan_of
from engagements.imports.rows import RowRead
from engagements.models import Load, LoadedRow
from partners.contacts.actions import Amendment, amend_contacts, log_contacts
from partners.models import Contact, Partner


@dataclass
class CheckedContacts(CheckedList[ContactDecision]):
    """`partners`: number of a row → where the contact is; those that are not here yet are added first."""

    partners: dict[int, Partner] = field(default_factory=dict)

    @property
    def new_partners(self) -> dict[int, Partner]:
        """Each once, by the number of the first row that names it."""
        found = {id(one): (number, one) for number, one in reversed(self.partners.items())}
        return {number: one for number, one in found.values() if one.pk is None}


def work(
    *, table: Table, mapping: dict[int, str], answers: Answers, user: User, matchers: Matchers
) -> CheckedContacts:
    """What loading the table would do, and what would be written. In a fixed number of queries."""
    language = get_language() or user.language
    reader = ContactReader(
        table, mapping, answers, matchers, language=language, clearance=user.clearance
    )
    rows = [reader.read(row) for row in table.rows]
    loaded = loaded_before((row.fingerprint for row in rows), "contact__key")
    decider = ContactDecider(reader, loaded, contacts_at(rows, answers, matchers))
    decisions = [decider.decide(row) for row in rows]
    confirm(decisions, answers)
    checked = CheckedContacts(_plan(decisions, decider, mapping), decisions)
    ready = (one for one in decisions if one.planned.outcome in READY)
    checked.partners = {one.planned.number: decider.partner_of(one) for one in ready}
    return checked


def contacts_at(rows: Iterable[RowRead], answers: Answers, matchers: Matchers) -> list[Contact]:
    """Everybody known at the partners that the rows name: a query a lot of partners."""
    codes = {code for row in rows for code in row.input("partner")}
    codes |= set(answers.default_list("partners"))
    partners = matchers.partners.by_code
    pks = sorted(partners[code].pk for code in codes if code in partners)
    found: list[Contact] = []
    for lot in in_lots(pks):
        found += Contact.objects.filter(partner__in=lot).select_related("partner").order_by("pk")
    return found


def _plan(
    decisions: list[ContactDecision], decider: ContactDecider, mapping: dict[int, str]
) -> Plan:
    matcher = decider.matcher
    named = {code for one in decisions for code in one.planned.partners}
    new = {
        one.planned.partners[0]: None
        for one in decisions
        if one.planned.outcome in READY and decider.partner_of(one).pk is None
    }
    return plan_of(
        decisions,
        table=decider.reader.table,
        mapping=mapping,
        proposals=lambda asked: proposed(asked.proposals),
        subject=Load.Subject.CONTACTS.value,
        names={code: matcher.label(code) for code in named if code in matcher.by_code},
        new_partners=tuple(new),
        digest=digest_of(decisions, lambda one: list(one.planned.partners)),
    )


# Written


def written(*, by: User, load: Load, checked: CheckedContacts) -> list[LoadedRow]:
    """Save them, inside the transaction of the load; what came of each row, not saved yet."""
    sheet, new = checked.plan.sheet, checked.new_partners
    add_missing(by=by, stand_ins=new.values())
    created, changed = checked.of(Outcome.CREATE), checked.of(Outcome.UPDATE)
    added = log_contacts(
        by=by,
        told=[one.columns | {"partner": checked.partners[one.planned.number]} for one in created],
    )
    amended = amend_contacts(by=by, amendments=[_amendment(one) for one in changed])
    return [
        *(loaded_row(load, sheet, number, partner) for number, partner in new.items()),
        *(_row(load, sheet, *each) for each in zip(created, added, strict=True)),
        *(_row(load, sheet, *each) for each in zip(changed, amended, strict=True)),
    ]


def _amendment(one: ContactDecision) -> Amendment:
    assert one.record is not None
    return Amendment(contact=one.record, version=one.record.version, fields=one.columns)


def _row(load: Load, sheet: str, one: ContactDecision, contact: Contact) -> LoadedRow:
    return loaded_row(
        load,
        sheet,
        one.planned.number,
        contact,
        is_new=one.record is None,
        fingerprint=one.row.fingerprint,
    )
