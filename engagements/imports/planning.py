"""From what was decided of each row to the plan of the whole file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from common.cautions import CONFIRMED
from common.text import fold
from engagements.imports.deciding import Decider, Decision
from engagements.imports.matching.results import Proposals
from engagements.imports.plan import (
    ALREADY_HERE,
    READY,
    Outcome,
    Plan,
    PlannedRow,
    Proposal,
    Question,
    Verdict,
    Why,
)
from engagements.imports.reasons import reason_of
from engagements.imports.rows import Asked
from engagements.kinds import Kind
from objectives.models import FrameworkKind


def plan_from(decisions: list[Decision], *, decider: Decider, mapping: dict[int, str]) -> Plan:
    """The mapping is by the names of the columns: their headings."""
    table = decider.reader.table
    rows = tuple(
        replace(one.planned, reason=reason)
        if (reason := reason_of(one.planned, problems=one.problems, asked=one.asked))
        else one.planned
        for one in decisions
    )
    waiting = [one for one in decisions if one.planned.outcome == Outcome.LEFT_OUT]
    verdict, reason = judged(rows)
    return Plan(
        verdict=verdict,
        reason=reason,
        language=get_language() or "en",
        sheet=table.sheet,
        header_row=table.header_row,
        mapping={column.name: mapping.get(column.index, "ignore") for column in table.columns},
        rows=rows,
        questions=tuple(questions_of(waiting, decider)),
        problems=tuple(problem for one in decisions for problem in one.problems),
        not_rows=tuple((number, str(why)) for number, why in table.left_out),
        names=names_in(rows, decider),
        new_partners=tuple(new_partners_of(decisions)),
        digest=digest_of(decisions),
    )


# Of these something may still come.
WAITING = (Why.QUESTION, Why.MOVED_ON, Why.SKIPPED, Why.LIKE_ROW)


def judged(rows: tuple[PlannedRow, ...]) -> tuple[Verdict, str]:
    """Of the file as a whole, and a sentence that says why."""
    found, ready = len(rows), sum(row.outcome in READY for row in rows)
    here = sum(row.outcome in ALREADY_HERE for row in rows)
    wait = sum(row.why in WAITING for row in rows)
    if ready + here == found:
        return Verdict.ACCEPTED, said_of(ready, here)
    if not (ready or here or wait):
        message = _("No row of this table can be loaded as it stands: see what is wrong in each.")
        return Verdict.REFUSED, message
    out = found - ready - here
    message = ngettext(
        "%(out)d row of %(found)d stays out: it waits for an answer, or is to be corrected.",
        "%(out)d rows of %(found)d stay out: they wait for an answer, or are to be corrected.",
        out,
    )
    return Verdict.PARTLY, message % {"out": out, "found": found}


def said_of(ready: int, here: int) -> str:
    if not ready:
        return ngettext(
            "The row is here already. Nothing changes.",
            "All %(here)d rows are here already. Nothing changes.",
            here,
        ) % {"here": here}
    if not here:
        return ngettext("The row is ready.", "All %(ready)d rows are ready.", ready) % {
            "ready": ready
        }
    message = _("Every row is ready (%(ready)d) or here already (%(here)d).")
    return message % {"ready": ready, "here": here}


# Questions

# How dates are written is one question for the whole file, with so many examples.
HOW_WRITTEN = ("date_order", "fiscal_or_month")
EXAMPLES = 3


def questions_of(waiting: list[Decision], decider: Decider) -> Iterator[Question]:
    """Each once for all rows that say the same, those that most rows wait for first."""
    grouped: dict[tuple[str, str], tuple[Asked, list[int], dict[str, None]]] = {}
    for one in waiting:
        for asked in one.asked:
            said = "" if asked.kind in HOW_WRITTEN else fold(asked.value)
            _first, rows, texts = grouped.setdefault((asked.kind, said), (asked, [], {}))
            texts[asked.value] = None
            if not rows or rows[-1] != one.planned.number:
                rows.append(one.planned.number)
    for asked, rows, texts in sorted(grouped.values(), key=lambda each: -len(each[1])):
        yield Question(
            kind=asked.kind,
            value=asked.value,
            field=asked.field,
            rows=tuple(rows),
            proposals=tuple(proposals_for(asked, decider)),
            message=message_of(asked, len(rows), list(texts)),
        )


def message_of(asked: Asked, rows: int, texts: list[str]) -> str:
    if asked.kind == CONFIRMED:
        return ngettext(
            "%(rows)d row holds what looks like a number of a person: a Social Insurance Number, or an "
            "offender’s FPS number. No such number has a place here. Take it out of the file; if it is "
            "something else, confirm it once.",
            "%(rows)d rows hold what looks like a number of a person: a Social Insurance Number, or an "
            "offender’s FPS number. No such number has a place here. Take them out of the file; if they are "
            "something else, confirm it once.",
            rows,
        ) % {"rows": rows}
    if asked.kind == "date_order":
        message = _("In “%(value)s”, does the day come first, or the month?")
        return message % {"value": asked.value}
    if asked.kind == "fiscal_or_month":
        told = ", ".join(_("“%(text)s”") % {"text": text} for text in texts[:EXAMPLES])
        return ngettext(
            "The file has months as well as fiscal years. What is %(texts)s?",
            "The file has months as well as fiscal years. What are dates such as %(texts)s?",
            len(texts),
        ) % {"texts": told}
    if asked.kind == "like_rows":
        return ngettext(
            "%(rows)d row has the title, the start and a partner of another row in the file. Is it an "
            "engagement of its own?",
            "%(rows)d rows have the title, the start and a partner of another row in the file. Are they "
            "engagements of their own?",
            rows,
        ) % {"rows": rows}
    if asked.kind == "defaults":
        return str(MISSING[asked.value])
    return asked.proposals.message


class _Missing:
    """What is asked where rows lack what every engagement needs; in the reader's language when read."""

    def __getitem__(self, name: str) -> str:
        return {
            "kind": _("Rows that say no kind: which kind are they?"),
            "start": _("Rows that say no start: when did they begin? It may be unknown."),
            "partners": _("Rows that name no partner: who took part?"),
            "office": _("Rows that say no office: which office leads?"),
            "objectives": _("Rows that serve no pillar yet: which pillar do they serve?"),
        }[name]


MISSING = _Missing()


def proposals_for(asked: Asked, decider: Decider) -> Iterable[Proposal]:
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


def proposed(found: Proposals) -> list[Proposal]:
    return [
        Proposal(code=one.code, label=one.label, score=round(one.score, 2), why_not=one.why_not)
        for one in found.proposals
    ]


# Names, and what it comes to


def names_in(rows: tuple[PlannedRow, ...], decider: Decider) -> dict[str, str]:
    look = decider.look
    found = {}
    for row in rows:
        for code in row.partners:
            if partner := look.partners.get(code):
                found[code] = partner.label
        for code in row.countries:
            if country := look.countries.get(code):
                found[code] = country.name
    return found


def new_partners_of(decisions: list[Decision]) -> list[str]:
    """Names of those that would be created, once each."""
    names: dict[str, str] = {}
    for one in decisions:
        for part in one.entry.parts if one.entry else ():
            if part.partner.pk is None:
                names.setdefault(part.partner.code, part.partner.name)
    return list(names.values())


def digest_of(decisions: list[Decision]) -> str:
    """Of all that would be written: another wherever anything of it is another."""
    hashed = hashlib.sha256()
    for one in decisions:
        if one.planned.outcome in READY and one.data is not None:
            version = one.record.version if one.record else 0
            told = [one.planned.number, one.planned.record, version, sorted(one.data.lists())]
            hashed.update(json.dumps(told, ensure_ascii=False).encode())
    return hashed.hexdigest()
