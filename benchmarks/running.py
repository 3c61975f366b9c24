"""One database: filled, measured, told. Started by __main__.py, with DATABASE_URL set to a new one."""

import sys
import time
from collections.abc import Callable
from functools import partial

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks import files, pages  # noqa: E402
from benchmarks.floor import FLOORS, Numbers  # noqa: E402
from benchmarks.measuring import Timed, take_turns  # noqa: E402
from benchmarks.numbers import differences, numbers_of  # noqa: E402
from benchmarks.scenes import SCENES, Hand, Scene  # noqa: E402
from benchmarks.table import Line, table  # noqa: E402
from common.translations import compile_catalogues  # noqa: E402
from dashboards.blocks import BLOCKS  # noqa: E402

Run = Callable[[], object]


def main(count: int, rounds: int, seed: int) -> int:
    fill(count, seed)
    wrong = [problem for scene in SCENES for problem in problems(scene)]
    if wrong:
        print("The page and its SQL do not give the same numbers:", *wrong, sep="\n  ")
        return 1
    for scene in SCENES:
        print(table(scene.name, lines(scene, rounds)), flush=True)
        print()
    print(files.measure(count, seed), flush=True)
    return 0


def fill(count: int, seed: int) -> None:
    compile_catalogues(settings.LOCALE_PATHS)
    call_command("draw_map", verbosity=0)
    began = time.monotonic()
    call_command("migrate", verbosity=0)
    call_command("load_reference", verbosity=0)
    call_command("generate_engagements", count=count, seed=seed, verbosity=0)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # A server does this by itself, a minute later.
            cursor.execute("VACUUM ANALYZE")
    print(f"Filled in {time.monotonic() - began:.0f} s.\n", flush=True)


def problems(scene: Scene) -> list[str]:
    """Every number on which the page and the SQL disagree."""
    hand = Hand.of(scene)
    found = [
        f"{scene.name}, {name}, {difference}"
        for name, by_hand in FLOORS.items()
        for difference in differences(on_the_page(name, scene), by_hand(hand))
    ]
    listed = differences(shown(pages.list_numbers(scene)), shown(pages.list_by_hand(hand)))
    return found + [f"{scene.name}, list, {difference}" for difference in listed]


def on_the_page(name: str, scene: Scene) -> Numbers:
    block = BLOCKS[name](scene.scope())
    return numbers_of(name, block) if block else {}


def shown(numbers: Numbers) -> Numbers:
    """Those the list has a choice for: not of frameworks that are not in force any more."""
    return {key: count for key, count in numbers.items() if count}


def lines(scene: Scene, rounds: int) -> list[Line]:
    hand = Hand.of(scene)
    runs: dict[tuple[str, str], Run] = {}
    numbers = {}
    for name, by_hand in FLOORS.items():
        runs[name, "page"] = partial(make, name, scene)
        runs[name, "hand"] = partial(by_hand, hand)
        numbers[name] = len(by_hand(hand))
    runs["dashboard", "page"] = pages.opening("dashboards:overview", scene)
    runs["list", "page"] = pages.opening("engagements:list", scene)
    runs["list", "hand"] = partial(pages.list_by_hand, hand)
    numbers["list"] = len(pages.list_by_hand(hand))
    timed = take_turns(runs, rounds=rounds)
    timed["dashboard", "hand"] = together(*(timed[name, "hand"] for name in FLOORS))
    numbers["dashboard"] = sum(numbers[name] for name in FLOORS)
    names = {"dashboard": "the dashboard, whole page", "list": "the list, whole page"}
    return [
        Line(
            name=names.get(name, f"block: {name}"),
            page=timed[name, "page"],
            hand=timed[name, "hand"],
            numbers=numbers[name],
        )
        for name in ("dashboard", *FLOORS, "list")
    ]


def make(name: str, scene: Scene) -> object:
    return BLOCKS[name](scene.scope())


def together(*each: Timed) -> Timed:
    return Timed(
        wall=sum(timed.wall for timed in each),
        processor=sum(timed.processor for timed in each),
        spread=(sum(t.spread[0] for t in each), sum(t.spread[1] for t in each)),
    )


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
