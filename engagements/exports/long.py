"""One row for each engagement, partner and objective: what a pivot table is made from.

What is told of the engagement repeats in each of its rows. Numbers do not: they stand in its first row alone,
so that a sum over all rows is that of the engagements.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from engagements.exports.columns import Column, Is
from engagements.exports.known import Known
from engagements.exports.records import Lot, Part, Tag
from engagements.exports.saying import Cells, Said, lines
from engagements.exports.words import Words
from engagements.models import Participation
from partners.models import Partner

# Told by columns of their own in each row; a version leads nowhere, since such a file is not loaded again.
TOLD_APART = {
    "partners", "roles", "partner_codes", "pillars", "priorities", "mandate", "themes", "sectors",
    "primary", "reasons", "version",
}  # fmt: skip
NUMBERS = {Is.NUMBER, Is.MONEY}


@dataclass(frozen=True)
class LongColumn:
    """As a Column; `says` it of a partner with its role, or of an objective."""

    code: str
    heading: Any
    says: Callable[[Any, Words], Any]
    holds: Is = Is.TEXT
    width: int = 16


def of_partner(told: Callable[[Partner, Words], Any]) -> Callable[[Part, Words], Any]:
    return lambda part, words: told(words.partners[part.partner], words)


def of_objective(told: Callable[[Any, Words], Any]) -> Callable[[Tag, Words], Any]:
    return lambda tag, words: told(words.objectives[tag.objective], words)


def role(part: Part, words: Words) -> str:
    return words.choice(Participation.PartnerRole, part.role)


def framework_kind(objective: Any, words: Words) -> str:
    kind = objective.framework
    return kind.kind if words.codes else capfirst(kind.get_kind_display())


def framework(objective: Any, words: Words) -> str:
    return objective.framework.code if words.codes else objective.framework.title


ONCE = LongColumn(
    "count_once", _("Engagements (add these up)"), lambda is_first, w: int(is_first), Is.NUMBER
)
OF_PARTNER: list[LongColumn] = [
    LongColumn("partner", _("Partner"), of_partner(lambda p, w: w.partner(p.pk)), Is.LONG_TEXT, 40),
    LongColumn("partner_code", _("Partner code"), of_partner(lambda p, w: p.code)),
    LongColumn("role", _("Role of the partner"), role),
    LongColumn("partner_kind", _("Kind of partner"), of_partner(lambda p, w: w.choice(Partner.Kind, p.kind))),
    LongColumn(
        "partner_country",
        _("Country of the partner"),
        of_partner(lambda p, w: w.country(p.country_id) if p.country_id else ""),
    ),
    LongColumn(
        "part_of",
        _("Part of"),
        of_partner(lambda p, w: w.partner(p.parent_id) if p.parent_id else ""),
        width=30,
    ),
]  # fmt: skip
OF_OBJECTIVE: list[LongColumn] = [
    LongColumn("objective", _("Objective"), of_objective(lambda o, w: o.code), width=11),
    LongColumn("wording", _("Wording"), of_objective(lambda o, w: o.wording), Is.LONG_TEXT, 50),
    LongColumn("framework_kind", _("Kind of framework"), of_objective(framework_kind), width=20),
    LongColumn("framework", _("Framework"), of_objective(framework), width=30),
    LongColumn("is_primary", _("Primary (1) or not (0)"), lambda tag, w: int(tag.primary), Is.NUMBER, 11),
    LongColumn("reason", _("Reason"), lambda tag, w: tag.reason, Is.LONG_TEXT, 40),
]  # fmt: skip
LONG_COLUMNS = [ONCE, *OF_PARTNER, *OF_OBJECTIVE]


def columns_of(columns: list[Column]) -> list[Column]:
    """What is told of the engagement itself."""
    return [column for column in columns if column.code not in TOLD_APART]


class Long:
    """Makes the lines: each partner with each objective of an engagement; of neither, one with nothing."""

    def __init__(self, columns: list[Column], words: Words, cells: Cells) -> None:
        self.said = [Said(column, words, cells) for column in columns]
        self.numbers = [at for at, column in enumerate(columns) if column.holds in NUMBERS]
        self.partners = known_of(OF_PARTNER, words, cells)
        self.objectives = known_of(OF_OBJECTIVE, words, cells)
        cell = cells(ONCE.holds)
        # In the first row of an engagement, and in its others.
        self.once: Sequence[Any] = cell([1, 0]) if cell else (1, 0)

    def lines(self, lot: Lot) -> Iterator[tuple[Any, ...]]:
        told = lines(self.said, lot)
        for first, parts, tags in zip(told, lot["parts"], lot["tags"], strict=True):
            again = list(first)
            for at in self.numbers:
                again[at] = None
            of_parts = [self.partners[part] for part in parts or [None]]
            of_tags = [self.objectives[tag] for tag in tags or [None]]
            met = (part + tag for part, tag in product(of_parts, of_tags))
            yield (*first, self.once[0], *next(met))
            told_again = (*again, self.once[1])
            yield from (told_again + one for one in met)


def known_of(columns: list[LongColumn], words: Words, cells: Cells) -> Known:
    """Of a partner or an objective all that is said; of none, nothing."""
    made = [(column, cells(column.holds)) for column in columns]

    def told(one: Part | Tag | None) -> tuple[Any, ...]:
        if one is None:
            return (None,) * len(made)
        values = ((column.says(one, words), cell) for column, cell in made)
        return tuple(cell([value])[0] if cell else value for value, cell in values)

    return Known(told)
