"""`make torture`: kill the server in the middle of its work, on both databases, and count what is lost.

Each database is a process of its own, since Django opens one. Exit status 1 where anything is lost, half
there, or could not be looked at.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgresql import DURABLE, Missing, ThrowAwayServer, our_own_server

DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "tests.serving.settings",
    "SECRET_KEY": "only-to-read-what-a-throw-away-database-holds-after-a-kill",
    "ALLOWED_HOSTS": "127.0.0.1",
}
# How many of the sentences that say what is wrong are printed.
SENTENCES = 20


def main() -> int:
    parser = argparse.ArgumentParser(prog="make torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=30, help="on each database (30)")
    parser.add_argument("--database", choices=DATABASES, help="one of them alone")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--report", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.report:
        return one(asked.database, asked.kills, asked.seed, asked.report)
    print(
        f"Killing the server {asked.kills} times on each database. Seed {asked.seed}.", flush=True
    )
    wanted = [asked.database] if asked.database else list(DATABASES)
    reports = [in_a_process(name, asked.kills, asked.seed) for name in wanted]
    print_table(dict(zip(wanted, reports, strict=True)))
    return 0 if all(report and not (report["lost"] or report["half"]) for report in reports) else 1


def in_a_process(database: str, kills: int, seed: int) -> dict[str, int]:
    """What came of it; {} where the run itself broke, which it has said by then."""
    print(f"  {DATABASES[database]} …", flush=True)
    with tempfile.TemporaryDirectory(prefix="liaison-torture-") as directory:
        report = Path(directory) / "report.json"
        told = {"kills": kills, "database": database, "seed": seed, "report": report}
        arguments = [f"--{name}={value}" for name, value in told.items()]
        subprocess.run([sys.executable, "-m", "tests.torture", *arguments], check=False)
        return json.loads(report.read_text()) if report.exists() else {}


def one(database: str, kills: int, seed: int, report: Path) -> int:
    with a_database(database, report.parent) as (url, kill_database):
        os.environ |= SETTINGS | {"DATABASE_URL": url}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        from tests.torture.harness import torture

        log = report.with_name("server.log")
        tally = torture(kills, log, seed=seed, kill_database=kill_database)
    for sentence in [*tally.found.lost, *tally.found.half][:SENTENCES]:
        print(f"  {sentence}", flush=True)
    report.write_text(json.dumps(tally.row()))
    return 0 if tally.found.is_fine else 1


@contextmanager
def a_database(database: str, directory: Path) -> Iterator[tuple[str, Callable[[], None] | None]]:
    """The address of an empty one; and, where the database is a server, what kills that too."""
    if database == "sqlite":
        yield f"sqlite:///{directory / 'torture.sqlite3'}", None
        return
    try:
        with our_own_server(DURABLE) as server:
            yield f"{server.url.rpartition('/')[0]}/postgres", lambda: killed(server)
    except Missing as reason:
        sys.exit(f"PostgreSQL: {reason}")


def killed(server: ThrowAwayServer) -> None:
    server.kill()
    server.start()


def print_table(reports: dict[str, dict[str, int]]) -> None:
    names = list(next(filter(None, reports.values()), {}))
    print(f"\n{'database':<12}" + "".join(f"{name:>{len(name) + 3}}" for name in names))
    for database, report in reports.items():
        cells = "".join(f"{report[name]:>{len(name) + 3}}" for name in names if report)
        print(f"{DATABASES[database]:<12}{cells or '   broke off'}")


if __name__ == "__main__":
    sys.exit(main())
