"""What `make run` and `make test` stand on: the locks, the driver, and refusals in plain words."""

import os
import re
import shutil
import socket
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
REQUIREMENT = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def versions(lock: str) -> dict[str, str]:
    return dict(REQUIREMENT.findall((ROOT / "requirements" / f"{lock}.txt").read_text()))


def make(
    *arguments: str, path: Path | None = None, **variables: str
) -> subprocess.CompletedProcess:
    environment = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
    environment["PATH"] = str(path or os.environ["PATH"])
    return subprocess.run(
        [shutil.which("make"), "--no-print-directory", *arguments],
        cwd=ROOT,
        env=environment | variables,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_holds_hashes_for_each_package_and_no_address(lock):
    text = lock.read_text()
    entries = [entry for entry in re.split(r"\n(?=\S)", text) if not entry.startswith("#")]

    assert len(entries) > 10
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
    assert re.findall(r"://|--index|--find-links|\bfile:", text) == []


def test_every_lock_agrees_on_the_versions_it_shares_with_runtime():
    runtime = versions("runtime")

    assert versions("dev") | runtime == versions("dev")
    assert versions("production").keys() - {"psycopg2"} == runtime.keys() - {"psycopg2-binary"}
    assert {n: v for n, v in versions("production").items() if n in runtime} == {
        n: v for n, v in runtime.items() if n != "psycopg2-binary"
    }


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_psycopg2_is_the_only_postgresql_driver_of_a_lock(lock):
    drivers = {name for name in versions(lock.stem) if name.startswith("psycopg")}

    assert drivers == ({"psycopg2"} if lock.stem == "production" else {"psycopg2-binary"})


def test_nothing_installed_takes_the_database_over_from_psycopg2():
    from django.db.backends.postgresql.psycopg_any import is_psycopg3

    assert find_spec("psycopg") is None
    assert not is_psycopg3


def test_each_direct_dependency_carries_its_reason():
    lines = [
        line
        for source in (ROOT / "requirements").glob("*.in")
        for line in source.read_text().splitlines()
        if line and not line.startswith(("#", "-r "))
    ]

    assert len(lines) > 20
    assert [line for line in lines if not re.search(r"  # \w+", line)] == []


def test_help_lists_every_command_a_person_may_type():
    makefile = (ROOT / "Makefile").read_text()
    commands = makefile.split(".PHONY: ")[1].splitlines()[0].split()

    shown = make("help").stdout

    assert [command for command in commands if f"make {command} " not in shown] == []


def test_run_refuses_a_taken_port_and_names_one_that_is_free():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        refused = make("preflight", PORT=str(port))

    assert refused.returncode
    assert f"Port {port} is taken" in refused.stderr
    assert re.search(r"PORT=\d+ make run", refused.stderr)


@pytest.mark.parametrize("port", ["", "eight", "0", "65536", "80 80"])
def test_run_refuses_what_is_no_port(port):
    refused = subprocess.run(
        [sys.executable, "bin/preflight.py", "--port", port],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode
    assert "is not a port" in refused.stderr


def test_run_refuses_an_old_python_by_name(tmp_path):
    old = tmp_path / "python3"
    old.write_text(f"#!/bin/sh\nexec {shutil.which('false')}\n")
    old.chmod(0o755)
    for program in ("make", "sh"):
        (tmp_path / program).symlink_to(shutil.which(program))

    refused = make("preflight", path=tmp_path)

    assert refused.returncode
    assert "needs Python 3.11 or newer" in refused.stderr


def test_preflight_says_which_python_is_too_old(monkeypatch, capsys):
    namespace = {"__name__": "preflight"}
    exec(compile((ROOT / "bin" / "preflight.py").read_text(), "preflight", "exec"), namespace)
    monkeypatch.setattr("sys.version_info", (3, 9, 2))

    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer; .* is 3\.9\."):
        namespace["check_python"]()


SKIPS = """
import pytest

def test_here():
    pytest.skip("no browser here")
"""
LACKS = """
import pytest

pytest.importorskip("a_part_that_is_missing")
"""


@pytest.mark.parametrize(("required", "outcome"), [("0", "2 skipped"), ("1", "1 failed, 1 error")])
def test_a_skip_is_a_failure_where_everything_is_required(tmp_path, required, outcome):
    (tmp_path / "conftest.py").write_text("from tests.require_all import *")
    (tmp_path / "test_that_skips.py").write_text(SKIPS)
    (tmp_path / "test_that_lacks.py").write_text(LACKS)
    settings = {"PYTHONPATH": ROOT, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "REQUIRE_ALL": required}

    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--continue-on-collection-errors", tmp_path],
        cwd=tmp_path,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )

    assert outcome in run.stdout
