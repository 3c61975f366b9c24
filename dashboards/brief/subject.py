"""What a brief is of: the one partner, country or objective its filter names, or the whole."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from common.bilingual import reader_language, text_in_language
from dashboards.said import Said, filter_said
from dashboards.words import called
from engagements.filters import EngagementFilter
from objectives.models import Objective

NAMED = ("partner", "country", "objective")


@dataclass(frozen=True, kw_only=True)
class Subject:
    """`kind`: "partner", "country", "objective" or "" for the whole; `record`: which one.

    `narrowed`: what else the filter asks for.
    """

    kind: str
    record: Any
    narrowed: list[Said]

    @property
    def heading(self) -> str:
        if self.kind == "partner":
            return self.record.label
        if self.kind == "country":
            return self.record.name
        if self.kind == "objective":
            return called(self.record)
        return _("International engagements")

    @property
    def language(self) -> str:
        """That of the heading: the other one where a record has no name in the reader's."""
        if self.record is None:
            return reader_language()
        name = "short" if self.kind == "objective" else "name"
        return text_in_language(self.record, name).language

    @property
    def wording(self) -> str:
        """Of an objective, its official words; "" of anything else."""
        record = self.record
        return record.wording if isinstance(record, Objective) else ""


def subject_of(filters: EngagementFilter) -> Subject:
    """The one that is named, where one is; of several the brief is of what the filter leaves."""
    named = [(kind, text) for kind in NAMED for text in filters.chosen[kind]]
    named += [(kind, "") for kind, _text, _found in filters.chosen["also"] if kind in NAMED]
    if len(named) != 1 or not named[0][1]:
        return Subject(kind="", record=None, narrowed=filter_said(filters))
    kind, text = named[0]
    said = zip(filters.selected, filter_said(filters), strict=True)
    narrowed = [words for choice, words in said if choice.parameter != kind]
    return Subject(kind=kind, record=filters.chosen[kind][text], narrowed=narrowed)
