"""Which column of a table is which field: guessed, remembered, chosen.

A guess begins with the heading and has to be borne out by the values. A heading that means nothing to us is
left out; what it says is never guessed wildly.
"""

import hashlib
from collections.abc import Callable, Mapping

from django.utils import timezone

from accounts.models import User
from common.sheets.tables import Column, Table
from common.sheets.values.amounts import is_foreign
from common.sheets.values.date_habits import is_fiscal_heading
from common.text import fold
from engagements.exports.columns import fields_by_heading, fields_of_export
from engagements.imports import titles
from engagements.imports.bearing_out import Values, borne_out, by_values
from engagements.imports.fields import FIELDS, IGNORE, KEEP, Field
from engagements.imports.headings import WORTH, fields_for, knows
from engagements.models import ColumnMemory, Load

__all__ = ["applied", "guess", "knows", "named", "recalled", "remember", "shape_of", "unknown_in"]

Known = Mapping[str, Callable[[str], bool]]
Mapped = dict[int, str]
# So many headings that are all our own words were not thought of by anybody else.
OURS = 8
DATED = frozenset({"start", "end"})


def guess(table: Table, known: Known | None = None) -> Mapped:
    """Index of every column → its field; IGNORE for one that is left out.

    `known`: field → whether a text is one of its values ("countries", "partners", "kind", "objectives"),
    where the look-ups have been read.
    """
    if ours := _of_ours(table):
        return ours
    values = {column.index: Values.of(table, column) for column in table.columns}
    if not table.header_row:
        return by_values(table, values, known or {})
    wanted = {
        column.index: _candidates(column, values[column.index], known or {})
        for column in table.columns
    }
    mapping = _assigned(table, wanted)
    return titles.told_apart(table, mapping, wanted)


def _of_ours(table: Table) -> Mapped | None:
    """Of a file that came from the portal, an export or the template: its headings are our own words."""
    headings = [column.heading for column in table.columns]
    if fields_of_export(headings) is not None:
        # What somebody added to an export belongs to nobody's text until they say so.
        fields = fields_by_heading()
        return {c.index: fields.get(fold(c.heading), IGNORE) for c in table.columns}
    known = fields_by_heading()
    told = {c.index: known[fold(c.heading)] for c in table.columns if fold(c.heading) in known}
    if len(told) < max(OURS, len(headings) - 1):
        return None
    taken = {*told.values(), "title"} - {IGNORE}
    for column in table.columns:
        if column.index not in told:
            name = next(iter(fields_for(column.heading)), IGNORE)
            told[column.index] = KEEP if name in taken else name
    return dict(sorted(told.items()))


def _candidates(column: Column, values: Values, known: Known) -> dict[str, float]:
    """Fields its heading may stand for, alone or under its group, as far as its values agree."""
    told = fields_for(column.heading)
    if column.group:
        for name, score in fields_for(f"{column.group} {column.heading}").items():
            told[name] = max(told.get(name, 0.0), score * 0.97)
        if titled := titles.under(column):
            told[titled] = 1.0
    if is_foreign(column.heading):
        told = {KEEP if "cost" in name else name: score for name, score in told.items()}
    return {
        field: score
        for name, stated in told.items()
        for field, score in [borne_out(name, stated, column, values, known)]
        if score >= WORTH
    }


def _assigned(table: Table, wanted: dict[int, dict[str, float]]) -> Mapped:
    """The best first; a field that is single goes to one column, and others that say the same are kept."""
    mapping: Mapped = {}
    told = sorted(
        ((score, -index, name) for index, names in wanted.items() for name, score in names.items()),
        reverse=True,
    )
    for _score, minus, name in told:
        if -minus not in mapping and (FIELDS[name].several or name not in mapping.values()):
            mapping[-minus] = name
    for column in table.columns:
        if column.index not in mapping:
            mapping[column.index] = _second(column, wanted[column.index])
    if "version" in mapping.values() and "reference" not in mapping.values():
        mapping = {i: KEEP if name == "version" else name for i, name in mapping.items()}
    return dict(sorted(mapping.items()))


def _second(column: Column, wanted: dict[str, float]) -> str:
    """A column whose field another column is: kept, unless it says only what the dates say anyway."""
    derived = is_fiscal_heading(column.heading) or fold(column.heading) in {
        "year",
        "annee",
        "month",
        "mois",
    }
    return IGNORE if not wanted or (derived and DATED & set(wanted)) else KEEP


# --- chosen and remembered ---


def shape_of(table: Table, subject: str = Load.Subject.ENGAGEMENTS) -> str:
    """What files of one shape share: their headings, in order. "" for a table without headings.

    The same headings say other things of partners than of engagements.
    """
    if not table.header_row:
        return ""
    told = "\n".join(f"{fold(column.group)}\t{fold(column.name)}" for column in table.columns)
    if subject != Load.Subject.ENGAGEMENTS:
        told = f"{subject}\n{told}"
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def named(table: Table, mapping: Mapping[int, str]) -> dict[str, str]:
    """Name of each column → its field, as --json and the memory say it."""
    return {column.name: mapping.get(column.index, IGNORE) for column in table.columns}


def applied(
    table: Table,
    mapping: Mapping[int, str],
    said: Mapping[str, str],
    fields: Mapping[str, Field] = FIELDS,
) -> Mapped:
    """A mapping with what a person chose laid over it: {name or heading or "[C]": field}.

    A single field that is given to another column by choice is taken from the one it was guessed for.
    """
    chosen = {
        column.index: field
        for name, field in said.items()
        if field in fields and (column := table.column(name))
    }
    taken = {field for field in chosen.values() if not fields[field].several}
    guessed = {i: IGNORE if field in taken else field for i, field in mapping.items()}
    return guessed | chosen


def unknown_in(
    table: Table, said: Mapping[str, str], fields: Mapping[str, Field] = FIELDS
) -> list[tuple[str, str]]:
    """(heading, field) of what was chosen and is not there: no such column, or no such field."""
    return [
        (name, field)
        for name, field in said.items()
        if field not in fields or not table.column(name)
    ]


def recalled(
    table: Table, person: User, *, subject: str = Load.Subject.ENGAGEMENTS
) -> dict[str, str] | None:
    """What this person last chose for a file of this shape: heading → field; None where there was none."""
    shape = shape_of(table, subject)
    memory = ColumnMemory.objects.filter(person=person, shape=shape).first() if shape else None
    return memory.mapping if memory else None


def remember(
    table: Table,
    mapping: Mapping[int, str],
    person: User,
    *,
    subject: str = Load.Subject.ENGAGEMENTS,
) -> None:
    """Keep it for this person's next file of this shape."""
    if shape := shape_of(table, subject):
        told = {"mapping": named(table, mapping), "used_at": timezone.now()}
        ColumnMemory.objects.update_or_create(person=person, shape=shape, defaults=told)
