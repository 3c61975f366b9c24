"""A test that asks no database anything says the same whatever the database: `tests/run` runs it once.

Such a test says so in pytest's report, and a file of the ids of such tests leaves them out. To ask is to send
a statement, from whichever thread; whoever starts a process may do so there. What a fixture of more than one
test asked counts for every test that has it.
"""

import os
import sys
from pathlib import Path

import pytest
from django.db.backends.signals import connection_created

# Of a test in pytest's report; its value is the test's id.
PROPERTY = "asks-no-database"
# The variable of the environment that names such a file.
LEAVES_OUT = "ASKS_NOTHING"
# Every test is within a transaction and its savepoints.
PASSES_ON = ("BEGIN", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")
GOES_ELSEWHERE = {"subprocess.Popen", "os.fork", "os.posix_spawn", "sqlite3.connect"}
# The tables themselves, which every test has.
OF_EVERY_TEST = "django_db_setup"

_times = 0
fixtures_that_asked: set[str] = set()


def note(execute, sql, params, many, context):
    """For connection.execute_wrappers."""
    if not sql.startswith(PASSES_ON):
        count()
    return execute(sql, params, many, context)


def count(times=1):
    global _times
    _times += times


def asked() -> int:
    """How many times so far."""
    return _times


def listen(connection, **kwargs):
    if note not in connection.execute_wrappers:
        connection.execute_wrappers.append(note)


connection_created.connect(listen)
sys.addaudithook(lambda event, _arguments: event in GOES_ELSEWHERE and count())


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef):
    before = asked()
    try:
        return (yield)
    finally:
        if fixturedef.argname == OF_EVERY_TEST:
            # The first test of a process waits for them, and asked for nothing thereby.
            count(before - asked())
        elif asked() != before and fixturedef.scope != "function":
            fixtures_that_asked.add(fixturedef.argname)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    item.asked_before = asked()
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    result = yield
    if asked() == item.asked_before and fixtures_that_asked.isdisjoint(item.fixturenames):
        item.user_properties.append((PROPERTY, item.nodeid))
    return result


def pytest_collection_modifyitems(config, items):
    if not (named := os.environ.get(LEAVES_OUT)):
        return
    left_out = set(Path(named).read_text().splitlines())
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid in left_out])
    items[:] = [item for item in items if item.nodeid not in left_out]
