"""A PostgreSQL server to test on: the one TEST_DATABASE_URL names, or a throw-away one of our own."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SETTINGS = {
    # Leave out whatever protects data that somebody would miss.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    # Between two tests the tables are empty: statistics taken then mislead the planner.
    "autovacuum": "off",
    # A query that never ends fails its own test.
    "statement_timeout": "60s",
}
UTF8 = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"


class Missing(Exception):
    """There is no server to be had; says why."""


@contextmanager
def a_server() -> Iterator[str]:
    """The address of a server on which databases may be created and dropped."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    programs = find_programs()
    with tempfile.TemporaryDirectory(prefix="liaison-postgresql-") as directory:
        server = ThrowAwayServer(programs, Path(directory))
        try:
            server.start()
            yield server.url
        finally:
            server.stop()


def find_programs() -> Path:
    """The directory of initdb and pg_ctl: the path's, or else the newest that Debian installed."""
    on_path = shutil.which("pg_ctl")
    candidates = [Path(on_path).resolve().parent] if on_path else []
    packaged = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(packaged, key=lambda path: float(path.parent.name), reverse=True)
    for programs in candidates:
        if (programs / "initdb").exists() and (programs / "pg_ctl").exists():
            return programs
    raise Missing("no initdb and pg_ctl here; install PostgreSQL, or set TEST_DATABASE_URL")


def unprivileged_user() -> str | None:
    """Who runs the server where we are root, as whom PostgreSQL refuses to run."""
    if os.geteuid():
        return None
    users = {entry.pw_name for entry in pwd.getpwall()}
    for user in ("postgres", "nobody"):
        if user in users:
            return user
    raise Missing("we are root, and there is no user postgres or nobody to run a server as")


class ThrowAwayServer:
    """A server of its own in a directory, listening on a free port of this machine alone."""

    def __init__(self, programs: Path, directory: Path) -> None:
        self.programs, self.directory = programs, directory
        self.user = unprivileged_user()
        self.port, self.password = free_port(), secrets.token_hex(16)
        self.url = f"postgres://liaison:{self.password}@127.0.0.1:{self.port}/liaison"

    def start(self) -> None:
        secret = self.directory / "password"
        secret.touch(mode=0o600)
        secret.write_text(self.password)
        if self.user:
            shutil.chown(self.directory, self.user)
            shutil.chown(secret, self.user)
        owner = ["--username=liaison", "--auth=scram-sha-256", f"--pwfile={secret}"]
        self.call("initdb", *owner, "--encoding=UTF8", f"--locale={UTF8}", *self.collation())
        options = [f"-c listen_addresses=127.0.0.1 -p {self.port} -k {self.directory}"]
        options += [f"-c {name}={value}" for name, value in SETTINGS.items()]
        self.call("pg_ctl", "start", "--wait", "--options", " ".join(options))

    def stop(self) -> None:
        if (self.directory / "data" / "postmaster.pid").exists():
            self.call("pg_ctl", "stop", "--mode=immediate")

    def collation(self) -> list[str]:
        """Sort as a dictionary does: code that only works in the order of bytes shall fail here."""
        help_text = subprocess.check_output([self.programs / "initdb", "--help"], text=True)
        if "--icu-locale" not in help_text:
            return []
        return ["--locale-provider=icu", "--icu-locale=en-CA"]

    def call(self, program: str, *arguments: str) -> None:
        """Run a program of PostgreSQL; where it fails, say what it said."""
        log = self.directory / f"{program}.log"
        with log.open("w") as output:  # not a pipe: the server keeps it open
            result = subprocess.run(
                [self.programs / program, "-D", self.directory / "data", *arguments],
                cwd=self.directory,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                user=self.user,
                check=False,
            )
        if result.returncode:
            raise RuntimeError(f"{program} ended with code {result.returncode}:\n{log.read_text()}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
