"""Files in and out, each beside the parser or writer alone: what both took, and their peak memory."""

import datetime as dt
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from xlsxwriter.workbook import Workbook

from engagements.kinds import Kind
from objectives.models import Framework, FrameworkKind
from partners.models import Country, Partner

# A department's years of spreadsheets, and as much as may be loaded at once.
LOADED = (2_740, 100_000)
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
    """Seconds of processor time and by the clock; megabytes."""

    processor: float
    wall: float
    peak: float
    rows: int


def measure(count: int, seed: int) -> str:
    """The table, as Markdown. Out goes what is there, in comes more: last, since it stays."""
    with tempfile.TemporaryDirectory(prefix="liaison-bench-files-") as directory:
        lines = [*taken_away(Path(directory), count), *loaded(Path(directory), count, seed)]
    headings = ("files", "processor", "by the clock", "beside it", "ratio", "peak", "beside it")
    rows = [headings, tuple("---" for _heading in headings), *lines]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def taken_away(directory: Path, count: int) -> Iterator[tuple[str, ...]]:
    rows = directory / "engagements.csv"
    took = step("take_csv", rows)
    yield line(f"{count:,} out as CSV", took, step("write_csv", rows))
    took = step("take_xlsx", directory / "engagements.xlsx")
    yield line(f"{count:,} out as XLSX", took, step("write_xlsx", rows))


def loaded(directory: Path, count: int, seed: int) -> Iterator[tuple[str, ...]]:
    sizes = [size for size in LOADED if size <= count] or [count]
    for size in sizes:
        file = directory / f"{size}.xlsx"
        write_workbook(file, size, seed)
        alone, checked, kept = step("parse", file), step("check", file), step("load", file)
        if not alone.rows == checked.rows == kept.rows == size:
            raise AssertionError(f"{alone.rows}, {checked.rows} and {kept.rows} rows of {size}")
        yield line(f"{size:,} rows checked", checked, alone)
        yield line(f"{size:,} rows checked and saved", kept, alone)


def step(name: str, file: Path) -> Took:
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "benchmarks.step", name, str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode:
        raise AssertionError(f"{name}: {ran.stderr[-2000:]}")
    return Took(**json.loads(ran.stdout))


def line(name: str, took: Took, alone: Took) -> tuple[str, ...]:
    return (
        name,
        f"{took.processor:.1f} s",
        f"{took.wall:.1f} s",
        f"{alone.processor:.2f} s",
        f"{took.processor / max(alone.processor, 0.001):.1f}",
        f"{took.peak:.0f} MB",
        f"{alone.peak:.0f} MB",
    )


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
