"""An export: whose, of what, laid out how. Its lines are the same for every kind of file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Sensitivity, User
from common.marking import marking_in_words
from engagements.exports import long
from engagements.exports.columns import Column
from engagements.exports.layout import Layout
from engagements.exports.long import Long, LongColumn
from engagements.exports.records import Records
from engagements.exports.saying import Cells, lines
from engagements.exports.saying import Said as SaidColumn
from engagements.exports.words import Words
from engagements.filter_words import Said, filter_in_words, made_for
from engagements.filters import EngagementFilter


@dataclass
class Export:
    """`marking`: the highest among the records when it was asked for; `highest`, what was sent included."""

    layout: Layout
    records: Records
    filters: EngagementFilter
    reader: User
    at: dt.datetime
    marking: int = field(init=False)
    highest: int = field(init=False)

    def __post_init__(self) -> None:
        self.marking = self.highest = self.records.marking

    @cached_property
    def words(self) -> Words:
        return Words(codes=self.layout.codes, wording=self.layout.wording)

    @cached_property
    def _of_engagements(self) -> list[Column]:
        chosen = self.layout.columns
        return long.columns_of(chosen) if self.layout.each else chosen

    @cached_property
    def columns(self) -> Sequence[Column | LongColumn]:
        return [*self._of_engagements, *(long.LONG_COLUMNS if self.layout.each else [])]

    @property
    def headings(self) -> list[str]:
        return [each.code if self.layout.codes else str(each.heading) for each in self.columns]

    def lots(self, cells: Cells) -> Iterator[Iterable[Sequence[Any]]]:
        """Lines, some hundred at a time: as the columns have them, as `cells` has that stand in the file."""
        columns = self._of_engagements
        long_form = Long(columns, self.words, cells) if self.layout.each else None
        said = [] if long_form else [SaidColumn(column, self.words, cells) for column in columns]
        reads = [name for column in columns for name in column.reads]
        if long_form:
            reads += ["parts", "tags"]
        for lot in self.records.lots(reads, self.words):
            self.highest = max(self.highest, *lot["sensitivity"], 0)
            yield long_form.lines(lot) if long_form else lines(said, lot)

    def about(self) -> list[Said]:
        """What the file is, for whoever finds it later."""
        return [
            Said(label=_("Filter"), value=filter_in_words(self.filters)),
            Said(label=_("Engagements"), value=str(len(self.records))),
            Said(label=_("Marking"), value=str(Sensitivity(self.marking).label)),
            Said(label=_("Made for"), value=made_for(self.reader)),
        ]

    def notes(self) -> list[str]:
        """What somebody has to know who works with it, a sentence or two each."""
        notes = [_("Restricted notes are in no file.")]
        if self.layout.each:
            notes.append(
                _(
                    "An engagement has a row for each of its partners with each of its objectives. Costs and "
                    "people stand in its first row alone: a sum over all rows is right, one by partner or by "
                    "objective is not. To count engagements, add up the column made for it."
                )
            )
        elif self.layout.comes_back:
            notes.append(
                _(
                    "It can be edited and loaded again: what you change here is changed there. Leave "
                    "Reference and Version as they are; by them a row finds its engagement, and what "
                    "somebody else changed since is not overwritten."
                )
            )
        return notes

    @property
    def marked(self) -> str:
        """The marking as it stands on what is protected; "" on the rest."""
        return marking_in_words(self.marking).upper()
