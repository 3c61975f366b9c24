"""A PostgreSQL server to test on: the one TEST_DATABASE_URL names, or a throw-away one of our own."""

import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
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
    # Without statistics a plan looks dear enough to be compiled, which costs more than to run it.
    "jit": "off",
    # A query that never ends fails its own test.
    "statement_timeout": "60s",
}
# As it is installed: an acknowledged commit is on the disk.
DURABLE = {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
UTF8 = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"


class Missing(Exception):
    """There is no server to be had; says why."""


@contextmanager
def a_server() -> Iterator[str]:
    """The address of a server on which databases may be created and dropped."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    with our_own_server(SETTINGS) as server:
        yield server.url


@contextmanager
def our_own_server(settings: dict[str, str]) -> Iterator["ThrowAwayServer"]:
    """A running one, to do anything with; it is gone afterwards, and all that was in it."""
    programs = find_programs()
    with tempfile.TemporaryDirectory(prefix="liaison-postgresql-") as directory:
        server = ThrowAwayServer(programs, Path(directory), settings)
        try:
            server.set_up()
            server.start()
            yield server
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

    def __init__(self, programs: Path, directory: Path, settings: dict[str, str]) -> None:
        self.programs, self.directory, self.settings = programs, directory, settings
        self.user = unprivileged_user()
        self.port, self.password = free_port(), secrets.token_hex(16)
        self.url = f"postgres://liaison:{self.password}@127.0.0.1:{self.port}/liaison"

    def set_up(self) -> None:
        secret = self.directory / "password"
        secret.touch(mode=0o600)
        secret.write_text(self.password)
        if self.user:
            shutil.chown(self.directory, self.user)
            shutil.chown(secret, self.user)
        owner = ["--username=liaison", "--auth=scram-sha-256", f"--pwfile={secret}"]
        self.call("initdb", *owner, "--encoding=UTF8", f"--locale={UTF8}", *self.collation())

    def start(self) -> None:
        options = [f"-c listen_addresses=127.0.0.1 -p {self.port} -k {self.directory}"]
        options += [f"-c {name}={value}" for name, value in self.settings.items()]
        self.call("pg_ctl", "start", "--wait", "--options", " ".join(options))

    def stop(self) -> None:
        if (self.directory / "data" / "postmaster.pid").exists():
            self.call("pg_ctl", "stop", "--mode=immediate")

    def kill(self) -> None:
        """End it as a power cut would: every process of it at once, nothing written any more."""
        postmaster = int((self.directory / "data" / "postmaster.pid").read_text().split()[0])
        # Stopped first, so that it neither notices nor starts anything while its own are killed.
        os.kill(postmaster, signal.SIGSTOP)
        killed = [*children_of(postmaster), postmaster]
        for pid in killed:
            os.kill(pid, signal.SIGKILL)
        # A new one refuses to start while the old is in the list of processes.
        while any(is_running(pid) for pid in killed):
            time.sleep(0.01)

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


def children_of(parent: int) -> list[int]:
    """Processes that this one started, and that still run."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = (map(int, line.split()) for line in listed.stdout.splitlines())
    return [pid for pid, ppid in pairs if ppid == parent]


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
