"""Reading many rows at once: by any number of keys in one value, days and moments as they are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import (
    BigIntegerField,
    DateField,
    Expression,
    Model,
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
