"""One thing done with one file, in a process of its own: what it took, and how far its memory grew at most.

    python -m benchmarks.step NAME FILE [ROWS]

Started by files.py. Prints one object: seconds of processor time and by the clock, megabytes, rows.
"""

import csv
import itertools
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, cast

AT_ONCE = 1000
# Seconds within which it is read.
INDEX_READ = 300


class Clock:
    """Adds up what was timed: of this process, of those it started and waited for, of PostgreSQL's.

    `first`: seconds by the clock until a file begins to come, where it is sent while it is made.
    """

    def __init__(self) -> None:
        self.processor = self.wall = self.first = 0.0

    def time(self, work: Callable[[], Any]) -> Any:
        server, began, by_clock = server_clock(), own_seconds(), time.perf_counter()
        result = work()
        self.wall += time.perf_counter() - by_clock
        self.processor += own_seconds() - began + (server.gone() if server else 0)
        return result


def own_seconds() -> float:
    every = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in every)


def server_clock() -> Any:
    if "django" not in sys.modules:
        return None
    from benchmarks.measuring import ServerClock

    return ServerClock()


def peak() -> float:
    """Megabytes that this process had at most: not rusage, which begins with those of whoever started it."""
    status = Path("/proc/self/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


# Loading


def parse(file: Path, clock: Clock) -> int:
    """Beside loading: the same cells by the parser alone."""
    from python_calamine import CalamineWorkbook

    def work() -> list:
        return CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()

    return len(clock.time(work)) - 1


def copy_in(file: Path, clock: Clock) -> int:
    """Beside loading, which has to come before it: the parser, and the rows that came of it by COPY."""
    import django

    django.setup()
    from benchmarks import floor_load

    parse(file, clock)
    return int(clock.time(partial(floor_load.write_them, floor_load.rows_of_the_last_load())))


def check(file: Path, clock: Clock) -> int:
    return command(file, clock, "--dry-run")


def load(file: Path, clock: Clock) -> int:
    return command(file, clock)


def command(file: Path, clock: Clock, *options: str) -> int:
    """As `manage.py import_engagements` does it; AssertionError unless every row is accepted."""
    import io

    import django

    django.setup()
    from django.core.management import call_command

    said = io.StringIO()

    def work() -> None:
        try:
            call_command(
                "import_engagements", str(file), "--as=manager", "--json", *options, stdout=said
            )
        except SystemExit as ended:
            if ended.code:
                raise AssertionError(said.getvalue()[:2000]) from ended

    clock.time(work)
    return int(json.loads(said.getvalue())["created"])


# Taking away


def take_csv(file: Path, clock: Clock) -> int:
    return take("engagements:export", file, clock)


def take_xlsx(file: Path, clock: Clock) -> int:
    return take("engagements:export_xlsx", file, clock)


def take(name: str, file: Path, clock: Clock) -> int:
    """As a browser downloads it, of a process that has served before."""
    chunks = downloading(name)

    def work() -> None:
        began = time.perf_counter()
        with file.open("wb") as to:
            coming = chunks()
            to.write(next(coming))
            clock.first = time.perf_counter() - began
            to.writelines(coming)

    clock.time(work)
    return 0


def copy_csv(file: Path, clock: Clock) -> int:
    """Beside it: the same columns by one query, in a process that has served too."""
    downloading("engagements:export")
    from benchmarks import floor_csv

    return int(clock.time(partial(floor_csv.write, file)))


def downloading(name: str) -> Callable[..., Iterator[bytes]]:
    """Asks for the file, as somebody who is signed in; asked for once already, of a year without any."""
    import django

    django.setup()
    from django.contrib.auth import get_user_model
    from django.http import StreamingHttpResponse
    from django.test import Client
    from django.urls import reverse

    from common.garbage import settle
    from engagements.index.current import Made, holder

    client = Client(headers={"host": "localhost"})
    manager = get_user_model().objects.get(username="manager")
    client.force_login(manager, backend="accounts.backends.PortalBackend")

    def chunks(**filter: str) -> Iterator[bytes]:
        return iter(cast(StreamingHttpResponse, client.get(reverse(name), filter)))

    for _chunk in chunks(fy="1999"):
        pass
    # As a server has, once it has read what it counts by.
    holder.up_to_date(Made.BESIDE, INDEX_READ)
    settle()
    return chunks


def write_csv(file: Path, clock: Clock) -> int:
    """Beside it: the lines of the file taken away, by the plain writer."""
    with Path("/dev/null").open("w", newline="") as nothing:
        writer, count = csv.writer(nothing), 0
        for lines in lines_of(file):
            clock.time(partial(writer.writerows, lines))
            count += len(lines)
    return count


def write_xlsx(file: Path, clock: Clock) -> int:
    """Beside it: the same cells as text, by the library alone, as sparing of memory as it can be."""
    from xlsxwriter.workbook import Workbook

    workbook = Workbook(
        file.with_suffix(".plain.xlsx"), {"constant_memory": True, "strings_to_urls": False}
    )
    sheet = workbook.add_worksheet()
    numbers = itertools.count()

    def write(lines: list[list[str]]) -> None:
        for line in lines:
            row = next(numbers)
            for column, text in enumerate(line):
                if text:
                    sheet.write_string(row, column, text)

    for lines in lines_of(file):
        clock.time(partial(write, lines))
    clock.time(workbook.close)
    return next(numbers)


def lines_of(file: Path) -> Iterator[list[list[str]]]:
    """Some at a time, so that all of them never stand in memory; reading them is not timed."""
    with file.open(encoding="utf-8-sig", newline="") as text:
        lines = csv.reader(text)
        while some := list(itertools.islice(lines, AT_ONCE)):
            yield some


STEPS = {
    each.__name__: each
    for each in (parse, copy_in, check, load, take_csv, take_xlsx, copy_csv, write_csv, write_xlsx)
}


def main(name: str, file: Path) -> None:
    clock = Clock()
    rows = STEPS[name](file, clock)
    told = {"processor": clock.processor, "wall": clock.wall, "first": clock.first}
    told |= {"peak": peak(), "rows": rows}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
