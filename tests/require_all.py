"""REQUIRE_ALL=1 promises that every part is there, so it allows no skip."""

import os

import pytest

REQUIRE_ALL = os.environ.get("REQUIRE_ALL") == "1"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    return as_failure((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    return as_failure((yield))


def as_failure(report):
    if REQUIRE_ALL and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, though REQUIRE_ALL=1 allows no skip: {report.longrepr}"
    return report
