"""A load between two pages: what was uploaded and answered, and how to get its table and its plan from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from accounts.models import Office, User
from engagements.imports.plan import Plan
from engagements.models import Load

if TYPE_CHECKING:
    from common.sheets.tables import Table

    from common.sheets.book import Book
    from engagements.imports.answers import Answers


def begin(
    *,
    by: User,
    content: bytes,
    name: str,
    subject: str = Load.Subject.ENGAGEMENTS,
    office: Office | None = None,
    answers: dict[str, Any] | None = None,
) -> Load:
    """Read a file and keep it. Raises common.sheets.reading.Unreadable: then nothing is kept."""
    raise NotImplementedError


def answer(load: Load, answers: dict[str, Any]) -> Load:
    """Keep what a person chose (the JSON of --answers, whole); what was checked before holds no more.

    Where it names another encoding or delimiter the file is read again (Unreadable).
    """
    raise NotImplementedError


def book_of(load: Load) -> Book:
    """The cells as they were read."""
    raise NotImplementedError


def answers_of(load: Load) -> Answers:
    """What was chosen so far."""
    raise NotImplementedError


def table_of(load: Load) -> Table:
    """The table in it, as guessed or as chosen (answers: sheet, header_row). NoTable where there is none."""
    raise NotImplementedError


def mapping_of(load: Load, table: Table) -> dict[int, str]:
    """Index of each column → its field: as chosen, as remembered for this shape, as guessed."""
    raise NotImplementedError


def plan_of(load: Load) -> Plan | None:
    """What was found when it was last checked (or, once loaded, what was done); None before that."""
    return Plan.unpacked(bytes(load.plan)) if load.plan else None
