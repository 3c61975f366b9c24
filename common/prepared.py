"""Questions of one shape, put into SQL once by each process and asked again and again with other values.

Django builds a query and puts it into SQL each time it is asked. Of those that every page asks, with what
hangs on a record told in them, that takes several times as long as the database's answer.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
import uuid
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections, models
from django.db.transaction import TransactionManagementError

from common.last_used import LastUsed
from common.planning import Statement

# So many shapes are remembered in each process, the ones asked last; and of lists so long alone.
MOST, LONG = 300, 10
# What is no text in a query; and what a word may be to be written into it.
PARAMETER, SLUG = re.compile("(%[%s])"), re.compile("[a-z]([a-z-]*[a-z])?")
# Who a person is: no rule reads more of it than the key.
IDENTITY = {
    "id", "username", "password", "first_name", "last_name", "email", "language", "date_joined", "last_login",
}  # fmt: skip
Value = int | str | dt.datetime | uuid.UUID
# The value that is the key of whoever is asking.
ASKING = "whoever is asking"
P = TypeVar("P", bound=models.Model)
# A question, its parameters, and the rows it found.
Answer = tuple["Question", tuple[Any, ...], list[tuple[Any, ...]]]
_heard: ContextVar[Heard | None] = ContextVar("heard", default=None)


def ask(shape: Hashable, build: Callable[..., models.QuerySet], **values: Any) -> list[Any]:
    """What the QuerySet finds that `build(**values)` gives.

    `build` is called once for each `shape`: that must name all that the query depends on besides its values.
    These are numbers, texts, moments, keys (UUID), or lists of such, and stand in the query as they are
    given: none is None, none decides what is asked. What a person may see is no such value: see `ask_for`.
    """
    lists = {name: list(value) for name, value in values.items() if isinstance(value, list | tuple)}
    if any(len(one) > LONG for one in lists.values()):
        return list(build(**values))
    flat = {name: value for name, value in values.items() if name not in lists}
    flat |= {f"{name} {n}": one for name, each in lists.items() for n, one in enumerate(each)}
    key = (shape, *((name, len(each)) for name, each in lists.items()))
    prepared = _known.get(key) or _known.keep(key, Prepared.of(build, values, flat))
    return prepared.found(flat)


def ask_for(
    reader: P, shape: Hashable, build: Callable[..., models.QuerySet], **values: Any
) -> list[Any]:
    """As `ask`, what `build(reader, **values)` gives, for somebody who is asking.

    Whoever has the same rights asks by the same SQL, each with their own key in it.
    """
    model, rights = reader._meta.model, rights_of(reader)
    build_it = partial(_in_their_place, model, rights, build)
    return ask((shape, model, rights), build_it, **{ASKING: reader.pk}, **values)


def rights_of(person: models.Model) -> tuple[Any, ...]:
    """Whatever a rule can read of a person who is asking, but for their key."""
    return tuple(getattr(person, field.attname) for field in _of_rights(person._meta.model))


def _of_rights(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if field.attname not in IDENTITY]


def _in_their_place(
    model: type[models.Model],
    rights: tuple[Any, ...],
    build: Callable[..., models.QuerySet],
    **values: Any,
) -> models.QuerySet:
    """Asked as somebody of whom only key and rights are known: reading more would ask the database."""
    names = [field.attname for field in _of_rights(model)]
    person = model.from_db(None, ["id", *names], [values.pop(ASKING), *rights])
    return build(person, **values)


@dataclass(frozen=True)
class Prepared:
    """A query as SQL. `places`: where in its parameters each value stands; `sql` "": it finds nothing."""

    queryset: models.QuerySet
    compiler: Any
    sql: str
    parameters: tuple[Any, ...]
    places: Mapping[str, tuple[int, ...]]
    converters: Any = None

    @classmethod
    def of(
        cls,
        build: Callable[..., models.QuerySet],
        values: Mapping[str, Any],
        flat: Mapping[str, Value],
    ) -> Prepared:
        """Built with marks in the place of values, so that these are found again among the parameters."""
        numbers = itertools.count(1)
        marks = {name: _mark(value, next(numbers)) for name, value in flat.items()}
        marked = {
            name: marks[name]
            if name in marks
            else [marks[f"{name} {n}"] for n in range(len(given))]
            for name, given in values.items()
        }
        with connection.execute_wrapper(_refused):
            queryset = build(**marked)
            compiler = queryset.query.get_compiler(using=queryset.db)
            try:
                sql, parameters = compiler.as_sql()
            except EmptyResultSet:
                return cls(queryset, compiler, "", (), {})
        sql, parameters = _with_words(sql, parameters)
        places = {}
        for name, mark in marks.items():
            wanted = _adapted(mark, compiler.connection)
            places[name] = tuple(n for n, one in enumerate(parameters) if one == wanted)
            # A rule may let anybody of these rights see it.
            if not places[name] and name != ASKING:
                raise LookupError(f"{name} does not stand in the query as it is given")
        converters = compiler.get_converters([one[0] for one in compiler.select])
        return cls(queryset, compiler, sql, parameters, places, converters)

    def found(self, values: Mapping[str, Value]) -> list[Any]:
        if not self.sql:
            return []
        asked_over = connections[self.queryset.db]
        if self.queryset.query.select_for_update and asked_over.get_autocommit():
            raise TransactionManagementError("What is held is held in a transaction.")
        parameters = list(self.parameters)
        for name, places in self.places.items():
            for place in places:
                parameters[place] = _adapted(values[name], asked_over)
        listening = _heard.get()
        ask_now = listening.rows if listening else Question.rows
        rows = ask_now(self.question, tuple(parameters))
        # Copies, since threads share what is remembered.
        compiler = _copy(self.compiler)
        compiler.connection = asked_over
        compiler.execute_sql = lambda *_args, **_kwargs: [rows]
        compiler.get_converters = lambda _columns: self.converters
        asked = _copy(self.queryset)
        asked._query = _copy(self.queryset.query)
        asked._query.get_compiler = lambda *_args, **_kwargs: compiler
        return list(asked._iterable_class(asked))

    @cached_property
    def question(self) -> Question:
        width = self.compiler.col_count if self.compiler.has_extra_select else None
        names = {place: name for name, places in self.places.items() for place in places}
        statement = Statement(self.sql, [names.get(n) for n in range(len(self.parameters))])
        return Question(statement, self.queryset.db, width)


@dataclass(frozen=True)
class Question:
    """A query as SQL alone. `width`: so many columns are wanted, where it gives others to order by."""

    sql: str
    using: str
    width: int | None

    def rows(self, parameters: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        """As the database gives them."""
        with connections[self.using].cursor() as cursor:
            cursor.execute(self.sql, parameters)
            rows = cursor.fetchall()
        return rows if self.width is None else [row[: self.width] for row in rows]


@dataclass
class Heard:
    """What was asked, and the rows it found. `known`: what was heard a moment before is not asked again.

    `asked` counts what the database was asked.
    """

    known: list[Answer] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    asked: int = 0

    def rows(self, question: Question, parameters: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        before = (one[2] for one in self.known if one[:2] == (question, parameters))
        rows = next(before, None)
        if rows is None:
            rows = question.rows(parameters)
            self.asked += 1
        self.answers.append((question, parameters, rows))
        return rows


@contextmanager
def hearing(known: list[Answer] | None = None) -> Iterator[Heard]:
    """What is asked inside, by `ask`."""
    heard = Heard(known or [])
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


def _refused(*_asked: Any) -> None:
    raise LookupError("What the database says at this moment is in no remembered query.")


def _copy(one: Any) -> Any:
    """With the same in it. (A QuerySet that is copied as Python copies is asked first.)"""
    made = object.__new__(type(one))
    made.__dict__.update(one.__dict__)
    return made


def _mark(value: Value, number: int) -> Value:
    """Such as nothing else in a query is."""
    match value:
        case bool() | None:
            raise TypeError("Decides what is asked: name it in the shape.")
        case int():
            return 9_100_000_000_000_000_000 + number
        case str():
            return f"\N{OBJECT REPLACEMENT CHARACTER}{number}\N{OBJECT REPLACEMENT CHARACTER}"
        case dt.datetime():
            return dt.datetime(1000 + number, 1, 1, tzinfo=dt.UTC)
        case uuid.UUID():
            return uuid.UUID(int=0xE117_0000_0000_0000_0000_0000_0000_0000 + number)
    raise TypeError(f"{type(value).__name__} is no value of a prepared query.")


def _with_words(sql: str, parameters: Iterable[Any]) -> tuple[str, tuple[Any, ...]]:
    """With slugs that are the same each time, as stages are, written into the SQL; and what is left.

    SQLite thinks a statement over whenever it is given a parameter anew that might be the word an index of
    a part of a table is for: that took three times as long as finding one engagement.
    """
    left, each = list[Any](), iter(parameters)

    def written(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return found[0]
        one = next(each)
        if isinstance(one, str) and SLUG.fullmatch(one):
            return f"'{one!s}'"
        left.append(one)
        return found[0]

    return PARAMETER.sub(written, sql), tuple(left)


def _adapted(value: Value, connection: Any) -> Any:
    if isinstance(value, dt.datetime):
        return connection.ops.adapt_datetimefield_value(value)
    if isinstance(value, uuid.UUID) and not connection.features.has_native_uuid_field:
        return value.hex
    return value


_known = LastUsed[Hashable, Prepared](MOST)
