"""What one visitor of the crowd does. No Django here: it stands on the other side of the wire."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from tests.serving.visitor import Answer, Told, Visitor

# What everybody made by tests/factories.py signs in with.
PASSWORD = "a-long-password"


@dataclass(frozen=True, kw_only=True)
class Errand:
    """`username` opens `path`, adds each mark at the end of `name` and saves, until it is saved."""

    port: int
    username: str
    path: str
    name: str
    marks: list[str]
    # Sent besides what the form holds.
    more: Told = field(default_factory=dict)


@dataclass
class Done:
    """What the server acknowledged, and every status it answered a save with."""

    marks: list[str] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)


def edit_until_saved(errand: Errand) -> Done:
    visitor = Visitor(errand.port).sign_in(errand.username, PASSWORD)
    done = Done()
    for mark in errand.marks:
        while mark not in done.marks:
            opened = visitor.get(errand.path)
            told = opened.form(errand.name)
            before = told[errand.name][0]
            told[errand.name] = [f"{before} {mark}".strip()]
            answer = visitor.post(errand.path, told | errand.more)
            done.statuses.append(answer.status)
            if answer.status == 302:
                done.marks.append(mark)
            elif answer.status != 409:
                raise AssertionError(f"{answer.status} for {errand.path}: {answer.text[:2000]}")
    return done


@dataclass(frozen=True, kw_only=True)
class Sending:
    """`username` sends each form to `path`, `copies` of it at the same moment."""

    port: int
    username: str
    path: str
    forms: list[Told]
    copies: int = 1


def send(sending: Sending) -> list[list[Answer]]:
    """For each form the answers to its copies."""
    cookies = Visitor(sending.port).sign_in(sending.username, PASSWORD).cookies
    return [copies_of(form, sending, cookies) for form in sending.forms]


def copies_of(form: Told, sending: Sending, cookies: dict[str, str]) -> list[Answer]:
    line = threading.Barrier(sending.copies)
    answers: list[Answer] = []

    def post() -> None:
        visitor = Visitor(sending.port, cookies)
        line.wait()
        answers.append(visitor.post(sending.path, form))

    threads = [threading.Thread(target=post) for _copy in range(sending.copies)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
