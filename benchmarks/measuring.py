"""How long something takes: wall and processor time, in turns, so that a busy moment is bad luck for both."""

import os
import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, kw_only=True)
class Took:
    """Seconds. `processor` is that of the application and of the database process that answers it."""

    wall: float
    processor: float


@dataclass(frozen=True, kw_only=True)
class Timed:
    """Medians of several rounds, and the middle half they lie in (lower and upper quartile)."""

    wall: float
    processor: float
    spread: tuple[float, float]


def take_turns(runs: dict[Any, Callable[[], object]], *, rounds: int) -> dict[Any, Timed]:
    """Each run once in every round, after one that nobody times."""
    for run in runs.values():
        run()
    taken: dict[Any, list[Took]] = defaultdict(list)
    for _round in range(rounds):
        for name, run in runs.items():
            taken[name].append(time_it(run))
    return {name: medians(each) for name, each in taken.items()}


def time_it(run: Callable[[], object]) -> Took:
    server = ServerClock()
    wall, own = time.perf_counter(), time.process_time()
    run()
    return Took(
        wall=time.perf_counter() - wall, processor=time.process_time() - own + server.gone()
    )


class ServerClock:
    """Processor time of the PostgreSQL process behind the connection, where it runs on this machine.

    It is told in hundredths of a second; nothing of SQLite, which works inside our own process.
    """

    def __init__(self) -> None:
        self.path = None
        if connection.vendor == "postgresql":
            connection.ensure_connection()
            pid = connection.connection.info.backend_pid
            path = Path(f"/proc/{pid}/stat")
            local = connection.settings_dict["HOST"] in {"", "localhost", "127.0.0.1"}
            self.path = path if local and path.exists() else None
        self.began = self._read()

    def gone(self) -> float:
        return self._read() - self.began

    def _read(self) -> float:
        if self.path is None:
            return 0.0
        # User and system time stand 11 and 12 places after the name, which may hold spaces.
        after = self.path.read_text().rpartition(")")[2].split()
        return (int(after[11]) + int(after[12])) / TICK


def medians(taken: Sequence[Took]) -> Timed:
    processor = sorted(took.processor for took in taken)
    quarter = len(processor) // 4
    return Timed(
        wall=statistics.median(took.wall for took in taken),
        processor=statistics.median(processor),
        spread=(processor[quarter], processor[-1 - quarter]),
    )
