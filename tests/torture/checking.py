"""What the database holds after a kill, against what people were told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from django.db import connection

from common.history.models import Revision
from common.history.tracking import kinds
from engagements.kinds import Stage
from engagements.models import Engagement, ReferenceCounter
from tests.torture.content import Content, content_of, objectives_of
from tests.torture.visiting import Act

ENGAGEMENT = "engagement"


@dataclass
class Found:
    """What is wrong, in sentences: acknowledged and not there, or there and not whole."""

    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)

    @property
    def is_fine(self) -> bool:
        return not (self.lost or self.half)


def check(acts: Iterable[Act]) -> Found:
    """Look at every record and at every act that was ever acknowledged, from the first kill on."""
    found = Found()
    settle()
    records = {record.pk: record for record in read()}
    for record in records.values():
        found.half += [f"{record}: {wrong}" for wrong in wrong_with(record)]
    found.half += wrong_with_numbers(records.values())
    found.half += wrong_with_history(records)
    found.half += wrong_with_the_file()
    found.lost += lost_of(acts, records)
    return found


def settle() -> None:
    """Wait until PostgreSQL has noticed that those who were killed are gone."""
    if connection.vendor != "postgresql":
        return
    others = (
        "SELECT count(*), pg_sleep(0.01) FROM pg_stat_activity WHERE datname = current_database() "
        "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    with connection.cursor() as cursor:
        left = 1
        while left:
            cursor.execute(others)
            left = cursor.fetchone()[0]


@dataclass(frozen=True, kw_only=True)
class Record:
    """An engagement as the database holds it, in the words of what was sent."""

    pk: int
    reference: str
    stage: str
    version: int
    form_key: str
    place: str  # the mark it was made under
    kept: Content
    typed: dict[str, list[str]]
    objectives: tuple[str, ...]
    reasons: frozenset[str]

    def __str__(self) -> str:
        return self.reference or f"draft {self.pk}"


def read() -> list[Record]:
    engagements = Engagement.objects.prefetch_related(
        "countries", "participations__partner", "alignments__objective"
    )
    return [
        Record(
            pk=one.pk,
            reference=one.reference or "",
            stage=one.stage,
            version=one.version,
            form_key=str(one.form_key),
            place=one.place,
            kept=Content(
                title=one.title_en,
                purpose=one.purpose,
                partners=tuple((p.partner.code, p.role) for p in one.participations.all()),
                countries=tuple(sorted(country.iso2 for country in one.countries.all())),
            ),
            typed=one.draft_input or {},
            objectives=tuple(sorted(a.objective.code for a in one.alignments.all())),
            reasons=frozenset(a.reason for a in one.alignments.all()),
        )
        for one in engagements.order_by("pk")
    ]


def wrong_with(record: Record) -> Iterable[str]:
    """Everything in it follows from one mark, its alignments from one as well."""
    if record.kept != content_of(record.kept.title):
        yield f"is put together of several saves: {record.kept}"
    if len(record.reasons) != 1:
        yield f"has alignments of several saves: {sorted(record.reasons)}"
    else:
        (mark,) = record.reasons
        if record.objectives != objectives_of(mark or record.place):
            yield f"has only some of its alignments: {record.objectives}"
    if record.stage == Stage.DRAFT and record.typed.get("title_en") != [record.kept.title]:
        yield "is a draft that was typed otherwise than it is kept"


def wrong_with_numbers(records: Iterable[Record]) -> Iterable[str]:
    given: dict[int, list[int]] = defaultdict(list)
    for record in records:
        if record.reference:
            _letters, year, number = record.reference.split("-")
            given[int(year)].append(int(number))
    counters = dict(ReferenceCounter.objects.values_list("fiscal_year", "last"))
    for year in sorted({*given, *counters}):
        numbers = sorted(given[year])
        if numbers != list(range(1, counters.get(year, 0) + 1)):
            yield f"numbers of {year}: {numbers}, the counter at {counters.get(year)}"


def wrong_with_history(records: dict[int, Record]) -> Iterable[str]:
    """Its last revision says what the record says; before it, one follows the other from the first."""
    chains = histories()
    logged = {pk for pk, record in records.items() if record.stage != Stage.DRAFT}
    for pk in chains.keys() - logged:
        yield f"a history of nothing: {chains[pk]}"
    now = kinds()[ENGAGEMENT].snapshots(logged)
    for pk in sorted(logged):
        chain = chains.get(pk, [])
        if [revision.number for revision in chain] != list(range(1, len(chain) + 1)) or not chain:
            yield f"{records[pk]}: revisions {[revision.number for revision in chain]}"
        elif chain[-1].state != now[pk].state or chain[-1].version != records[pk].version:
            yield f"{records[pk]}: its last revision tells something else than it does"
        elif any(b.previous_id != a.pk for a, b in pairwise(chain)):
            yield f"{records[pk]}: a revision does not follow the one before it"


def histories() -> dict[int, list[Revision]]:
    chains: dict[int, list[Revision]] = defaultdict(list)
    for revision in Revision.objects.of_kind(ENGAGEMENT).order_by("number"):
        chains[revision.record_id].append(revision)
    return dict(chains)


def wrong_with_the_file() -> Iterable[str]:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check")
        yield from [line for (line,) in cursor.fetchall() if line != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        yield from [f"{row} refers to nothing" for row in cursor.fetchall()]


def lost_of(acts: Iterable[Act], records: dict[int, Record]) -> Iterable[str]:
    """Of each acknowledged act what it told is on record, and is what stands there if it was the last."""
    by_reference = {record.reference: record for record in records.values() if record.reference}
    by_key = {record.form_key: record for record in records.values()}
    told_by = {pk: marks_of(chain) for pk, chain in histories().items()}
    last: dict[tuple[str, str], Act] = {}
    for act in acts:
        if act.is_unanswered:
            last.pop((about(act), aspect(act)), None)  # whichever of the two stands there
        if not act.is_acknowledged:
            continue
        record = by_key.get(act.about) or by_reference.get(act.about)
        if record is None:
            yield f"{describe(act)}: there is no such record"
        elif act.verb == "draft":
            if record.kept.title != act.mark:
                yield f"{describe(act)}: the draft holds {record.kept.title}"
        elif (aspect(act), act.mark) not in told_by.get(record.pk, set()):
            yield f"{describe(act)}: its history knows nothing of it"
        else:
            last[about(act), aspect(act)] = act
    for act in last.values():
        record = by_reference[about(act)]
        if (aspect(act), act.mark) not in marks_of_record(record):
            yield f"{describe(act)}: {record} holds something else"


def marks_of(chain: list[Revision]) -> set[tuple[str, str]]:
    """What each revision of a record tells, by aspect."""
    told = set()
    for revision in chain:
        told.add(("text", revision.state["title_en"]))
        told |= {("objectives", one["reason"]) for one in revision.state["objectives"]}
        told |= {("stage", "")} if revision.state["stage"] == Stage.APPROVED else set()
    return told


def marks_of_record(record: Record) -> set[tuple[str, str]]:
    told = {("text", record.kept.title)} | {("objectives", reason) for reason in record.reasons}
    return told | ({("stage", "")} if record.stage == Stage.APPROVED else set())


def about(act: Act) -> str:
    return act.reference or act.about


def aspect(act: Act) -> str:
    return {"align": "objectives", "approve": "stage"}.get(act.verb, "text")


def describe(act: Act) -> str:
    return f"{act.by} was told that {act.verb} of {about(act)} is saved ({act.mark})"
