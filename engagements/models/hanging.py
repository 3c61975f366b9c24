"""Conditions on what hangs on an engagement, told in a way that can be answered without the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, QuerySet

from objectives.models import Objective


class HangingOn(Exists):
    """That one of some objectives, partners or countries hangs on an engagement.

    To the database it is an EXISTS over `rows`. `name` and `values` say the same to engagements.index: what
    hangs on it, and the keys of which one does; or how these are told from an index snapshot.
    """

    def __init__(
        self,
        rows: QuerySet,
        *,
        name: str = "",
        values: Iterable[Any] | Callable[[Any], Iterable[Any]] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(rows, **kwargs)
        self.name, self.values = name, values

    def values_in(self, snapshot: Any) -> Iterable[Any]:
        return self.values(snapshot) if callable(self.values) else self.values


def of_codes(codes: Iterable[str]) -> Callable[[Any], list[int]]:
    """From a snapshot, the keys of the objectives with these codes."""

    def values(snapshot: Any) -> list[int]:
        keys = snapshot.told("objectives by code", _by_code)
        return [keys[code] for code in codes if code in keys]

    return values


def of_kind(kind: str) -> Callable[[Any], list[int]]:
    """From a snapshot, the keys of all objectives of a kind of framework."""
    return lambda snapshot: snapshot.told("objectives by kind", by_kind).get(kind, [])


def any_at_all(name: str) -> Callable[[Any], list[int]]:
    return lambda snapshot: list(snapshot.values[name])


def by_kind() -> dict[str, list[int]]:
    """The keys of the objectives of each kind of framework."""
    found: dict[str, list[int]] = defaultdict(list)
    for key, kind in Objective.objects.values_list("pk", "framework__kind"):
        found[kind].append(key)
    return dict(found)


def _by_code() -> dict[str, int]:
    return dict(Objective.objects.values_list("code", "pk"))
