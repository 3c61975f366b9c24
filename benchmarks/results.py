"""What was measured, and the goals it is held against."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from benchmarks.ways import ADMIN, FLOOR, ORDINARY, PAGE, SIGNED

LISTS = ("list-0", "list-1", "list-2", "list-3")
# A page that was written out is remembered until anything it tells changes: goals are held against both.
AFTER = "-after"


@dataclass(frozen=True, kw_only=True)
class Run:
    """One database at one size, as running.py told of it."""

    told: dict[str, Any]

    @property
    def database(self) -> str:
        return str(self.told["database"])

    @property
    def count(self) -> int:
        return int(self.told["count"])

    @cached_property
    def operations(self) -> dict[str, dict[str, Any]]:
        return {one["name"]: one for one in self.told["operations"]}

    def way(self, operation: str, way: str) -> dict[str, Any] | None:
        found: dict[str, Any] | None = self.operations.get(operation, {}).get("ways", {}).get(way)
        return found

    def time(self, operation: str, way: str) -> float | None:
        """Seconds of processor time, of application and database."""
        found = self.way(operation, way)
        return float(found["processor"]) if found else None

    def ratio(self, operation: str, way: str, beside: str) -> float | None:
        return divided(self.time(operation, way), self.time(operation, beside))


class Results:
    def __init__(self, told: list[dict[str, Any]]) -> None:
        self.runs = [Run(told=one) for one in told]

    def of(self, database: str, size: int) -> Run | None:
        """The run at about this size: a file that was filled before may hold a few more."""
        near = (r for r in self.runs if r.database == database and size <= r.count < 1.5 * size)
        return next(near, None)

    @property
    def databases(self) -> list[str]:
        return list(dict.fromkeys(run.database for run in self.runs))

    @property
    def sizes(self) -> list[int]:
        every = (10_000, 100_000, 1_000_000)
        return [size for size in every if any(self.of(name, size) for name in self.databases)]


def divided(one: float | None, other: float | None) -> float | None:
    return one / other if one and other else None


@dataclass(frozen=True, kw_only=True)
class Goal:
    """`found` gives the number in a database, None where it was not measured; `least`: it may be more."""

    what: str
    bound: float | dict[str, float]
    found: Callable[[Results, str], float | None]
    least: bool = False
    unit: str = "×"

    def bound_in(self, database: str) -> float:
        return self.bound[database] if isinstance(self.bound, dict) else self.bound

    def is_met(self, found: float, database: str) -> bool:
        bound = self.bound_in(database)
        return found >= bound if self.least else found <= bound


def beside(
    size: int, operation: str, way: str, other: str
) -> Callable[[Results, str], float | None]:
    """Of a page right after a save ("list-3-after"): beside what stands beside the same page without one."""

    def time(run: Run, of: str) -> float | None:
        return run.time(operation if of == PAGE else operation.removesuffix(AFTER), of)

    def found(results: Results, database: str) -> float | None:
        run = results.of(database, size)
        return divided(time(run, way), time(run, other)) if run else None

    return found


def growth(small: int, large: int, *operations: str) -> Callable[[Results, str], float | None]:
    """The most that the page of one of them takes more of at the larger size."""

    def found(results: Results, database: str) -> float | None:
        runs = results.of(database, small), results.of(database, large)
        if not (runs[0] and runs[1]):
            return None
        every = [divided(runs[1].time(one, PAGE), runs[0].time(one, PAGE)) for one in operations]
        return max((ratio for ratio in every if ratio), default=None)

    return found


def largest(read: Callable[[Run], float | None]) -> Callable[[Results, str], float | None]:
    """At the largest size there is."""

    def found(results: Results, database: str) -> float | None:
        runs = sorted(
            (run for run in results.runs if run.database == database), key=lambda run: run.count
        )
        return read(runs[-1]) if runs else None

    return found


def queries(*operations: str) -> Callable[[Run], float | None]:
    return lambda run: max(
        (run.operations[name]["queries"] for name in operations if name in run.operations),
        default=None,
    )


def kilobytes(part: str) -> Callable[[Run], float | None]:
    """Of the heaviest page."""
    return lambda run: max(
        (one["weight"][part] / 1000 for one in run.operations.values() if one["weight"]),
        default=None,
    )


def as_cold(name: str) -> Callable[[Run], float | None]:
    return lambda run: (run.told.get("cold") or {}).get(name)


def of_files(
    name: str, read: Callable[[dict[str, Any]], float | None]
) -> Callable[[Results, str], float | None]:
    """Of the largest run that wrote or read that file."""

    def found(run: Run) -> float | None:
        return next((read(one) for one in run.told.get("files") or () if one["name"] == name), None)

    return lambda results, database: next(
        (
            number
            for run in sorted(results.runs, key=lambda run: -run.count)
            if run.database == database and (number := found(run)) is not None
        ),
        None,
    )


def beside_it(part: str) -> Callable[[dict[str, Any]], float | None]:
    return lambda one: divided(one["took"][part], one["beside"][part])


def on_one_core(operation: str) -> Callable[[Results, str], float | None]:
    def share(run: Run) -> float | None:
        return divided(run.time("empty", PAGE), run.time(operation, PAGE))

    return largest(share)


def goals_of_pages(suffix: str, said: str) -> Iterator[Goal]:
    """Of those that are counted. `suffix` of the operation, `said` of it in words."""
    list_3, search, dashboard = f"list-3{suffix}", f"search{suffix}", f"dashboard{suffix}"
    yield Goal(
        what=f"list, 3 filters, beside SQL by hand, 100k{said}",
        found=beside(100_000, list_3, PAGE, FLOOR),
        bound={"SQLite": 0.4, "PostgreSQL": 1.2},
    )
    for size, bound in ((100_000, 10), (1_000_000, 80)):
        yield Goal(
            what=f"list, 3 filters, faster than the admin, {short(size)}{said}",
            bound=bound,
            least=True,
            found=beside(size, list_3, ADMIN, PAGE),
        )
    lists = [f"{name}{suffix}" for name in LISTS]
    for what, bound_of_it, found in (
        ("list, 0-3 filters, 1M beside 10k", 1.25, growth(10_000, 1_000_000, *lists)),
        ("search, 1M beside 100k", 1.5, growth(100_000, 1_000_000, search)),
        ("dashboard, 1M beside 10k", 1.3, growth(10_000, 1_000_000, dashboard)),
    ):
        yield Goal(what=f"{what}{said}", bound=bound_of_it, found=found)
    for what, faster, found in (
        ("search, faster than the admin's, 100k", 300, beside(100_000, search, ADMIN, PAGE)),
        ("dashboard, faster than live ORM, 100k", 50, beside(100_000, dashboard, ORDINARY, PAGE)),
        ("requests a second beside an empty page: list", 0.2, on_one_core(f"list-0{suffix}")),
        ("requests a second beside an empty page: dashboard", 0.25, on_one_core(dashboard)),
    ):
        yield Goal(what=f"{what}{said}", bound=faster, found=found, least=True)


def goals() -> Iterator[Goal]:
    for suffix, said in (("", ""), (AFTER, ", after a save")):
        yield from goals_of_pages(suffix, said)
    yield Goal(what="list, queries", bound=8, unit="", found=largest(queries(*LISTS)))
    for way, said in ((FLOOR, ""), (SIGNED, " for who is signed in")):
        yield Goal(
            what=f"engagement, beside one query{said}, 100k",
            bound=1.8,
            found=beside(100_000, "detail", PAGE, way),
        )
        yield Goal(
            what=f"save, beside one by hand{said}, 100k",
            bound=2,
            found=beside(100_000, "save", PAGE, way),
        )
    yield Goal(what="engagement, queries", bound=6, unit="", found=largest(queries("detail")))
    yield Goal(
        what="save, faster than the admin's, 100k",
        bound=3,
        least=True,
        found=beside(100_000, "save", ADMIN, PAGE),
    )
    yield Goal(what="CSV, beside COPY", bound=1.3, found=of_files("csv", beside_it("processor")))
    yield Goal(
        what="CSV, first byte",
        bound=100,
        unit=" ms",
        found=of_files("csv", lambda one: one["took"]["first"] * 1000),
    )
    yield Goal(what="CSV, memory beside COPY", bound=1.3, found=of_files("csv", beside_it("peak")))
    yield Goal(
        what="10,000 rows loaded, beside COPY",
        bound=1.5,
        found=of_files("load 10000", beside_it("processor")),
    )
    yield Goal(what="page weight, heaviest", bound=150, unit=" kB", found=largest(kilobytes("all")))
    yield Goal(what="script, heaviest", bound=25, unit=" kB", found=largest(kilobytes("scripts")))
    for name, said in (("detail", ""), ("detail-first", ", opened for the first time")):
        yield Goal(
            what=f"requests a second beside an empty page: engagement{said}",
            bound=0.35,
            least=True,
            found=on_one_core(name),
        )
    yield Goal(
        what="cold start, until answers are fast",
        bound=30,
        unit=" s",
        found=largest(as_cold("fast")),
    )
    yield Goal(
        what="cold start, a process grows by", bound=25, unit=" MB", found=largest(as_cold("grown"))
    )


def short(size: int) -> str:
    return f"{size // 1_000_000}M" if size >= 1_000_000 else f"{size // 1000}k"
