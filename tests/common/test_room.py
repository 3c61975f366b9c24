"""Calls at any depth ask the system for no memory, where there is room for them."""

import resource
import threading

from common.room import with_room

DEPTHS, TIMES = 300, 50


def pages_asked_for(depth: int = DEPTHS) -> int:
    """At each depth, by calling something there time and again: the worst of them."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _each in range(TIMES):
        plain(1, 2, 3)
    asked = resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
    return max(asked, pages_asked_for(depth - 1) if depth else 0)


def plain(*values: int) -> int:
    return sum(values)


def in_a_thread(function) -> int:
    """Of a depth that does not depend on how tests are run."""
    answers: list[int] = []
    thread = threading.Thread(target=lambda: answers.append(function()))
    thread.start()
    thread.join()
    return answers[0]


def test_calls_within_ask_for_nothing():
    assert in_a_thread(with_room(pages_asked_for)) < TIMES // 2


def test_what_is_called_gets_what_it_is_given_and_its_answer_comes_back():
    assert with_room(plain)(1, 2, 3) == 6
