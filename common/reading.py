"""Reading many rows at once: by any number of keys in one value, column by column, days as they are kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import BooleanField, DateField, Func, Model, QuerySet, TextField
from django.db.models.functions import Cast

# Stands among the parameters of a statement where keys are sent.
THESE = object()


class AmongThese(Func):
    """A condition: a column is one of some whole numbers, sent as one value however many there are.

    A parameter each has to be prepared, converted and bound apart, which takes longer than finding the rows.
    """

    output_field = BooleanField()

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **context: Any
    ) -> tuple[str, Any]:
        column, parameters = compiler.compile(self.get_source_expressions()[0])
        return f"{column} IN (SELECT value FROM json_each(%s))", [*parameters, THESE]

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, Any]:
        column, parameters = compiler.compile(self.get_source_expressions()[0])
        return f"{column} = ANY(%s::bigint[])", [*parameters, THESE]


class ByKeys:
    """A `values_list` of plain columns, asked again and again for those whose `column` is one of some keys.

    It is put into SQL once.
    """

    def __init__(self, read: QuerySet, column: str = "pk") -> None:
        self.using = read.db
        self.compiler = read.filter(AmongThese(column)).query.get_compiler(read.db)
        self.sql, self.converters = "", {}
        self.parameters: Sequence[Any] = ()
        try:
            self.sql, self.parameters = self.compiler.as_sql()
        except EmptyResultSet:
            return
        asked = [column for column, _sql, _name in self.compiler.select]
        self.converters = self.compiler.get_converters(asked)

    def rows(self, keys: Iterable[int]) -> list[Sequence[Any]]:
        """As the driver has them: True may be 1, 0.10 be 0.1."""
        if not self.sql:
            return []
        connection = connections[self.using]
        listed = ",".join(map(str, keys))
        these = f"[{listed}]" if connection.vendor == "sqlite" else f"{{{listed}}}"
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [these if one is THESE else one for one in self.parameters])
            return cursor.fetchall()

    def in_columns(self, rows: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
        """Of such rows the columns, with values as the query gives them: most are as they stand."""
        columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
        columns = columns or [() for _column in self.compiler.select or ()]
        for place, (converters, column) in self.converters.items():
            for convert in converters:
                columns[place] = [
                    convert(value, column, self.compiler.connection) for value in columns[place]
                ]
        return columns


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
