"""Whatever a file does to the process that reads it, the one that asks gets an answer, in time."""

import subprocess
import sys
import time

import pytest
from django.utils.translation import override

from common.sheets import worker
from common.sheets.limits import limits
from common.sheets.reading import Unreadable, read
from common.sheets.refused import Refused
from tests.nasty_files import zipped
from tests.nasty_files.making import a_text, a_zip_bomb_that_says_it_is_small


def refused(content, name="list.csv"):
    with pytest.raises(Unreadable) as caught:
        read(content, name)
    return caught.value


def answering(monkeypatch, code):
    """Put another program in the place of the one that parses; the rest is as it is."""
    monkeypatch.setattr(worker, "COMMAND", [sys.executable, "-c", code])


def test_a_file_that_would_fill_the_memory_is_given_up():
    # Two cells of a kilobyte of XML: laid out, they and all between them take two gigabytes.
    corner = f'<row r="99000">{zipped.cell("ZZ99000", "x")}</row>'
    content = zipped.xlsx(f'<row r="1">{zipped.cell("A1", "Title")}</row>{corner}')

    assert refused(content, "list.xlsx").code == "too_heavy"


def test_the_memory_is_what_the_settings_say(settings):
    content = b"Kenya,Ghana,Mali,Chad\n" * 90_000
    assert len(read(content, "list.csv").sheets[0].rows) == 90_000
    settings.LOAD_MAX_MEMORY = 60_000_000

    assert refused(content).code == "too_heavy"


def test_a_bomb_is_put_down_before_it_has_filled_the_memory(settings):
    settings.LOAD_MAX_UNPACKED, settings.LOAD_MAX_MEMORY = 50_000_000, 250_000_000

    assert refused(a_zip_bomb_that_says_it_is_small(), "list.xlsx").code == "unpacks_too_large"


def test_a_process_that_hangs_is_ended_by_the_clock(monkeypatch, settings):
    settings.LOAD_MAX_SECONDS = 1
    answering(monkeypatch, "import time; time.sleep(30)")

    began = time.monotonic()
    assert refused(b"a,b\n").code == "too_slow"
    assert time.monotonic() - began < 10


def test_a_process_that_turns_in_circles_is_ended_by_its_own_limit(monkeypatch):
    spin = (
        "from common.sheets import worker;"
        "from common.sheets.limits import Limits;"
        "worker._bound(Limits(1, 1, 1, 1, 1, 1, 1, 10**9))\n"
        "while True: pass"
    )
    monkeypatch.setattr(worker, "COMMAND", [sys.executable, "-c", spin])

    assert refused(b"a,b\n").code == "too_slow"


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("import os; os.abort()", "too_heavy"),
        ("import os; os.kill(os.getpid(), 9)", "too_heavy"),
        ("raise RuntimeError", "damaged"),
        ("pass", "damaged"),
    ],
)
def test_a_process_that_ends_without_an_answer_is_told_by_how_it_ended(monkeypatch, code, says):
    answering(monkeypatch, code)

    assert refused(b"a,b\n" * 100_000).code == says


def test_it_writes_no_file_and_has_no_secret_of_the_portal(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "not to be handed on")
    answer = tmp_path / "written"
    code = (
        "import os, sys; from common.sheets import worker\n"
        "from common.sheets.limits import Limits\n"
        "worker._bound(Limits(1, 1, 1, 1, 1, 1, 60, 10**9))\n"
        f"try: open({str(answer)!r}, 'w').write('x' * 9)\n"
        "except OSError: pass\n"
        "import json; from common.sheets.book import Book, Sheet, as_json\n"
        "print(as_json(Book('csv', [Sheet('', [sorted(os.environ)])])))"
    )
    answering(monkeypatch, code)

    environment = read(b"a,b\n", "list.csv").sheets[0].rows[0]

    assert set(environment) <= {"LC_ALL", "LC_CTYPE", "PYTHONDONTWRITEBYTECODE"}
    assert not answer.exists() or answer.read_text() == ""


def test_it_starts_without_the_portal_around_it():
    code = "import sys, common.sheets.worker, common.sheets.workbooks, common.sheets.delimited"
    asked = [sys.executable, "-c", f"{code}; print('django' in sys.modules)"]
    told = subprocess.run(asked, cwd=worker.ROOT, capture_output=True, check=True)

    assert told.stdout == b"False\n"


def test_a_file_larger_than_the_limit_is_not_even_looked_at(monkeypatch, settings):
    settings.LOAD_MAX_BYTES = 2_000_000
    monkeypatch.setattr(worker, "COMMAND", ["/nothing/to/run"])

    error = refused(b"x" * 2_000_001)

    assert (error.code, error.told) == ("too_big", {"size": 3, "limit": 2})


def test_numbers_in_a_refusal_are_written_as_the_reader_writes_them(settings):
    settings.LOAD_MAX_ROWS = 1000
    error = refused(b"a,b\n" * 1101)

    assert "1,000 rows" in error.message
    with override("fr"):
        assert "1\u00a0000" in error.message


def test_a_thousand_rows_at_the_limit_are_read(settings):
    settings.LOAD_MAX_ROWS = 1000
    settings.LOAD_MAX_COLUMNS = 4

    titled = b"Our visits\n\n" + b"a,b,c,d\n" * 1000 + b",,,,,\n" * 500
    assert len(read(titled, "list.csv").sheets[0].rows) == 1002
    assert refused(b"a,b,c,d,e\n").code == "too_many_columns"


def test_asking_for_what_is_refused_says_so_in_the_other_process_s_words():
    with pytest.raises(Refused) as caught:
        worker.parsed(b"%PDF-1.4", limits())

    assert caught.value.code == "pdf"
    assert worker.parsed(a_text().encode(), limits()).format == "csv"
