"""A plan that was confirmed, carried out as a whole or not at all."""

from __future__ import annotations

from dataclasses import replace

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from common.history.models import Revision
from common.marking import marking_of
from engagements.imports import mapping as columns
from engagements.imports import partner_rows
from engagements.imports.checking import Checked, Told, work
from engagements.imports.existing import in_lots
from engagements.imports.keeping import answers_of, book_of, mapping_of, table_of
from engagements.imports.matching.matchers import Matchers
from engagements.imports.plan import Plan
from engagements.many import Entry, amend_engagements, log_engagements
from engagements.models import Engagement, Load, LoadedRow
from partners.many import add_partners
from partners.models import Partner

# Somebody may save something while the rows are checked: then they are checked again. The last time nobody
# else may save meanwhile.
ATTEMPTS = 3
# Of whoever loads, so that two loads never save at the same time what each took for new.
ONE_AT_A_TIME = 0x4C6F6164


class NotAsPlanned(Exception):
    """What would be done is no longer what was confirmed: nothing is saved, and here is what would be now."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__(plan.digest)


def check_load(
    load: Load, told: Told = lambda done: None
) -> Checked | partner_rows.CheckedPartners:
    """What loading it would do, for whoever it is of; in the language of now. NoTable where there is none."""
    table = table_of(load)
    matchers = Matchers.load()
    mapping = mapping_of(load, table, matchers)
    answers, user = answers_of(load), load.by
    checked: Checked | partner_rows.CheckedPartners
    if load.subject == Load.Subject.PARTNERS:
        checked = partner_rows.work(
            table=table, mapping=mapping, answers=answers, user=user, matchers=matchers
        )
    else:
        checked = work(
            table=table,
            mapping=mapping,
            answers=answers,
            user=user,
            office=load.office,
            told=told,
            matchers=matchers,
        )
    checked.table, checked.mapping = table, mapping
    book = book_of(load)
    checked.plan = replace(
        checked.plan, format=book.format, encoding=book.encoding, delimiter=book.delimiter
    )
    return checked


def keep_plan(load: Load, plan: Plan, *, stage: str = Load.Stage.CHECKED) -> Load:
    """The plan as the page shows it."""
    load.plan, load.language, load.counts = plan.packed(), plan.language, plan.counts
    load.stage, load.checked_at, load.worker = stage, timezone.now(), None
    load.sensitivity = marking_of_plan(plan)
    load.done = load.total = len(plan.rows)
    changed = ["plan", "language", "counts", "stage", "checked_at", "worker", "sensitivity"]
    if stage == Load.Stage.LOADED:
        load.loaded_at = load.checked_at
        changed.append("loaded_at")
    load.save(update_fields=[*changed, "done", "total"])
    return load


def marking_of_plan(plan: Plan) -> int:
    """The highest of its rows, and of the records that it names beside them."""
    named = sorted({row.record for row in plan.rows if row.record})
    records = (Engagement.objects.filter(reference__in=lot) for lot in in_lots(named))
    return marking_of([row.sensitivity for row in plan.rows], *records)


def carry_out(*, by: User, load: Load, digest: str) -> Load:
    """Do what the plan with this digest says, in one transaction; once, however often it is asked.

    NotAsPlanned where something changed since it was shown; the load then holds the new plan.
    """
    for attempt in range(1, ATTEMPTS + 1):
        seen = last_on_record()
        checked = check_load(load) if attempt < ATTEMPTS else None
        with transaction.atomic():
            current = hold(load)
            if current.is_loaded:
                return current
            if checked is None:
                checked = check_load(current)
            elif seen != last_on_record() or current.answers != load.answers:
                load = current
                continue
            if checked.plan.digest == digest:
                return _write(by, current, checked)
            keep_plan(current, checked.plan)
        break
    assert checked is not None
    raise NotAsPlanned(checked.plan)


def last_on_record() -> tuple[int, int]:
    """Grows with whatever is changed: while it is the same, what was found is as it was found."""
    revision = Revision.objects.aggregate(last=Max("pk"))["last"] or 0
    row = LoadedRow.objects.aggregate(last=Max("pk"))["last"] or 0
    return revision, row


def hold(load: Load) -> Load:
    """The load as it is now, held; and no other is saved until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    return Load.objects.select_for_update(of=("self",)).select_related("by").get(pk=load.pk)


def _write(by: User, load: Load, checked: Checked | partner_rows.CheckedPartners) -> Load:
    if isinstance(checked, partner_rows.CheckedPartners):
        rows = partner_rows.written(by=by, load=load, checked=checked)
    else:
        rows = _written(by, load, checked)
    LoadedRow.objects.bulk_create(rows, batch_size=500)
    if checked.table:
        columns.remember(checked.table, checked.mapping, load.by)
    return keep_plan(load, checked.plan, stage=Load.Stage.LOADED)


def _written(by: User, load: Load, checked: Checked) -> list[LoadedRow]:
    new_partners = _add_partners(by, checked)
    created = log_engagements(
        by=by, entries=[imported(entry) for _number, entry in checked.creations]
    )
    amended = amend_engagements(
        by=by, amendments=[amendment for _number, amendment in checked.amendments]
    )
    made = zip((number for number, _entry in checked.creations), created, strict=True)
    changed = zip((number for number, _one in checked.amendments), amended, strict=True)
    sheet = checked.plan.sheet
    outcomes = LoadedRow.Outcome
    return [
        *(_partner_row(load, sheet, number, one) for number, one in new_partners),
        *(_row(load, sheet, checked, n, e, outcomes.CREATED) for n, e in made),
        *(_row(load, sheet, checked, n, e, outcomes.UPDATED) for n, e in changed),
    ]


def imported(entry: Entry) -> Entry:
    """It says of itself where it came from."""
    return replace(entry, fields=entry.fields | {"origin": Engagement.Origin.IMPORTED})


def _add_partners(by: User, checked: Checked) -> list[tuple[int, Partner]]:
    """Those that are to be created take the place of what stood for them in the entries.

    With the number of the first row that names each.
    """
    named: dict[int, int] = {}
    for number, entry in checked.entries():
        for part in entry.parts:
            if part.partner.pk is None:
                named.setdefault(id(part.partner), number)
    told = [
        {"kind": one.kind, "name_en": one.name_en, "name_fr": one.name_fr}
        for one in checked.new_partners
    ]
    for stand_in, made in zip(checked.new_partners, add_partners(by=by, told=told), strict=True):
        become(stand_in, made)
    return [(named[id(partner)], partner) for partner in checked.new_partners]


def become(stand_in: Partner, made: Partner) -> None:
    """The very object that entries hold becomes the partner that was made."""
    stand_in.__dict__.update(made.__dict__)


def _partner_row(load: Load, sheet: str, number: int, partner: Partner) -> LoadedRow:
    return LoadedRow(
        load=load,
        partner=partner,
        reference=partner.code,
        sheet=sheet[:200],
        row=number,
        outcome=LoadedRow.Outcome.CREATED,
        version=partner.version,
    )


def _row(
    load: Load, sheet: str, checked: Checked, number: int, engagement: Engagement, outcome: str
) -> LoadedRow:
    is_new = outcome == LoadedRow.Outcome.CREATED
    return LoadedRow(
        load=load,
        engagement=engagement,
        reference=engagement.reference or "",
        sheet=sheet[:200],
        row=number,
        outcome=outcome,
        fingerprint=checked.fingerprints[number],
        version=engagement.version,
        version_before=0 if is_new else engagement.version - 1,
    )
