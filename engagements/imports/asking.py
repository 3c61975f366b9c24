"""What a file does not say, as questions: each once for all rows that say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from common.cautions import CONFIRMED
from common.text import fold
from engagements.imports.decided import Decision
from engagements.imports.matching.results import Proposals
from engagements.imports.plan import Proposal, Question
from engagements.imports.rows import Asked

# How dates are written is one question for the whole file, with so many examples.
HOW_WRITTEN = ("date_order", "fiscal_or_month")
EXAMPLES = 3


def questions_of(
    waiting: Iterable[Decision], proposals: Callable[[Asked], Iterable[Proposal]]
) -> Iterator[Question]:
    """Those that most rows wait for first."""
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
            proposals=tuple(proposals(asked)),
            message=message_of(asked, len(rows), list(texts)),
        )


def message_of(asked: Asked, rows: int, texts: list[str]) -> str:
    if asked.kind == CONFIRMED:
        return ngettext(
            "%(rows)s row holds what looks like a number of a person: a Social Insurance Number, or an "
            "offender’s FPS number. No such number has a place here. Take it out of the file; if it is "
            "something else, confirm it once.",
            "%(rows)s rows hold what looks like a number of a person: a Social Insurance Number, or an "
            "offender’s FPS number. No such number has a place here. Take them out of the file; if they are "
            "something else, confirm it once.",
            rows,
        ) % grouped(rows=rows)
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
            "%(rows)s row has the title, the start and a partner of another row in the file. Is it an "
            "engagement of its own?",
            "%(rows)s rows have the title, the start and a partner of another row in the file. Are they "
            "engagements of their own?",
            rows,
        ) % grouped(rows=rows)
    if asked.kind == "defaults":
        return asked.proposals.message or str(MISSING[asked.value])
    return asked.proposals.message


def grouped(**counts: int) -> dict[str, str]:
    """Each count as the reader's language writes it: 2,740."""
    return {name: number_format(count, force_grouping=True) for name, count in counts.items()}


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


def proposed(found: Proposals) -> list[Proposal]:
    return [
        Proposal(code=one.code, label=one.label, score=round(one.score, 2), why_not=one.why_not)
        for one in found.proposals
    ]
