"""`make bench`: the dashboard and the list at size, each beside hand-written SQL that gives its numbers.

Each database is a process of its own, since Django opens one. Nothing of it is left behind. Exit status
1 where a page and its SQL do not give the same numbers.
"""

import argparse
import os
import subprocess
import sys

from benchmarks.databases import databases
from tests.postgresql import Missing

SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "config.settings.dev",
    "DEBUG": "false",
    "DEMONSTRATION": "true",
}
# Nobody has run collectstatic for a database that is thrown away.
QUIET = "ignore:No directory at"


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, help="engagements (100000)")
    parser.add_argument("--rounds", type=int, default=9, help="of all, taking turns (9)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], help="one of them alone")
    asked = parser.parse_args()
    arguments = [str(asked.count), str(asked.rounds), str(asked.seed)]
    codes = []
    for name, a_database in databases(asked.database, os.environ.get("DATABASE_URL", "")):
        try:
            with a_database() as url:
                print(f"\n## {name}, {asked.count:,} engagements\n", flush=True)
                command = [sys.executable, "-W", QUIET, "-m", "benchmarks.running", *arguments]
                environment = os.environ | SETTINGS | {"DATABASE_URL": url}
                codes.append(subprocess.run(command, env=environment, check=False).returncode)
        except Missing as reason:
            print(f"\n{name} was left out: {reason}", flush=True)
    return max(codes, default=1)


if __name__ == "__main__":
    sys.exit(main())
