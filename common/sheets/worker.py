"""A file is parsed in a process of its own: it cannot hold up the one that asks, nor make it grow.

The process gets no environment but a locale, sets its own limits (address space, processor time, no file
written, no core) before it reads a byte of the file, and answers in JSON. It knows nothing of Django. What
it does not answer, or not in time, is told from how it ended.
"""

import gc
import json
import logging
import resource
import signal
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from common.sheets.book import Book, as_json, from_json
from common.sheets.limits import Limits
from common.sheets.refused import Refused

logger = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
# -E, -s: nothing of the environment or of a person's own packages is taken up.
COMMAND = [sys.executable, "-E", "-s", "-m", "common.sheets.worker"]
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
# Processor time is told in whole seconds; the clock stops what waits.
OUT_OF_TIME = (-signal.SIGXCPU,)
# The allocator aborts where Python would raise; a machine short of memory kills.
OUT_OF_MEMORY = (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV, -signal.SIGBUS)


def parsed(content: bytes, limits: Limits, encoding: str = "", delimiter: str = "") -> Book:
    """The book, read by another process. Raises Refused, also where that process does not live to answer."""
    told = {"limits": asdict(limits), "encoding": encoding, "delimiter": delimiter}
    answer, status = _asked(json.dumps(told).encode() + b"\n" + content, limits.seconds)
    if status:
        logger.warning("The process that reads a file ended with %s.", status)
    if status in OUT_OF_TIME:
        raise Refused("too_slow", limit=limits.seconds)
    if status in OUT_OF_MEMORY:
        raise Refused("too_heavy")
    if status or not answer:
        raise Refused("damaged")
    if answer.startswith(b'{"refused"'):
        refused = json.loads(answer)
        raise Refused(refused["refused"], **refused["told"])
    return from_json(answer.decode())


def _asked(question: bytes, seconds: int) -> tuple[bytes, int]:
    """What the process answered, and how it ended: 0, or less than 0 for the signal that ended it."""
    with subprocess.Popen(
        COMMAND,
        cwd=ROOT,
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # it would hold what is in the file
    ) as process:
        try:
            answer, _nothing = process.communicate(question, timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            return b"", -signal.SIGXCPU
    return answer, process.returncode


def main(questions: BinaryIO, answers: BinaryIO) -> None:
    """The other process."""
    told = json.loads(questions.readline(10_000))
    limits = Limits(**told.pop("limits"))
    _bound(limits)
    gc.disable()  # it lives for one file, and nothing in that goes round in circles
    answers.write(_answer(questions.read(), limits, **told).encode())


def _bound(limits: Limits) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(content: bytes, limits: Limits, encoding: str, delimiter: str) -> str:
    try:
        return as_json(_book(content, limits, encoding, delimiter))
    except Refused as refused:
        return _told(refused.code, refused.told)
    except MemoryError:
        return _told("too_heavy", {})


def _told(code: str, told: dict[str, Any]) -> str:
    return json.dumps({"refused": code, "told": told})


def _book(content: bytes, limits: Limits, encoding: str, delimiter: str) -> Book:
    # Only here: whoever asks has no need of a parser.
    from common.sheets.delimited import read_delimited
    from common.sheets.sniffing import kind_of
    from common.sheets.workbooks import read_workbook

    kind = kind_of(content)
    if kind == "csv":
        return read_delimited(content, limits, encoding, delimiter)
    return read_workbook(content, kind, limits)


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
