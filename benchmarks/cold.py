"""A process that starts anew: when its first figures are there, when they come fast, what it grows to.

    python -m benchmarks.cold ADDRESS

Started by running.py. Prints one object: seconds since the start, megabytes.
"""

import json
import sys
import time
from pathlib import Path

BEGAN = time.perf_counter()
# Seconds that it is watched for, and how many times as long as at last an answer may take to be a fast one.
WATCHED, FAST = 40.0, 2.0


def megabytes() -> float:
    status = Path("/proc/self/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def main(address: str) -> None:
    import django

    django.setup()
    from django.contrib.auth import get_user_model

    from benchmarks.browser import Browser
    from benchmarks.reading import numbers_of

    browser = Browser(get_user_model().objects.get(username="manager"))
    browser.get("/en/empty/").expect(200)
    before, answers, told = megabytes(), list[tuple[float, float]](), []
    while not answers or time.perf_counter() - BEGAN < WATCHED:
        asked = time.perf_counter()
        told.append(numbers_of(browser.get(address).expect(200).text))
        now = time.perf_counter()
        answers.append((now - BEGAN, now - asked))
        time.sleep(0.2)
    if any(one != told[0] for one in told):
        raise AssertionError(
            "The figures of a process that has just started are not those it has later."
        )
    settled = min(took for _at, took in answers)
    said = {
        "first": answers[0][0],
        "fast": next(at for at, took in answers if took <= FAST * settled),
        "settled": settled,
        "grown": megabytes() - before,
    }
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main(sys.argv[1])
