"""`make bench`: every page at size, beside SQL by hand, ordinary pages and Django's admin.

Each database is a process of its own, since Django opens one. Those made here are thrown away. Exit status
1 where two ways of doing a thing do not come to the same.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.databases import databases
from benchmarks.limits import SECONDS
from benchmarks.picture import picture
from benchmarks.results import Results
from benchmarks.table import report
from tests.chromium import find_chromium
from tests.postgresql import Missing

SETTINGS = {"DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
# Nobody has run collectstatic for a database that is thrown away.
QUIET = "ignore:No directory at"
# Beyond it, files alone would take longer than all else.
FILES_UP_TO = 100_000


def main() -> int:
    asked = options()
    codes: list[int] = []
    told = [one for file in asked.also for one in json.loads(file.read_text())]
    with tempfile.TemporaryDirectory(prefix="liaison-bench-told-") as directory:
        for size in asked.sizes:
            for name, a_database in databases(asked.database, asked.on):
                try:
                    with a_database() as url:
                        print(f"{name}, {size:,} engagements …", file=sys.stderr, flush=True)
                        into = Path(directory) / f"{name}-{size}.json"
                        codes.append(measure(url, size, asked, into))
                        told += [json.loads(into.read_text())] if into.exists() else []
                except Missing as reason:
                    print(f"{name} was left out: {reason}", flush=True)
    if told:
        tell(told, asked.into)
    return max(codes, default=0 if told else 1)


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    sizes = "10000,100000,1000000"
    parser.add_argument("--sizes", default=sizes, help=f"engagements, parted by commas ({sizes})")
    parser.add_argument("--rounds", type=int, default=40, help="of all, taking turns (40)")
    parser.add_argument(
        "--seconds", type=float, default=90, help="in all, for one way of one thing (90)"
    )
    parser.add_argument(
        "--patience",
        type=float,
        default=SECONDS,
        help=f"seconds after which a way of doing a thing is given up ({SECONDS})",
    )
    parser.add_argument(
        "--copies", type=int, default=1, help="so many of each that is generated (1)"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="one of them alone")
    parser.add_argument("--only", default="", help="names of operations, parted by commas")
    parser.add_argument(
        "--ways",
        default="",
        help="of doing things, parted by commas (page, floor, ordinary, admin); then nothing is compared",
    )
    parser.add_argument("--no-files", action="store_true", help="without files in and out")
    parser.add_argument("--no-cold", action="store_true", help="without a process that starts anew")
    parser.add_argument("--no-walk", action="store_true", help="without a walk in Chromium")
    parser.add_argument(
        "--into", type=Path, help="a directory for bench.json, bench.md and bench.svg"
    )
    parser.add_argument(
        "--also",
        type=Path,
        action="append",
        default=[],
        help="a bench.json of before, told with what is measured now; may be given several times",
    )
    parser.add_argument(
        "--on",
        default=os.environ.get("DATABASE_URL", ""),
        help="a server to make databases on, or a SQLite file that is filled already (DATABASE_URL)",
    )
    asked = parser.parse_args()
    asked.sizes = [int(size) for size in asked.sizes.split(",") if size]
    return asked


def measure(url: str, size: int, asked: argparse.Namespace, into: Path) -> int:
    wanted = {
        "count": size,
        "copies": asked.copies,
        "rounds": asked.rounds,
        "seconds": asked.seconds,
        "patience": asked.patience,
        "seed": asked.seed,
        "only": [name for name in asked.only.split(",") if name],
        "ways": [name for name in asked.ways.split(",") if name],
        "files": not asked.no_files and size <= FILES_UP_TO,
        "cold": not asked.no_cold,
        "walk": not asked.no_walk and (find_chromium() is not None or without_browser()),
        "into": str(into),
    }
    command = [sys.executable, "-W", QUIET, "-m", "benchmarks.running", json.dumps(wanted)]
    return subprocess.run(
        command, env=os.environ | SETTINGS | {"DATABASE_URL": url}, check=False
    ).returncode


def without_browser() -> bool:
    print(
        "The walk was left out: no Chromium here; install it, or name one in CHROMIUM", flush=True
    )
    return False


def tell(told: list[dict[str, Any]], into: Path | None) -> None:
    results = Results(told)
    said = report(results)
    print(said, flush=True)
    if into:
        into.mkdir(parents=True, exist_ok=True)
        (into / "bench.json").write_text(json.dumps(told, indent=1))
        (into / "bench.md").write_text(said)
        (into / "bench.svg").write_text(picture(results))


if __name__ == "__main__":
    sys.exit(main())
