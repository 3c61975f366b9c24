"""Reading many rows at once: by any number of keys in one value, column by column, days as they are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import (
    BigIntegerField,
    DateField,
    Expression,
    Model,
    QuerySet,
    TextField,
)
from django.db.models.functions import Cast


class Keys(Expression):
    """For `pk__in`: a list of whole numbers, sent as one value however many there are.

    A parameter each has to be prepared, converted and bound apart, which takes longer than finding the rows.
    """

    def __init__(self, keys: Iterable[int]) -> None:
        super().__init__(output_field=BigIntegerField())
        self.keys = list(keys)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "(SELECT value FROM json_each(%s))", [json.dumps(self.keys)]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "(SELECT unnest(%s::bigint[]))", [self.keys]


def is_dated(field: Any) -> bool:
    """A day or a moment."""
    return isinstance(field, DateField)


def undated(model: type[Model], name: str) -> str | Cast:
    """A column as `values_list` takes it: a day or a moment as ISO text, the rest as it is.

    Many say the same day; who reads them makes one date of all of these.
    """
    if name == "pk" or not is_dated(model._meta.get_field(name)):
        return name
    return Cast(name, TextField())


def rows_of(read: QuerySet) -> list[Sequence[Any]]:
    """What a `values_list` of plain columns gives, as the driver has it: True may be 1, 0.10 be 0.1."""
    try:
        statement, values = read.query.get_compiler(read.db).as_sql()
    except EmptyResultSet:
        return []
    with connections[read.db].cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def in_columns(read: QuerySet, rows: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """Of such rows the columns, with values as the query gives them: most columns are as they stand."""
    compiler = read.query.get_compiler(read.db)
    compiler.setup_query()
    asked = [column for column, _sql, _name in compiler.select]
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) or [() for _column in asked]
    for place, (converters, column) in compiler.get_converters(asked).items():
        for convert in converters:
            columns[place] = [
                convert(value, column, compiler.connection) for value in columns[place]
            ]
    return columns
