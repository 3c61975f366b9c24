"""Every row of a table checked by the rules of the form, and compared with what is here. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from accounts.models import Office, User
from common.sheets.tables import Table
from engagements.imports.answers import Answers
from engagements.imports.decided import confirm
from engagements.imports.deciding import Decider, EngagementDecision
from engagements.imports.existing import Existing
from engagements.imports.look_ups import LookUps
from engagements.imports.matching.matchers import Matchers
from engagements.imports.plan import Outcome, Plan
from engagements.imports.plan_engagements import plan_from
from engagements.imports.row_reading import Reader
from engagements.imports.untouched import Untouched
from engagements.many import Amendment, Entry, Prepared
from partners.models import Partner

Told = Callable[[int], None]
# How often it is told how far it is.
EVERY = 200


@dataclass
class Checked:
    """The plan, and what would be written of it: by the numbers of their rows."""

    plan: Plan
    creations: list[tuple[int, Entry]] = field(default_factory=list)
    amendments: list[tuple[int, Amendment]] = field(default_factory=list)
    # To be created first; those of entries are these very ones.
    new_partners: list[Partner] = field(default_factory=list)
    fingerprints: dict[int, str] = field(default_factory=dict)
    # The creations as they will be, once saving them was begun.
    prepared: list[Prepared] | None = None
    # What it was made of.
    table: Table | None = None
    mapping: dict[int, str] = field(default_factory=dict)

    def entries(self) -> Iterator[tuple[int, Entry]]:
        yield from self.creations
        yield from ((number, one.entry) for number, one in self.amendments)


def check(
    *,
    table: Table,
    mapping: dict[int, str],
    answers: Answers,
    user: User,
    office: Office | None = None,
    told: Told = lambda done: None,
) -> Plan:
    """What loading the table would do for this person; `told` how many rows are done, now and then.

    In a fixed number of queries, however many rows there are. `office` leads what no row says another leads:
    the person's own unless one is given.
    """
    return work(
        table=table, mapping=mapping, answers=answers, user=user, office=office, told=told
    ).plan


def work(
    *,
    table: Table,
    mapping: dict[int, str],
    answers: Answers,
    user: User,
    office: Office | None = None,
    told: Told = lambda done: None,
    matchers: Matchers | None = None,
) -> Checked:
    """As check, with what would be written. `matchers` where they were read already."""
    matchers = matchers or Matchers.load()
    language = answers.default("text_language") or user.language
    reader = Reader(
        table,
        mapping,
        answers,
        matchers,
        language=language,
        clearance=user.clearance,
        untouched=Untouched.of(table, mapping, user=user),
    )
    rows = []
    for done, row in enumerate(table.rows):
        if done % EVERY == 0:
            told(done // 2)
        rows.append(reader.read(row))
        rows[-1].pack()
    look = LookUps.load(matchers)
    decider = Decider(
        reader=reader,
        look=look,
        here=Existing.of(rows, user=user),
        user=user,
        office=office or user.office,
    )
    decisions: list[EngagementDecision] = []
    for done, read in enumerate(rows):
        if done % EVERY == 0:
            told((len(rows) + done) // 2)
        read.unpack()
        decisions.append(decider.decide(read))
        decisions[-1].pack()
    confirm(decisions, answers)
    plan = plan_from(decisions, decider=decider, mapping=mapping)
    return _checked(plan, decisions, look)


def _checked(plan: Plan, decisions: list[EngagementDecision], look: LookUps) -> Checked:
    checked = Checked(plan)
    used: dict[str, Partner] = {}
    for one in decisions:
        if one.planned.outcome == Outcome.CREATE and one.entry:
            checked.creations.append((one.planned.number, one.entry))
        elif one.planned.outcome == Outcome.UPDATE and one.entry and one.record:
            amendment = Amendment(
                engagement=one.record, version=one.record.version, entry=one.entry
            )
            checked.amendments.append((one.planned.number, amendment))
        else:
            continue
        checked.fingerprints[one.planned.number] = one.row.fingerprint
        for part in one.entry.parts:
            if part.partner.pk is None:
                used.setdefault(part.partner.code, part.partner)
    checked.new_partners = list(used.values())
    return checked
