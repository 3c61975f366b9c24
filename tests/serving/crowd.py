"""Many visitors at once: several processes, and in each of them several threads."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager

PROCESSES = 4


class Crowd:
    """Hands tasks out to processes that know nothing of Django: they are visitors, over HTTP."""

    def __init__(self, pool: ProcessPoolExecutor, processes: int) -> None:
        self.pool, self.processes = pool, processes

    def each(self, work: Callable, tasks: Sequence, threads: int = 2) -> list:
        """`work(task)` for every task, `processes` × `threads` at a time; in no order."""
        shares = [tasks[start :: self.processes] for start in range(self.processes)]
        waiting = [self.pool.submit(share_out, work, share, threads) for share in shares if share]
        return [result for future in waiting for result in future.result()]


def share_out(work: Callable, tasks: Sequence, threads: int) -> list:
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, tasks))


@contextmanager
def a_crowd(processes: int = PROCESSES) -> Iterator[Crowd]:
    # Not forked: a fork would share this process's connection to the database.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context) as pool:
        yield Crowd(pool, processes)
