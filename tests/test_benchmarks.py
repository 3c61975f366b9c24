"""`make bench`, small: that what it sets side by side is the same, never how long it takes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection

from benchmarks.forms import opened
from benchmarks.measuring import Way, take_turns
from benchmarks.reading import differences, numbers_of
from benchmarks.results import Results, goals
from benchmarks.table import report

ROOT = Path(settings.BASE_DIR)


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What it leaves, over 150 engagements on the kind of database the tests run on."""
    environment = {n: v for n, v in os.environ.items() if not n.startswith(("DJANGO_", "PYTEST_"))}
    if connection.vendor == "sqlite":
        environment.pop("DATABASE_URL", None)
    into = tmp_path_factory.mktemp("bench")
    arguments = ["--sizes=150", "--rounds=1", f"--database={connection.vendor}", f"--into={into}"]
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments, "--no-files", "--no-cold", "--no-walk"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return into


def test_each_page_gives_the_numbers_of_what_stands_beside_it(told):
    (run,) = json.loads((told / "bench.json").read_text())

    equal = {one["name"]: one["equal"] for one in run["operations"]}
    assert equal.pop("empty") == 0
    assert all(equal.values())
    assert equal.keys() >= {"list-0", "list-3", "search", "dashboard", "detail", "save"}


def test_it_tells_of_each_in_a_table_and_in_a_picture(told):
    table = (told / "bench.md").read_text()
    picture = ElementTree.parse(told / "bench.svg").getroot()

    assert all(f"| {goal.what} " in table for goal in goals())
    assert "150 engagements" in table
    assert "dashboard, all blocks" in "".join(picture.itertext())


def test_numbers_that_differ_are_said():
    assert differences({("a",): 1, ("b",): 0}, {("a",): 2}) == [
        "('a',): 1 on the page, 2 beside it"
    ]


def test_what_stands_on_a_list_is_read_off_it():
    page = """
      <h2 id="results" data-announce>1,204 engagements</h2>
      <ul id="totals"><li>Actual cost $12,345, known for 3 of 1,204</li></ul>
      <label><input type="checkbox" id="f-kind-other" name="kind" value="other"> <span class="n">7</span>
      <label><input type="checkbox" id="f-mine" name="mine" value="1"> logged by me</label>
      <label><input type="checkbox" id="f-kind-x" name="kind" value="x" checked> <span class="n">0</span>
      <table><tr><th scope="row"><a href="/en/engagements/IE-2027-0001/">A</a></th></tr></table>"""

    assert numbers_of(page) == {
        ("total",): 1204,
        ("rows",): ("IE-2027-0001",),
        ("sums",): (12345, 3, 1204),
        ("kind", "other"): 7,
    }


def test_a_form_is_sent_as_a_browser_would():
    page = """
      <form><input name="q"></form>
      <form><input type="hidden" name="version" value="3"><input type="checkbox" name="a" value="1" checked>
      <input type="checkbox" name="b"><select name="kind"><option value="x"><option value="y" selected>
      </select><textarea name="outcome">\nOld &amp; grey</textarea><button name="do" value="draft">
      </form>"""

    assert opened(page, "outcome") == [
        ("version", "3"),
        ("a", "1"),
        ("kind", "y"),
        ("outcome", "Old & grey"),
    ]
    assert opened(page, "outcome", kind="x")[2] == ("kind", "x")


def test_ways_take_turns_in_every_round():
    done = []
    ways = {name: Way(do=lambda _none, name=name: done.append(name)) for name in "ab"}

    timed = take_turns(ways, rounds=3, seconds=60)

    assert done == ["a", "b"] * 4
    assert {name: one.rounds for name, one in timed.items()} == {"a": 3, "b": 3}


def a_run(count, page, admin):
    timed = {"wall": 1, "database": 0, "spread": [page, page], "rounds": 40}
    ways = {"page": timed | {"processor": page}, "admin": timed | {"processor": admin}}
    one = {"name": "list-3", "title": "list", "equal": 9, "queries": 7, "weight": {}, "ways": ways}
    return {"database": "SQLite", "count": count, "filled": 0, "operations": [one], "cold": None}


def test_a_goal_is_met_or_missed_by_its_ratio():
    said = report(Results([a_run(100_000, 0.01, 0.2), a_run(1_000_000, 0.02, 0.2)]))

    lines = {line.split("|")[1].strip(): line for line in said.splitlines() if "|" in line}
    assert "20× (met)" in lines["list, 3 filters, faster than the admin, 100k"]
    assert "10× (missed)" in lines["list, 3 filters, faster than the admin, 1M"]
    assert "7 (met)" in lines["list, queries"]
