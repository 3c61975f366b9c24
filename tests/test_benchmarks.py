"""`make bench`, small: that what it sets side by side is the same, never how long it takes."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from benchmarks.floor import FLOORS
from benchmarks.numbers import differences

ROOT = Path(settings.BASE_DIR)


@pytest.fixture(scope="module")
def said():
    """What it prints, over 200 engagements on the kind of database the tests run on."""
    environment = {n: v for n, v in os.environ.items() if not n.startswith(("DJANGO_", "PYTEST_"))}
    if connection.vendor == "sqlite":
        environment.pop("DATABASE_URL", None)
    arguments = ["--count=200", "--rounds=1", f"--database={connection.vendor}"]
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout
    return ran.stdout


def measured(said):
    return [line for line in said.splitlines() if re.search(r" equal +\|$", line)]


def test_each_page_and_block_gives_the_numbers_that_its_sql_gives(said):
    rows = measured(said)

    assert len(rows) == 3 * (len(FLOORS) + 2)
    for name in FLOORS:
        assert sum(f"block: {name} " in row for row in rows) == 3


def test_each_has_a_ratio(said):
    ratios = [row.split("|")[-3].split("(")[0] for row in measured(said)]

    assert ratios
    assert all(float(ratio) > 0 for ratio in ratios)


def test_numbers_that_differ_are_said():
    assert differences({("a",): 1, ("b",): 0}, {("a",): 2}) == ["('a',): 1 on the page, 2 by hand"]
