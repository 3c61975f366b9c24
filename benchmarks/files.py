"""Files in and out, each beside COPY, a parser or a writer alone: what both took, and their peak memory."""

import datetime as dt
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from xlsxwriter.workbook import Workbook

from engagements.kinds import Kind
from objectives.models import Framework, FrameworkKind
from partners.models import Country, Partner

# A department's years of spreadsheets, and as much as may be loaded at once.
LOADED = (2_740, 10_000, 100_000)
# Lines of a file that are no engagement: its headings, and its marking above and below.
MARKED = 3
HEADINGS = (
    "Title",
    "Kind",
    "Start date",
    "End date",
    "Country",
    "Partner",
    "Pillar",
    "Strategic priority",
    "Purpose",
    "Number of participants",
    "Actual cost",
)


@dataclass(frozen=True, kw_only=True)
class Took:
    """Seconds of processor time, by the clock, and until the first byte; megabytes."""

    processor: float
    wall: float
    first: float
    peak: float
    rows: int


Told = dict[str, Any]


def measure(count: int, seed: int) -> list[Told]:
    """Out goes what is there, in comes more: last, since it stays. `took` and `beside`: as Took has it."""
    with tempfile.TemporaryDirectory(prefix="liaison-bench-files-") as directory:
        return [*taken_away(Path(directory), count), *loaded(Path(directory), count, seed)]


def taken_away(directory: Path, count: int) -> Iterator[Told]:
    rows = directory / "engagements.csv"
    took = step("take_csv", rows)
    copied = step("copy_csv", directory / "copied.csv")
    written = step("write_csv", rows)
    if not copied.rows <= written.rows <= copied.rows + MARKED:
        raise AssertionError(f"{written.rows} lines of {copied.rows} engagements")
    yield told("csv", f"{count:,} out as CSV", took, copied, "one query, COPY on PostgreSQL")
    yield told("csv lines", f"{count:,} out as CSV", took, written, "the plain writer")
    took = step("take_xlsx", directory / "engagements.xlsx")
    yield told("xlsx", f"{count:,} out as XLSX", took, step("write_xlsx", rows), "XlsxWriter")


def loaded(directory: Path, count: int, seed: int) -> Iterator[Told]:
    sizes = [size for size in LOADED if size <= count] or [count]
    for size in sizes:
        file = directory / f"{size}.xlsx"
        write_workbook(file, size, seed)
        alone, checked, kept = step("parse", file), step("check", file), step("load", file)
        copied = step("copy_in", file)
        if {alone.rows, checked.rows, kept.rows, copied.rows} != {size}:
            raise AssertionError(f"{[alone.rows, checked.rows, kept.rows, copied.rows]} of {size}")
        yield told(f"check {size}", f"{size:,} rows checked", checked, alone, "calamine")
        title = f"{size:,} rows checked and saved"
        yield told(f"load {size}", title, kept, copied, "calamine and COPY")


def step(name: str, file: Path) -> Took:
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "benchmarks.step", name, str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode:
        raise AssertionError(f"{name}: {ran.stderr[-2000:]}")
    return Took(**json.loads(ran.stdout))


def told(name: str, title: str, took: Took, beside: Took, what: str) -> Told:
    return {
        "name": name,
        "title": f"{title}, beside {what}",
        "took": asdict(took),
        "beside": asdict(beside),
    }


def write_workbook(file: Path, size: int, seed: int) -> None:
    """Rows as people keep them, no two alike; whom and what they name is in the reference data."""
    chance = random.Random(seed)
    kinds = [str(kind.label) for kind in Kind]
    countries = list(Country.objects.order_by("pk").values_list("name_en", flat=True))
    partners = list(
        Partner.objects.filter(archived_at=None).order_by("pk").values_list("name_en", flat=True)
    )
    pillars, priorities = in_force(FrameworkKind.PILLAR), in_force(FrameworkKind.PRIORITY)
    with Workbook(file, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Engagements")
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, HEADINGS)
        for row in range(1, size + 1):
            start = dt.date(2015, 4, 1) + dt.timedelta(days=chance.randrange(4000))
            sheet.write_string(row, 0, f"Exchange on release planning, number {seed}-{size}-{row}")
            sheet.write_string(row, 1, chance.choice(kinds))
            sheet.write_datetime(row, 2, start, day)
            sheet.write_datetime(row, 3, start + dt.timedelta(days=chance.randrange(6)), day)
            sheet.write_string(row, 4, chance.choice(countries))
            sheet.write_string(row, 5, chance.choice(partners))
            sheet.write_string(row, 6, chance.choice(pillars))
            sheet.write_string(row, 7, chance.choice(priorities))
            sheet.write_string(
                row, 8, "What was learned there is used here. " * chance.randrange(6)
            )
            sheet.write_number(row, 9, chance.randrange(1, 12))
            sheet.write_number(row, 10, chance.randrange(100_000))


def in_force(kind: str) -> list[str]:
    """Codes of the objectives of a kind."""
    today = dt.date.today()  # noqa: DTZ011 - whichever day it is anywhere
    found = Framework.objects.in_force_on(today)
    (framework,) = (one for one in found if one.kind == kind)
    objectives = framework.objectives.filter(retired_on=None)
    return list(objectives.values_list("code", flat=True))
