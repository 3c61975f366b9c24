"""What the texts of a file are closest to: how close in words, what is sure, what one choice takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagements.imports.matching.matchers import TOO_LIKE
from engagements.imports.plan import Proposal, Question

# Of these a score says how alike two names are; of a kind it says how likely it is.
ALIKE = ("partners", "countries", "offices")
# From so many percent on.
GRADES: dict[int, Promise] = {
    round(TOO_LIKE * 100): _("almost the same"),
    90: _("very alike"),
    80: _("alike"),
    1: _("somewhat alike"),
}
# Chosen already, where nothing else comes near.
SURE, NEAR = 99, 90
# One choice for many takes no less than this.
LEAST = 80


def percent(proposal: Proposal) -> int:
    return max(1, round(proposal.score * 100))


def likeness(score: int) -> str:
    """In words; "" for none."""
    return next((str(words) for least, words in GRADES.items() if score >= least), "")


def closest_of(question: Question) -> Proposal | None:
    """The one that is closest and can be chosen; None where none is, or two are equally close."""
    if question.kind not in ALIKE:
        return None
    some = [each for each in question.proposals if each.code and not each.why_not]
    tied = len(some) > 1 and some[0].score == some[1].score
    # What is closer still and cannot be chosen was meant, most likely.
    return some[0] if some and not tied and some[0] is question.proposals[0] else None


def sure_of(question: Question) -> str:
    """The code that is chosen already; "" where somebody has to look."""
    closest = closest_of(question)
    others = [percent(each) for each in question.proposals[1:]]
    is_sure = closest is not None and percent(closest) >= SURE and max(others, default=0) < NEAR
    return closest.code if closest and is_sure else ""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A text, what it is closest to, and how close."""

    question: Question
    label: str
    code: str
    score: int

    @property
    def likeness(self) -> str:
        return likeness(self.score)


@dataclass(frozen=True, kw_only=True)
class Grade:
    """What would be taken from so many percent on: texts, and rows that wait for them."""

    least: int
    likeness: str
    texts: int
    rows: int


def taken_from(questions: Iterable[Question], least: int = LEAST) -> list[Taken]:
    """What would be taken, the closest first."""
    found = [
        Taken(question=question, label=closest.label, code=closest.code, score=percent(closest))
        for question in questions
        if (closest := closest_of(question)) and percent(closest) >= max(least, LEAST)
    ]
    return sorted(found, key=lambda each: -each.score)


def grades_of(taken: list[Taken]) -> list[Grade]:
    """Each takes what the one before it does, and more."""
    found: list[Grade] = []
    for least, words in GRADES.items():
        some = [each for each in taken if each.score >= least]
        rows = {row for each in some for row in each.question.rows}
        if least >= LEAST and len(some) > (found[-1].texts if found else 0):
            found.append(Grade(least=least, likeness=str(words), texts=len(some), rows=len(rows)))
    return found


def answers_in(taken: Iterable[Taken]) -> dict[str, dict[str, str]]:
    """As the answers have it: section → {text: code}."""
    told: dict[str, dict[str, str]] = {}
    for each in taken:
        told.setdefault(each.question.kind, {})[each.question.value] = each.code
    return told
