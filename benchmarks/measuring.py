"""How long something takes: wall and processor time, in turns, so that a busy moment is bad luck for all."""

from __future__ import annotations

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import connection

from benchmarks.limits import TooLong, in_patience

# What is slow runs in fewer rounds than the rest, as its seconds allow; but in so many.
FEWEST = 3


@dataclass(frozen=True, kw_only=True)
class Way:
    """One way of doing a thing. What `prepare` returns is handed to `do`, which alone is timed."""

    do: Callable[[Any], object]
    prepare: Callable[[], object] = lambda: None

    def __call__(self) -> object:
        return self.do(self.prepare())


@dataclass(frozen=True, kw_only=True)
class Took:
    """Seconds: by the clock; of the application's processor time; of the database's."""

    wall: float
    application: float
    database: float

    @property
    def processor(self) -> float:
        return self.application + self.database


@dataclass(frozen=True, kw_only=True)
class Timed:
    """Medians of several rounds in seconds, and the middle half of the processor times.

    `rounds` 0: it was given up after as long as `wall` says.
    """

    wall: float
    processor: float
    database: float
    spread: tuple[float, float]
    rounds: int

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of(cls, taken: Sequence[Took]) -> Timed:
        processor = sorted(took.processor for took in taken)
        quarter = len(processor) // 4
        return cls(
            wall=statistics.median(took.wall for took in taken),
            processor=statistics.median(processor),
            database=statistics.median(took.database for took in taken),
            spread=(processor[quarter], processor[-1 - quarter]),
            rounds=len(taken),
        )

    @classmethod
    def given_up(cls, after: float) -> Timed:
        return cls(wall=after, processor=after, database=0, spread=(after, after), rounds=0)


def take_turns(ways: dict[Any, Way], *, rounds: int, seconds: float) -> dict[Any, Timed]:
    """Each way once in every round, one after another; before that once, which nobody counts."""
    taken: dict[Any, list[Took]] = defaultdict(list)
    found, turns = {}, {}
    for name, way in ways.items():
        try:
            with in_patience():
                first = time_it(way)
        except TooLong as too_long:
            found[name] = Timed.given_up(too_long.seconds)
        else:
            turns[name] = how_many(first, rounds, seconds)
    for turn in range(rounds):
        for name, number in turns.items():
            # As evenly over the run as its number allows.
            if (turn + 1) * number // rounds > turn * number // rounds:
                taken[name].append(time_it(ways[name]))
    return found | {name: Timed.of(each) for name, each in taken.items()}


def how_many(first: Took, rounds: int, seconds: float) -> int:
    return max(min(rounds, FEWEST), min(rounds, int(seconds / max(first.wall, 0.001))))


def time_it(way: Way) -> Took:
    prepared = way.prepare()
    connection.ensure_connection()
    server = ServerClock()
    wall, own = time.perf_counter(), time.process_time()
    way.do(prepared)
    return Took(
        wall=time.perf_counter() - wall,
        application=time.process_time() - own,
        database=server.gone(),
    )


class ServerClock:
    """Processor time of the PostgreSQL process behind the connection, where it runs on this machine.

    Nothing of SQLite, which works inside our own process.
    """

    def __init__(self) -> None:
        self.path = None
        if connection.vendor == "postgresql":
            connection.ensure_connection()
            path = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
            local = connection.settings_dict["HOST"] in {"", "localhost", "127.0.0.1"}
            self.path = path if local and path.exists() else None
        self.began = self._read()

    def gone(self) -> float:
        return self._read() - self.began

    def _read(self) -> float:
        """Nanoseconds on a processor: /proc/…/stat tells the same in hundredths of a second."""
        if self.path is None:
            return 0.0
        return int(self.path.read_text().split()[0]) / 1e9
