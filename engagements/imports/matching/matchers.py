"""All that a file's words are compared with, read once: a fixed number of queries however many rows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accounts.models import User
from engagements.imports.answers import Answers
from engagements.imports.matching.results import Match


@dataclass
class Matchers:
    """partners, countries, kinds, objectives, offices, people: each has

    match(text) -> Match    what the text stands for by itself
    knows(text) -> bool     whether it is found as it stands (for common.sheets.values.lists.split)
    get(code)               the record or slug of a code, None where there is none that can be used
    label(code) -> str      for a person
    and `objectives.match(text, day=…, kind="")`: the framework in force on the row's day.
    """

    user: User

    @classmethod
    def load(cls, user: User) -> Matchers:
        """Reads partners with their former names, countries, regions, frameworks, offices and people."""
        raise NotImplementedError

    def resolve(
        self,
        section: str,
        text: str,
        answers: Answers,
        *,
        day: dt.date | None = None,
        kind: str = "",
    ) -> Match:
        """What the text stands for once answers are laid over: Found(code), Found(CREATE), Nothing, Proposals, Refused."""
        raise NotImplementedError
