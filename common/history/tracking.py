"""Which records have a history, and how the state of one is read: a few queries, however many records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import F, OuterRef

from common.prepared import ask
from common.rows import RowsOf

State = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A record as the database holds it. `version` is None where its kind has none."""

    state: State
    sensitivity: int = 0
    version: int | None = None


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What hangs on a record in another table, such as its partners: a list in its state.

    `columns` maps a name in the state to where the value is found (as in `values()`); with one column
    alone the list holds plain values. `record` is the foreign key back; `order` makes equal lists equal.

    `key` are the columns by which one element is known again (all of them where none is named),
    `aside` those that are kept but are no change of their own; `arranged` says that people put the
    elements in an order that means something.
    """

    model: type[models.Model]
    record: str
    columns: Mapping[str, str]
    order: tuple[str, ...]
    key: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()
    arranged: bool = False

    def of_each(self) -> RowsOf:
        """Told in the query of the records themselves."""
        rows = self.model._default_manager.filter(**{self.record: OuterRef("pk")})
        return RowsOf(rows.order_by(*self.order), **self.columns)

    def as_kept(self, told: Iterable[dict[str, Any]]) -> list[Any]:
        """As the state holds them."""
        says = self._says
        found = [{name: say(row[name]) for name, say in says.items()} for row in told]
        return [next(iter(row.values())) for row in found] if len(says) == 1 else found

    @cached_property
    def _says(self) -> dict[str, Callable[[Any], Any]]:
        return {name: _saying(field_at(self.model, path)) for name, path in self.columns.items()}


@dataclass(frozen=True, kw_only=True)
class Tracked:
    """One kind of record that has a history.

    `columns` maps a name in the state to where its value is found (as in `values()`: "country__iso2"),
    `rows` to what hangs on it in other tables. `sensitivity` and `version` name columns, or paths.
    Of `partial_dates` each is kept in three columns: start_precision, start_earliest, start_latest.
    """

    kind: str
    model: type[models.Model]
    columns: Mapping[str, str]
    rows: Mapping[str, Rows] = field(default_factory=dict)
    sensitivity: tuple[str, ...] = ()
    version: str = ""
    partial_dates: tuple[str, ...] = ()

    def hold(self, pks: Iterable[int]) -> None:
        """Keep the records as they are until the transaction ends."""
        held = self.model._default_manager.select_for_update().filter(pk__in=list(pks))
        list(held.order_by("pk").values_list("pk", flat=True))

    def snapshots(self, pks: Iterable[int]) -> dict[int, Snapshot]:
        """Those of these records that there are, by primary key."""
        rows = ask(("snapshots", self.kind), self._told, pks=list(pks))
        return {row["pk"]: self._snapshot(row) for row in rows}

    def _told(self, pks: list[int]) -> models.QuerySet[Any, Any]:
        paths = {f"at_{name}": F(path) for name, path in self.columns.items()}
        extra = [*self.sensitivity, *([self.version] if self.version else [])]
        hanging = {f"rows_{name}": rows.of_each() for name, rows in self.rows.items()}
        records = self.model._default_manager.filter(pk__in=pks)
        return records.values("pk", *extra, **paths, **hanging)

    def everything(self) -> list[int]:
        return list(self.model._default_manager.order_by("pk").values_list("pk", flat=True))

    @cached_property
    def _said(self) -> list[str]:
        """Of its columns, those that JSON does not keep as they are."""
        worded = (models.DateField, models.DecimalField)
        paths = self.columns.items()
        return [name for name, path in paths if isinstance(field_at(self.model, path), worded)]

    def _snapshot(self, row: dict[str, Any]) -> Snapshot:
        state = {name: row[f"at_{name}"] for name in self.columns}
        for name in self._said:
            state[name] = plain(state[name])
        state |= {name: rows.as_kept(row[f"rows_{name}"]) for name, rows in self.rows.items()}
        return Snapshot(
            state=state,
            sensitivity=max((row[name] for name in self.sensitivity), default=0),
            version=row[self.version] if self.version else None,
        )


_kinds: dict[str, Tracked] = {}


def register(tracked: Tracked) -> Tracked:
    _kinds[tracked.kind] = tracked
    return tracked


def kinds() -> dict[str, Tracked]:
    """Every kind of record that has a history."""
    return _kinds


def kind_of(record: models.Model) -> Tracked:
    """How the history of this record is kept; LookupError where its kind has none."""
    for tracked in _kinds.values():
        if isinstance(record, tracked.model):
            return tracked
    raise LookupError(
        f"{type(record).__name__} has no history: register it in its app's history.py"
    )


def plain(value: Any) -> Any:
    """As JSON keeps it, alike whatever the database."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value


def field_at(model: type[models.Model], path: str) -> models.Field:
    """The column that a path leads to: "partner__code" of a participation."""
    *through, last = path.split("__")
    for name in through:
        model = model._meta.get_field(name).related_model  # type: ignore[assignment]
    return model._meta.pk if last == "pk" else model._meta.get_field(last)  # type: ignore[return-value]


def _saying(field: models.Field) -> Callable[[Any], Any]:
    """From what a database tells as JSON to what `plain` makes of the same value read by itself."""
    if isinstance(field, models.BooleanField):
        return lambda value: None if value is None else bool(value)
    if isinstance(field, models.DateTimeField):
        return lambda value: None if value is None else plain(_moment(value))
    if isinstance(field, models.DecimalField):
        return lambda value: None if value is None else plain(Decimal(str(value)))
    return lambda value: value


def _moment(text: str) -> dt.datetime:
    """SQLite keeps moments in UTC and does not say so."""
    moment = dt.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
