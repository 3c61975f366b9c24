"""Reference data: read from YAML files, checked, and brought into step with the tables.

A row is known by its code. What the file adds, changes or no longer has is added, updated or retired;
nothing is deleted, and what an administrator edited in the portal stays as it is.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

# As yaml.safe_load, which never uses the much quicker C of libyaml.
SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class BadReference(Exception):
    """Says which file and entry is wrong, and why."""


@dataclass(frozen=True)
class Entry:
    """One entry of a file. `where` names both, for messages."""

    where: str
    values: dict[str, Any]

    def refuse(self, problem: str) -> BadReference:
        return BadReference(f"{self.where}: {problem}")

    def allow_only(self, names: Iterable[str]) -> None:
        if unknown := self.values.keys() - set(names):
            raise self.refuse(f"no such field: {', '.join(sorted(map(str, unknown)))}")

    def text(self, name: str) -> str:
        """The text of a field, "" where it is left out. Bare NO, 034 and 2004 are not text in YAML."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, str):
            raise self.refuse(f"{name} is {value!r}, which is no text: put it in quotes")
        return value or ""

    def flag(self, name: str) -> bool:
        value = self.values.get(name, False)
        if not isinstance(value, bool):
            raise self.refuse(f"{name} is {value!r}: write true or false")
        return value

    def day(self, name: str) -> dt.date | None:
        value = self.values.get(name)
        if value is not None and type(value) is not dt.date:
            raise self.refuse(f"{name} is {value!r}: write a day as 2006-04-01, without quotes")
        return value

    def items(self, name: str) -> list[Any]:
        value = self.values.get(name) or []
        if not isinstance(value, list):
            raise self.refuse(f"{name} is no list")
        return value

    def entries(self, name: str) -> list["Entry"]:
        """The entries of a list within this one."""
        return numbered(self.items(name), f"{self.where}, {name}")


def numbered(items: list[Any], where: str) -> list[Entry]:
    """A list of mappings as entries, told by their place in it."""
    for number, values in enumerate(items, 1):
        if not isinstance(values, dict):
            raise BadReference(f"{where} {number} is no entry with fields")
    return [Entry(f"{where} {number}", values) for number, values in enumerate(items, 1)]


def read(path: Path, key: str = "code") -> list[Entry]:
    """The entries of a file, each with a `key` of its own; BadReference where it makes no sense."""
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=SAFE_LOADER)
    except OSError as error:
        raise BadReference(f"{path} cannot be read: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadReference(f"{path.name} is not YAML: {' '.join(str(error).split())}") from error
    # Nor is an empty file believed: it would retire the whole table.
    if not isinstance(content, list) or not content:
        raise BadReference(f"{path.name} holds no list of entries")
    return named(numbered(content, f"{path.name}, entry"), path.name, key)


def named(entries: Iterable[Entry], where: str, key: str = "code") -> list[Entry]:
    """The entries, told from now on by their key; BadReference where one has none or two share it."""
    found: dict[str, Entry] = {}
    for entry in entries:
        code = entry.text(key)
        if not code:
            raise entry.refuse(f"no {key}")
        if code in found:
            raise BadReference(f"{where}: two entries have the {key} {code}")
        found[code] = Entry(f"{where}, entry {code}", entry.values)
    return list(found.values())


@dataclass
class Tally:
    """What became of a table's rows, by code."""

    table: str
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def changed_too(self, code: str) -> None:
        """For a row whose own columns were right, but not what hangs on it."""
        if code in self.unchanged:
            self.unchanged.remove(code)
            self.updated.append(code)

    def __str__(self) -> str:
        said = (
            f"{self.table}: {len(self.added)} added, {len(self.updated)} updated, "
            f"{len(self.unchanged)} unchanged, {len(self.retired)} retired, "
            f"{len(self.kept)} kept as edited"
        )
        return f"{said} ({', '.join(self.kept)})" if self.kept else said


@dataclass(frozen=True)
class Wanted:
    """A row as its file has it: columns by attribute name (country_id, not country)."""

    entry: Entry
    code: str
    columns: dict[str, Any]
    # Where rows are parts of others: the code of an entry above this one, "" for none.
    parent: str | None = None


@dataclass(frozen=True)
class Retirement:
    """How a row shows that it left the file (`sign` is set), and that it came back."""

    sign: str
    gone: Callable[[], dict[str, Any]]
    back: dict[str, Any]


RETIRE = Retirement(
    sign="retired_on",
    gone=lambda: {"retired_on": timezone.localdate()},
    back={"retired_on": None},
)


def was_edited(row: Any) -> bool:
    return row.edited_at is not None


def bring_into_step(
    model: type[models.Model],
    wanted: list[Wanted],
    *,
    key: str = "code",
    is_kept: Callable[[Any], bool] = was_edited,
    retirement: Retirement = RETIRE,
) -> tuple[dict[str, Any], Tally]:
    """Add, update and retire until the table is as wanted. The rows by code, and what became of them."""
    rows = {getattr(row, key): row for row in model._default_manager.all()}
    tally = Tally(str(model._meta.verbose_name_plural))
    _refuse_unknown_parents(wanted)
    _add(model, key, [want for want in wanted if want.code not in rows], rows, tally)

    altered = _update(wanted, rows, tally, is_kept, retirement)
    gone = rows.keys() - {want.code for want in wanted}
    altered |= _retire({code: rows[code] for code in gone}, tally, is_kept, retirement)
    if altered:
        columns = sorted(set().union(*altered.values()))
        model._default_manager.bulk_update([rows[code] for code in altered], columns)
    return rows, tally


def check(row: models.Model, entry: Entry) -> None:
    """What a form would check of single fields; relations were looked up by code already."""
    relations = [f.name for f in row._meta.concrete_fields if f.is_relation]
    try:
        row.clean_fields(exclude=relations)
    except ValidationError as error:
        problems = [f"{name}: {' '.join(said)}" for name, said in error.message_dict.items()]
        raise entry.refuse("; ".join(problems)) from error


def _refuse_unknown_parents(wanted: list[Wanted]) -> None:
    above: set[str] = set()
    for want in wanted:
        if want.parent and want.parent not in above:
            raise want.entry.refuse(f"no entry above it has the code of its parent, {want.parent}")
        above.add(want.code)


def _add(
    model: type[models.Model], key: str, new: list[Wanted], rows: dict[str, Any], tally: Tally
) -> None:
    """Create rows at once, still without parents: those have no primary keys yet."""
    for want in new:
        row = model(**{key: want.code}, **want.columns)
        _alter(row, {})
        check(row, want.entry)
        rows[want.code] = row
        tally.added.append(want.code)
    model._default_manager.bulk_create([rows[want.code] for want in new])


def _update(
    wanted: list[Wanted],
    rows: dict[str, Any],
    tally: Tally,
    is_kept: Callable[[Any], bool],
    retirement: Retirement,
) -> dict[str, set[str]]:
    """Set what differs, of new rows their parents; the columns to save by code."""
    altered: dict[str, set[str]] = {}
    added = set(tally.added)
    for want in wanted:
        row = rows[want.code]
        if is_kept(row):
            tally.kept.append(want.code)
        elif columns := _alter(row, _columns(want, rows) | retirement.back):
            check(row, want.entry)
            altered[want.code] = columns
            if want.code not in added:
                altered[want.code] |= _next_version(row)
                tally.updated.append(want.code)
        elif want.code not in added:
            tally.unchanged.append(want.code)
    return altered


def _retire(
    gone: dict[str, Any], tally: Tally, is_kept: Callable[[Any], bool], retirement: Retirement
) -> dict[str, set[str]]:
    altered: dict[str, set[str]] = {}
    for code, row in gone.items():
        if not is_kept(row) and getattr(row, retirement.sign) is None:
            altered[code] = _alter(row, retirement.gone()) | _next_version(row)
            tally.retired.append(code)
    return altered


def _columns(want: Wanted, rows: dict[str, Any]) -> dict[str, Any]:
    if want.parent is None:
        return want.columns
    return want.columns | {"parent_id": rows[want.parent].pk if want.parent else None}


def _alter(row: Any, columns: dict[str, Any]) -> set[str]:
    """Set the columns, fill those derived from them; the names of those that were different."""
    before = dict(vars(row))
    for name, value in columns.items():
        setattr(row, name, value)
    if hasattr(row, "fold_names"):
        row.fold_names()
    return {name for name, value in before.items() if vars(row)[name] != value}


def _next_version(row: Any) -> set[str]:
    """Somebody may have the row open in a form: their save must not undo this one silently."""
    if not hasattr(row, "version"):
        return set()
    row.version += 1
    return {"version"}
