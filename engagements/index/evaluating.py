"""Which engagements a QuerySet finds, by the sets of a snapshot: its conditions are read, not told twice.

A condition on what the index keeps is answered from its sets. Any other is asked of the database once, for
all engagements, and remembered by its words; for those that changed since it is asked again.
"""

from __future__ import annotations

import datetime as dt
import operator
import re
from collections.abc import Callable
from decimal import Decimal
from functools import reduce
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db.models import lookups
from django.db.models.expressions import Col
from django.db.models.sql import Query
from django.db.models.sql.datastructures import BaseTable
from django.db.models.sql.where import AND, OR, NothingNode, WhereNode
from pyroaring import BitMap

from common.search.asking import Term
from common.search.holding import stands_in
from engagements.index.noting import TABLES
from engagements.index.reading import COUNTS, DAYS, KEYS, MONEY, TEXTS
from engagements.index.snapshot import Snapshot
from engagements.models import Engagement, EngagementQuerySet
from engagements.models.hanging import HangingOn
from engagements.search.finding import INDEX as SEARCH
from engagements.search.finding import IsFound, keys_in_text

# In a statement, the tables it reads.
READ_FROM = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)', re.IGNORECASE)
# Of these a change is told of; the index of search texts changes with the engagements it is of.
TOLD_OF = TABLES | {SEARCH}
COMPARED: dict[type, Callable[[Any, Any], bool]] = {
    lookups.LessThan: operator.lt,
    lookups.LessThanOrEqual: operator.le,
    lookups.GreaterThan: operator.gt,
    lookups.GreaterThanOrEqual: operator.ge,
    lookups.IntegerLessThan: operator.lt,
    lookups.IntegerLessThanOrEqual: operator.le,
    lookups.IntegerGreaterThan: operator.gt,
    lookups.IntegerGreaterThanOrEqual: operator.ge,
}


class CannotTell(Exception):
    """The index does not know; the database is to be asked."""


def keys_of(engagements: EngagementQuerySet, snapshot: Snapshot) -> BitMap:
    """The keys of all that it finds. CannotTell for what is not just a matter of conditions."""
    return _of_query(engagements.query, snapshot)


def _of_query(query: Query, snapshot: Snapshot) -> BitMap:
    if query.is_empty():
        return BitMap()
    if query.model is not Engagement or query.is_sliced or query.distinct or query.combinator:
        raise CannotTell
    if query.group_by is not None or query.extra or query.select_for_update:
        raise CannotTell
    joined = [alias for alias, n in query.alias_refcount.items() if n and alias != _base(query)]
    if joined:
        return _asked(query.where, snapshot, query)
    return _of_node(query.where, snapshot)


def _base(query: Query) -> str:
    """Under which name it has the table of engagements; query.base_table may remember an earlier one."""
    tables = query.alias_map.items()
    named = (alias for alias, table in tables if isinstance(table, BaseTable))
    return next(named, Engagement._meta.db_table)


def _of_node(node: Any, snapshot: Snapshot) -> BitMap:
    if isinstance(node, WhereNode):
        return _of_several(node, snapshot)
    if isinstance(node, NothingNode):
        return BitMap()
    kept = _kept(node, snapshot)
    return _asked(node, snapshot) if kept is None else kept


def _of_several(node: WhereNode, snapshot: Snapshot) -> BitMap:
    found = [_of_node(child, snapshot) for child in node.children]
    if not found:
        held = snapshot.every
    elif node.connector == AND:
        # One after the other: of more than two at once it takes several times as long.
        held = reduce(operator.and_, sorted(found, key=len))
    elif node.connector == OR:
        held = BitMap.union(*found)
    else:
        raise CannotTell
    # Two-valued, as Django sees to it that SQL is: what is not known is said to be known beside it.
    return snapshot.every - held if node.negated else held


# From the sets


def _kept(node: Any, snapshot: Snapshot) -> BitMap | None:
    """What the sets say of one condition; None where they say nothing."""
    side = getattr(node, "lhs", None)
    if isinstance(side, HangingOn) and isinstance(node, lookups.Exact) and node.rhs is True:
        return snapshot.having(side.name, side.values_in(snapshot))
    if isinstance(side, IsFound) and isinstance(node, lookups.Exact) and node.rhs is True:
        return _by_words(side, snapshot)
    column = _column(side)
    if not column or not isinstance(node, lookups.Lookup):
        return None
    if column == "id":
        return _by_key(node, snapshot)
    if _is_expression(node.rhs) or (
        isinstance(node, lookups.In) and not isinstance(node.rhs, list | tuple | set | frozenset)
    ):
        return None
    if column in TEXTS:
        is_empty = isinstance(node, lookups.Exact) and node.rhs == ""
        return snapshot.having(column, [""]) if is_empty else None
    if column in snapshot.values:
        return _by_value(node, column, snapshot)
    if column in snapshot.numbers:
        return _by_number(node, column, snapshot)
    return None


def _by_words(found: IsFound, snapshot: Snapshot) -> BitMap:
    """In the text, as the index of words says; in a name, as the sets do."""
    return BitMap.union(
        _in_text(found.term, snapshot),
        snapshot.having("partner", found.partners),
        snapshot.having("country", found.countries),
    )


def _in_text(term: Term, snapshot: Snapshot) -> BitMap:
    def ask(keys: BitMap | None) -> BitMap:
        if keys is None or len(keys) > KEYS:
            found = BitMap(keys_in_text(term))
            return found if keys is None else found & keys
        texts = Engagement.objects.order_by().filter(pk__in=list(keys))
        rows = texts.values_list("pk", "search_text")
        return BitMap(pk for pk, text in rows if stands_in(text, term))

    words = ("text", term.tokens, term.beginnings, term.phrases)
    return snapshot.every & snapshot.where(words, ask)


def _column(side: Any) -> str:
    """The name of a column of engagements themselves; "" for anything else."""
    if not isinstance(side, Col) or side.alias != Engagement._meta.db_table:
        return ""
    return side.target.name


def _is_expression(value: Any) -> bool:
    return hasattr(value, "resolve_expression") or hasattr(value, "as_sql")


def _by_key(node: Any, snapshot: Snapshot) -> BitMap | None:
    if isinstance(node, lookups.In) and isinstance(node.rhs, Query):
        within = node.rhs
        of_keys = within.model is Engagement and within.values_select in (("pk",), ("id",), ())
        return _of_query(_by_its_own_name(within), snapshot) if of_keys else None
    if _is_expression(node.rhs):
        return None
    if isinstance(node, lookups.In):
        return snapshot.every & BitMap(key for key in node.rhs if key)
    if isinstance(node, lookups.Exact):
        return snapshot.every & BitMap([node.rhs])
    return None


def _by_its_own_name(query: Query) -> Query:
    """A query inside another has its table under another name; conditions are known by the table's own."""
    base, table = _base(query), Engagement._meta.db_table
    if base == table:
        return query
    query = query.clone()
    query.change_aliases({base: table})
    return query


def _by_value(node: Any, column: str, snapshot: Snapshot) -> BitMap | None:
    if isinstance(node, lookups.In):
        # NULL is in no list.
        return snapshot.having(column, [value for value in node.rhs if value is not None])
    if isinstance(node, lookups.IsNull):
        none = snapshot.having(column, [None])
        return none if node.rhs else snapshot.every - none
    if isinstance(node, lookups.Exact):
        return snapshot.having(column, [node.rhs])
    if compare := COMPARED.get(type(node)):
        values = snapshot.values[column]
        return snapshot.having(
            column, [one for one in values if one is not None and compare(one, node.rhs)]
        )
    return None


def _by_number(node: Any, column: str, snapshot: Snapshot) -> BitMap | None:
    numbers = snapshot.numbers[column]
    if isinstance(node, lookups.IsNull):
        return snapshot.every - numbers.known if node.rhs else numbers.known
    number = _number(column, node.rhs)
    if number is None:
        return None
    if isinstance(node, lookups.Exact):
        return numbers.equal(number)
    match COMPARED.get(type(node)):
        case operator.lt:
            return snapshot.below(column, number)
        case operator.le:
            return snapshot.below(column, number + 1)
        case operator.gt:
            return numbers.known - snapshot.below(column, number + 1)
        case operator.ge:
            return numbers.known - snapshot.below(column, number)
    return None


def _number(column: str, value: Any) -> int | None:
    """As the index keeps it; None for what it does not."""
    if column in DAYS and isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.toordinal()
    if column in MONEY and isinstance(value, int | Decimal):
        cents = value * 100
        return int(cents) if cents == int(cents) else None
    return value if column in COUNTS and isinstance(value, int) else None


# Asked of the database


def _asked(node: Any, snapshot: Snapshot, query: Query | None = None) -> BitMap:
    """For which the condition holds; remembered where a change of what it reads is told of."""
    rows = Engagement.objects.order_by().values_list("pk", flat=True)
    if query is not None:
        rows.query = query.chain()
        rows = rows.order_by().values_list("pk", flat=True)
    else:
        rows.query.where.add(node, AND)
    try:
        statement, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return BitMap()
    except FullResultSet:
        return snapshot.every

    def ask(keys: BitMap | None) -> BitMap:
        if keys is None:
            return BitMap(rows.iterator(20_000))
        return BitMap(rows.filter(pk__in=list(keys)))

    if not set(READ_FROM.findall(statement)) <= TOLD_OF:
        return ask(None)
    return snapshot.where((statement, *map(_hashable, values)), ask)


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
