"""Start, let a crowd save, kill, look; again and again."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection

from accounts.models import Role, Sensitivity
from objectives.models import FrameworkKind
from tests.factories import make_country, make_framework, make_objective, make_partner, make_user
from tests.serving.server import Server
from tests.serving.visitor import Visitor
from tests.torture.checking import Found, check
from tests.torture.content import COUNTRIES, PARTNERS, PILLARS, PRIORITIES, STAFF
from tests.torture.visiting import NEW, Act, Turn, answered, listen, visit

PASSWORD = "a-long-password"
PEOPLE = [*STAFF, "approver0", "approver1"]
# At least so many saves are acknowledged before a kill, and at most.
FEWEST, MOST = 3, 45


@dataclass
class Tally:
    """What came of it. `unanswered`: saves that a kill cut off, done whole or not done at all."""

    kills: int = 0
    acts: list[Act] = field(default_factory=list)
    sent_again: int = 0
    found: Found = field(default_factory=Found)

    @property
    def acknowledged(self) -> int:
        return sum(act.is_acknowledged for act in self.acts)

    @property
    def unanswered(self) -> int:
        return sum(act.is_unanswered for act in self.acts)

    def row(self) -> dict[str, int]:
        lost, half = len(self.found.lost), len(self.found.half)
        return {
            "kills": self.kills,
            "acknowledged": self.acknowledged,
            "found whole": self.acknowledged - lost,
            "lost": lost,
            "half": half,
            "unanswered": self.unanswered,
            "sent again": self.sent_again,
        }


def torture(
    kills: int, log: Path, *, seed: int, kill_database: Callable[[], None] | None = None
) -> Tally:
    """On the database that Django has open. `kill_database` ends it as well, and starts it again."""
    furnish()
    chance, tally, server = random.Random(seed), Tally(), Server(log)
    with a_crowd() as (pool, told):
        try:
            while tally.kills < kills and tally.found.is_fine:
                server.start()
                tally.acts, again = send_again(server, tally.acts)
                tally.sent_again += again
                turns = [turn_of(name, server, tally, chance) for name in PEOPLE]
                # Whoever has the database open when all others are killed would mend it unseen.
                connection.close()
                waiting = [pool.submit(visit, turn) for turn in turns]
                wait_for(told, chance.randint(FEWEST, MOST))
                time.sleep(chance.uniform(0, 0.1))  # anywhere within a save
                server.kill()
                if kill_database and tally.kills % 2:
                    kill_database()
                for done in waiting:
                    tally.acts += done.result()
                empty(told)
                tally.kills += 1
                tally.found = check(tally.acts)
        finally:
            server.stop()
    return tally


def furnish() -> None:
    """People, partners, places and objectives to save with."""
    for name in PEOPLE:
        role = Role.APPROVER if name.startswith("approver") else Role.STAFF
        make_user(name, role, clearance=Sensitivity.PROTECTED_B)
    for code in PARTNERS:
        make_partner(code)
    for code in COUNTRIES:
        make_country(code)
    for kind, codes in ((FrameworkKind.PILLAR, PILLARS), (FrameworkKind.PRIORITY, PRIORITIES)):
        framework = make_framework(kind=kind)
        for code in codes:
            make_objective(code, framework)


def turn_of(name: str, server: Server, tally: Tally, chance: random.Random) -> Turn:
    logged = [act.reference for act in tally.acts if act.by == name and act.verb == "log"]
    return Turn(
        username=name,
        port=server.port,
        cookies=Visitor(server.port).sign_in(name, PASSWORD).cookies,
        seed=f"{chance.random()} {name}",
        mine=tuple(filter(None, logged)),
    )


def send_again(server: Server, acts: list[Act]) -> tuple[list[Act], int]:
    """What a browser does with a form that was not answered. Sent twice, it is still one record."""
    cut_off = [act for act in acts if act.is_unanswered and act.verb in {"log", "draft"}]
    by_key = {act.about: act for act in cut_off}
    for act in cut_off:
        visitor = Visitor(server.port).sign_in(act.by, PASSWORD)
        by_key[act.about] = answered(act, visitor.post(NEW, act.form))
    return [by_key.get(act.about, act) for act in acts], len(cut_off)


@contextmanager
def a_crowd() -> Iterator[tuple[ProcessPoolExecutor, multiprocessing.SimpleQueue]]:
    """A process for each person, and the queue in which each says what was acknowledged."""
    context = multiprocessing.get_context("spawn")
    told = context.SimpleQueue()
    with ProcessPoolExecutor(
        len(PEOPLE), mp_context=context, initializer=listen, initargs=(told,)
    ) as pool:
        yield pool, told


def wait_for(told: multiprocessing.SimpleQueue, saves: int) -> None:
    """Until so many are acknowledged; or until a visitor has left, who will say why."""
    while saves and told.get():
        saves -= 1


def empty(told: multiprocessing.SimpleQueue) -> None:
    """Everybody has left: nothing of it is to be counted in the next turn."""
    while not told.empty():
        told.get()
