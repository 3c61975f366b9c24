"""What the database holds after a kill, against what people were told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from django.db import connection

from accounts.models import Unsaved
from common.history.models import Revision
from common.history.tracking import kinds
from engagements.kinds import Stage
from engagements.models import Engagement, Note, ReferenceCounter
from tests.torture.content import Content, content_of, objectives_of, readers_of, told
from tests.torture.visiting import Act

ENGAGEMENT, NOTE = "engagement", "note"
# What a save is about; of one aspect of one record the last save stands.
ASPECTS = {
    "log": "text",
    "edit": "text",
    "align": "objectives",
    "approve": "stage",
    "autosave": "draft",
    "keep": "unsaved",
}
HAVE_A_HISTORY = {"text", "objectives", "stage", "note"}


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
    found.half += wrong_with_notes()
    found.half += wrong_with_unsaved()
    found.half += wrong_with_history(records)
    found.half += wrong_with_the_file()
    found.lost += lost_of(acts, records.values())
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
    if record.stage == Stage.DRAFT and not is_typed_under(record.kept.title, record.typed):
        yield "is a draft that was typed otherwise than it is kept"


def is_typed_under(mark: str, typed: dict[str, list[str]]) -> bool:
    return all(typed.get(name) == values for name, values in told(mark).items())


def wrong_with_notes() -> Iterable[str]:
    for note in Note.objects.prefetch_related("readers"):
        mark = note.text.partition(" ")[0]
        readers = tuple(sorted(person.username for person in note.readers.all()))
        if note.text != content_of(mark).purpose or readers != readers_of(mark):
            yield f"note {note.key} is put together of several saves, for {readers}"


def wrong_with_unsaved() -> Iterable[str]:
    for unsaved in Unsaved.objects.all():
        (mark,) = unsaved.data["title_en"]
        if not is_typed_under(mark, unsaved.data):
            yield f"unsaved text {unsaved.page} is put together of several saves"


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
    """Every last revision says what its record says; before it, one follows the other from the first."""
    logged = {pk for pk, record in records.items() if record.stage != Stage.DRAFT}
    yield from wrong_with_chains(ENGAGEMENT, logged)
    yield from wrong_with_chains(NOTE, set(Note.objects.values_list("pk", flat=True)))


def wrong_with_chains(kind: str, pks: set[int]) -> Iterable[str]:
    chains = histories(kind)
    now = kinds()[kind].snapshots(pks)
    for pk in sorted(chains.keys() | pks):
        chain = chains.get(pk, [])
        numbers = [revision.number for revision in chain]
        if pk not in pks:
            yield f"{kind} {pk}: a history of nothing"
        elif not chain or numbers != list(range(1, len(chain) + 1)):
            yield f"{kind} {pk}: revisions {numbers}"
        elif (chain[-1].state, chain[-1].version) != (now[pk].state, now[pk].version):
            yield f"{kind} {pk}: its last revision tells something else than it does"
        elif any(later.previous_id != earlier.pk for earlier, later in pairwise(chain)):
            yield f"{kind} {pk}: a revision does not follow the one before it"


def histories(kind: str) -> dict[int, list[Revision]]:
    chains: dict[int, list[Revision]] = defaultdict(list)
    for revision in Revision.objects.of_kind(kind).order_by("number"):
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


def lost_of(acts: Iterable[Act], records: Iterable[Record]) -> Iterable[str]:
    """Of each acknowledged act what it told is on record, and stands there still if it was the last.

    What nobody answered may have been done: then it, or what was acknowledged before it, stands there.
    """
    standing, on_record = told_by(records), told_by_histories()
    last: dict[tuple[str, str], Act] = {}
    for act in acts:
        key = (about(act), aspect(act))
        if act.is_unanswered or act.is_acknowledged:
            last.pop(key, None)
        if not act.is_acknowledged:
            continue
        if about(act) not in standing:
            yield f"{describe(act)}: there is no such record"
        elif aspect(act) in HAVE_A_HISTORY and told_in(act) not in on_record[about(act)]:
            yield f"{describe(act)}: its history knows nothing of it"
        else:
            last[key] = act
    for (name, _aspect), act in last.items():
        kept = standing[name]
        was_logged_since = aspect(act) == "draft" and ("draft", "") not in kept
        if told_in(act) not in kept and not was_logged_since:
            yield f"{describe(act)}: something else is there"


def told_by(records: Iterable[Record]) -> dict[str, set[tuple[str, str]]]:
    """By reference or key: what stands there, as (aspect, mark)."""
    found: dict[str, set[tuple[str, str]]] = {}
    for record in records:
        if record.stage == Stage.DRAFT:
            found[record.form_key] = {("draft", ""), ("draft", record.kept.title)}
            continue
        marks = {("text", record.kept.title)} | {("objectives", mark) for mark in record.reasons}
        marks |= {("stage", "")} if record.stage == Stage.APPROVED else set()
        found |= {record.reference: marks, record.form_key: marks}
    for unsaved in Unsaved.objects.all():
        found[str(unsaved.page)] = {("unsaved", unsaved.data["title_en"][0])}
    for note in Note.objects.all():
        found[str(note.key)] = {("note", note.text.partition(" ")[0])}
    return found


def told_by_histories() -> dict[str, set[tuple[str, str]]]:
    """By reference, or the key of a note: what each of its revisions tells."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for chain in histories(ENGAGEMENT).values():
        for state in (revision.state for revision in chain):
            found[state["reference"]].add(("text", state["title_en"]))
            found[state["reference"]] |= {
                ("objectives", one["reason"]) for one in state["objectives"]
            }
            if state["stage"] == Stage.APPROVED:
                found[state["reference"]].add(("stage", ""))
    keys = dict(Note.objects.values_list("pk", "key"))
    for pk, chain in histories(NOTE).items():
        found[str(keys.get(pk))] |= {("note", one.state["text"].partition(" ")[0]) for one in chain}
    return found


def told_in(act: Act) -> tuple[str, str]:
    return aspect(act), act.mark


def about(act: Act) -> str:
    return act.reference or act.about


def aspect(act: Act) -> str:
    return ASPECTS.get(act.verb, act.verb)


def describe(act: Act) -> str:
    return f"{act.by} was told that {act.verb} of {about(act)} is saved ({act.mark})"
