"""One database: filled, measured, told. Started by __main__.py, with DATABASE_URL set to it."""

import json
import logging
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks import files  # noqa: E402
from benchmarks.browser import Browser  # noqa: E402
from benchmarks.counting import Counter  # noqa: E402
from benchmarks.limits import WATCH  # noqa: E402
from benchmarks.measuring import take_turns  # noqa: E402
from benchmarks.multiplying import multiply  # noqa: E402
from benchmarks.operations import PAGE, READER, Operation, operations  # noqa: E402
from benchmarks.ways import WAYS  # noqa: E402
from benchmarks.weight import weight_of  # noqa: E402
from common.garbage import settle  # noqa: E402
from common.translations import compile_catalogues  # noqa: E402
from engagements.models import Engagement  # noqa: E402

COLD = "/en/engagements/?kind=incoming-visit&kind=outgoing-visit&objective=S1&region=150"


def main(asked: dict[str, Any]) -> None:
    """`asked`: what __main__.py was asked for, and `into`, the file where the results go."""
    # What is stopped for taking too long answers as an error, which is no news here.
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    WATCH.patience = asked["patience"]
    filled = fill(asked["count"], asked["seed"], asked["copies"])
    Browser(get_user_model().objects.get(username=READER)).warm_up()
    every = [one for one in operations() if not asked["only"] or one.name in asked["only"]]
    chosen = {PAGE, *asked["ways"]} if asked["ways"] else WAYS
    equal = {one.name: 0 if asked["ways"] else one.compared() for one in every}
    ways = {
        (one.name, name): way for one in every for name, way in one.ways.items() if name in chosen
    }
    queries, weights = counted(every), weighed(every)
    settle()  # as a server has that has read what it counts by
    timed = take_turns(ways, rounds=asked["rounds"], seconds=asked["seconds"])
    told: dict[str, Any] = {
        "database": {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor],
        "count": Engagement.objects.count(),
        "filled": filled,
        "operations": [
            {
                "name": one.name,
                "title": one.title,
                "equal": equal[one.name],
                "queries": queries[one.name],
                "weight": weights[one.name],
                "ways": {way: timed[one.name, way].as_json() for way in one.ways if way in chosen},
            }
            for one in every
        ],
        "cold": apart("benchmarks.cold", COLD) if asked["cold"] else None,
        "walk": apart("benchmarks.journey") if asked["walk"] else None,
    }
    into = Path(asked["into"])
    # What was measured is kept, whatever becomes of the files.
    into.write_text(json.dumps(told))
    if asked["files"]:
        into.write_text(json.dumps(told | {"files": files.measure(told["count"], asked["seed"])}))


def fill(count: int, seed: int, copies: int) -> float:
    """Seconds it took; 0 where it is filled already."""
    compile_catalogues(settings.LOCALE_PATHS)
    call_command("draw_map", verbosity=0)
    began = time.monotonic()
    call_command("migrate", verbosity=0)
    if Engagement.objects.exists():
        return 0.0
    call_command("load_reference", verbosity=0)
    call_command("generate_engagements", count=count // copies, seed=seed, verbosity=0)
    multiply(copies)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A server does this by itself, a minute later.
            cursor.execute("VACUUM ANALYZE")
    return time.monotonic() - began


def counted(every: list[Operation]) -> dict[str, int]:
    """Queries of each page, once it is warm."""
    found = {}
    for one in every:
        one.ways[PAGE]()
        prepared = one.ways[PAGE].prepare()
        with Counter() as counter:
            one.ways[PAGE].do(prepared)
        found[one.name] = counter.queries
    return found


def weighed(every: list[Operation]) -> dict[str, dict[str, int]]:
    pages = {one.name: one.ways[PAGE]() for one in every if one.name != "save"}
    return {name: weight_of(str(page)) for name, page in pages.items()} | {"save": {}}


def apart(module: str, *arguments: str) -> dict[str, Any]:
    """What a process of its own prints."""
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", module, *arguments],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ran.returncode:
        raise AssertionError(ran.stderr[-2000:])
    said: dict[str, Any] = json.loads(ran.stdout)
    return said


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
