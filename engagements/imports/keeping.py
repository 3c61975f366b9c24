"""A load between two pages: what was uploaded and answered, and how to get its table and its plan from it."""

from __future__ import annotations

import hashlib
import unicodedata
import zlib
from typing import Any

from accounts.models import Office, User
from common.sheets.book import Book
from common.sheets.reading import read
from common.sheets.tables import Table, find_table
from engagements.imports import mapping as columns
from engagements.imports.answers import Answers
from engagements.imports.answers_told import answers_from
from engagements.imports.matching.matchers import Matchers
from engagements.imports.plan import Plan
from engagements.imports.subjects import subject_of
from engagements.models import Load

NAME_LENGTH = 200
# Whose answers may still change.
CHANGEABLE = (Load.Stage.READ, Load.Stage.CHECKING, Load.Stage.CHECKED)
# What the answers say of how a text is written, for which it is read again.
HOW_WRITTEN = ("encoding", "delimiter")


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
    load = read_in(
        by=by, content=content, name=name, subject=subject, office=office, answers=answers
    )
    load.save()
    return load


def read_in(
    *,
    by: User,
    content: bytes,
    name: str,
    subject: str = Load.Subject.ENGAGEMENTS,
    office: Office | None = None,
    answers: dict[str, Any] | None = None,
) -> Load:
    """As begin, and not kept: to see what would come of it."""
    answers = answers or {}
    book = read(content, name, **how_written(answers))
    return Load(
        by=by,
        subject=subject,
        office=office or by.office,
        file_name=called(name),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        content=zlib.compress(content, level=6) if book.encoding else None,
        book=book.packed(),
        answers=answers,
        sensitivity=by.clearance,
    )


def answer(load: Load, answers: dict[str, Any]) -> Load:
    """Keep what a person chose (the JSON of --answers, whole); what was checked before holds no more.

    Where it names another encoding or delimiter the file is read again (Unreadable). BadAnswers where they
    cannot be read. What is being saved, or was, stays as it was confirmed.
    """
    answers_for(load, answers)
    changed: dict[str, Any] = {"answers": answers, "stage": Load.Stage.READ, "plan": None}
    changed |= {"checked_at": None, "counts": {}, "worker": None}
    changed["sensitivity"] = load.by.clearance  # until it is checked again
    if load.content and how_written(answers) != how_written(load.answers):
        content = zlib.decompress(bytes(load.content))
        changed["book"] = read(content, load.file_name, **how_written(answers)).packed()
    if Load.objects.filter(pk=load.pk, stage__in=CHANGEABLE).update(**changed):
        for name, value in changed.items():
            setattr(load, name, value)
    else:
        load.refresh_from_db(fields=["stage", "answers"])
    return load


def how_written(answers: dict[str, Any]) -> dict[str, str]:
    return {name: str(answers.get(name) or "") for name in HOW_WRITTEN}


def called(name: str) -> str:
    """The file's name without the folders it came from, and without what would not show in it."""
    plain = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(each for each in plain if not unicodedata.category(each).startswith("C"))
    return kept.strip()[:NAME_LENGTH] or "–"


def book_of(load: Load) -> Book:
    """The cells as they were read."""
    return Book.unpacked(bytes(load.book))


def answers_of(load: Load) -> Answers:
    """What was chosen so far."""
    return answers_for(load, load.answers)


def answers_for(load: Load, told: dict[str, Any]) -> Answers:
    """Answers about a file of this subject. BadAnswers where they cannot be read."""
    subject = subject_of(load)
    return answers_from(told, subject.fields, subject.with_default)


def table_of(load: Load, book: Book | None = None) -> Table:
    """The table in it, as guessed or as chosen (answers: sheet, header_row). NoTable where there is none.

    `book` where it was unpacked already.
    """
    told = load.answers
    return find_table(
        book or book_of(load),
        subject_of(load).knows,
        sheet=told.get("sheet") or "",
        header_row=told.get("header_row") or 0,
    )


def mapping_of(load: Load, table: Table, matchers: Matchers | None = None) -> dict[int, str]:
    """Index of each column → its field: as chosen, as remembered for this shape, as guessed."""
    subject, guessed = subject_of(load), remembered(load, table)
    if guessed is None:
        guessed = subject.guess(table, lambda: matchers or subject.matchers())
    return columns.applied(table, guessed, answers_of(load).mapping, subject.fields)


def remembered(load: Load, table: Table) -> dict[int, str] | None:
    """Of the last file of this shape that this person loaded; None where there was none."""
    memory = columns.recalled(table, load.by, subject=load.subject)
    if memory is None:
        return None
    subject = subject_of(load)
    return columns.applied(table, subject.guess(table, None), memory, subject.fields)


def plan_of(load: Load) -> Plan | None:
    """What was found when it was last checked (or, once loaded, what was done); None before that."""
    return Plan.unpacked(bytes(load.plan)) if load.plan else None
