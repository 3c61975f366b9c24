"""What PostgreSQL is asked again and again it thinks over once a connection, not each time.

psycopg2 writes values into the statement, so that the server takes each for one it has never seen: for what
an engagement's page asks, finding a plan takes longer than carrying it out. A `Statement` that is asked a
second time over a connection is prepared there, and from then on its values alone are sent.
"""

from __future__ import annotations

import datetime as dt
import re
import uuid
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg2.extensions import connection, cursor

# What is no text in a statement.
PARAMETER = re.compile("(%[%s])")
# So many statements are prepared over a connection, those asked last: each takes the server some 100 kB.
MOST = 100
WHOLE = range(-(2**31), 2**31)


class Statement(str):
    """SQL to be asked with ever other values.

    `names` has, for each of its parameters, that of its value; None for one that is the same each time.
    """

    names: tuple[str | None, ...]

    def __new__(cls, sql: str, names: Sequence[str | None]) -> Statement:
        made = super().__new__(cls, sql)
        made.names = tuple(names)
        return made


@dataclass
class Plan:
    """A statement over one connection. `ask` sends the values at `places`; "": it is not prepared yet."""

    number: int
    places: list[int]
    ask: str = ""


class PlanningConnection(connection):
    """Remembers what it prepared."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.plans: OrderedDict[Hashable, Plan] = OrderedDict()
        self.numbered = 0


class PlanningCursor(cursor):
    """Asks a `Statement` by what is prepared for it."""

    connection: PlanningConnection

    def execute(self, query: Any, values: Any = None) -> None:
        # What is prepared cannot be read lot by lot, as a cursor with a name does.
        once = isinstance(query, Statement) and self.name is None
        if once and (kinds := kinds_of(query, values)) is not None:
            plan = self._plan(query, values, kinds)
            if plan.ask:
                return super().execute(plan.ask, [values[place] for place in plan.places])
        return super().execute(query, values)

    def _plan(self, statement: Statement, values: Sequence[Any], kinds: dict[str, str]) -> Plan:
        plans = self.connection.plans
        # As they are written: 1 is not True.
        same = (repr(one) for name, one in zip(statement.names, values, strict=True) if not name)
        key = (str(statement), *same, *kinds.values())
        if key in plans:
            plans.move_to_end(key)
            if not plans[key].ask:
                self._prepare(plans[key], statement, values, kinds)
            return plans[key]
        self.connection.numbered += 1
        places = [statement.names.index(name) for name in kinds]
        plans[key] = Plan(self.connection.numbered, places)
        if len(plans) > MOST:
            _, oldest = plans.popitem(last=False)
            if oldest.ask:
                super().execute(f"DEALLOCATE asked_{oldest.number}")
        return plans[key]

    def _prepare(
        self, plan: Plan, statement: Statement, values: Sequence[Any], kinds: dict[str, str]
    ) -> None:
        numbers = {name: f"${number}" for number, name in enumerate(kinds, start=1)}
        each = iter(zip(statement.names, values, strict=True))

        def written(found: re.Match[str]) -> str:
            if found[0] == "%%":
                return "%"
            name, value = next(each)
            return numbers[name] if name else self.mogrify("%s", [value]).decode()

        sql = PARAMETER.sub(written, statement)
        declared = f"({', '.join(kinds.values())})" if kinds else ""
        super().execute(f"PREPARE asked_{plan.number} {declared} AS {sql}")
        sent = f"({', '.join(['%s'] * len(kinds))})" if kinds else ""
        plan.ask = f"EXECUTE asked_{plan.number} {sent}"


def kinds_of(statement: Statement, values: Sequence[Any]) -> dict[str, str] | None:
    """PostgreSQL's type of each value, by its name: what it would be taken for where it stands.

    None where there is a value of which that cannot be said.
    """
    found = {}
    for name, value in zip(statement.names, values, strict=True):
        if name:
            if (kind := kind_of(value)) is None:
                return None
            found[name] = kind
    return found


def kind_of(value: Any) -> str | None:
    match value:
        case bool():
            return "boolean"
        case int():
            return "integer" if value in WHOLE else "bigint"
        case str():
            return "text"
        case dt.datetime():
            return "timestamptz"
        case uuid.UUID():
            return "uuid"
    return None


# Of a connection: what psycopg2 makes it and its cursors of.
PLANNING = {"connection_factory": PlanningConnection, "cursor_factory": PlanningCursor}
