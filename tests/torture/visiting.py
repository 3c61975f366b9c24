"""What the crowd does until the server is gone, and what it was told before. No Django here."""

from __future__ import annotations

import random
import re
import uuid
from dataclasses import dataclass, field, replace

from tests.serving.visitor import Answer, Gone, Told, Visitor
from tests.torture.content import new, objectives_of, told

NEW = "/en/engagements/new/"
REFERENCE = re.compile(r"IE-\d{4}-\d{4,}")
# Of a status that is no answer to such a request.
FINE = {302, 409, 422}


@dataclass(frozen=True, kw_only=True)
class Act:
    """One save that was sent. `about` is a reference; of a new form its key."""

    verb: str  # log, draft, edit, align, approve
    about: str
    mark: str
    by: str
    # 0 while nobody answered.
    status: int = 0
    # Of a log the number it was given.
    reference: str = ""
    # What was sent, where it can be sent again.
    form: Told = field(default_factory=dict)

    @property
    def is_acknowledged(self) -> bool:
        return self.status == 302

    @property
    def is_unanswered(self) -> bool:
        return self.status == 0


@dataclass(frozen=True, kw_only=True)
class Turn:
    """One visitor between a start of the server and its end."""

    username: str
    port: int
    cookies: dict[str, str]
    seed: str  # like no other's
    mine: tuple[str, ...] = ()  # the engagements it changes


_told = None


def listen(queue) -> None:
    """Called in each process as it begins: where to say that something was acknowledged."""
    global _told
    _told = queue


def visit(turn: Turn) -> list[Act]:
    """Save one thing after the other until the server is gone."""
    visiting = Visiting(turn)
    steps = visiting.approve if turn.username.startswith("approver") else visiting.anything
    try:
        while True:
            steps()
    except Gone:
        return visiting.acts
    finally:
        _told.put("")  # has left


class Visiting:
    def __init__(self, turn: Turn) -> None:
        self.turn, self.mine = turn, list(turn.mine)
        self.visitor = Visitor(turn.port, turn.cookies)
        self.chance = random.Random(turn.seed)
        self.acts: list[Act] = []

    def new_mark(self) -> str:
        """Like no other, so that no title looks like another's."""
        return f"{self.chance.getrandbits(128):032x}"

    def anything(self) -> None:
        ways = [self.log, self.log, self.draft]
        if self.mine:
            ways += [self.edit, self.edit, self.align]
        self.chance.choice(ways)()

    def log(self) -> None:
        ahead = self.chance.random() < 0.4
        done = self.send_new("log", ahead=ahead)
        if done.reference:
            self.mine.append(done.reference)

    def draft(self) -> None:
        self.send_new("draft")

    def send_new(self, verb: str, *, ahead: bool = False) -> Act:
        mark, key = self.new_mark(), str(uuid.uuid4())
        form = new(mark, key, ahead=ahead) | {"do": [verb]}
        return self.save(
            NEW, Act(verb=verb, about=key, mark=mark, by=self.turn.username, form=form)
        )

    def edit(self) -> None:
        reference, mark = self.chance.choice(self.mine), self.new_mark()
        path = f"/en/engagements/{reference}/edit/"
        form = self.visitor.get(path).form("title_en") | told(mark) | {"do": ["save"]}
        act = Act(verb="edit", about=reference, mark=mark, by=self.turn.username, form=form)
        self.save(path, act)

    def align(self) -> None:
        reference, mark = self.chance.choice(self.mine), self.new_mark()
        path = f"/en/engagements/{reference}/align/"
        form = {"version": self.visitor.get(path).form("version")["version"]}
        form |= {"objectives": list(objectives_of(mark))}
        form |= {f"reason-{code}": [mark] for code in objectives_of(mark)}
        self.save(
            path, Act(verb="align", about=reference, mark=mark, by=self.turn.username, form=form)
        )

    def approve(self) -> None:
        waiting = self.visitor.get("/en/engagements/?stage=submitted&sort=changed").text
        references = sorted(set(REFERENCE.findall(waiting)))
        if not references:
            return
        reference = self.chance.choice(references)
        path = f"/en/engagements/{reference}/approve/"
        opened = self.visitor.get(path)
        if opened.status != 200:
            return  # another approver was quicker
        version = {"version": opened.form("version")["version"]}
        act = Act(verb="approve", about=reference, mark="", by=self.turn.username, form=version)
        self.save(path, act)

    def save(self, path: str, act: Act) -> Act:
        """Send it. What was not answered stays in `acts` as what may have been done."""
        self.acts.append(act)
        done = answered(act, self.visitor.post(path, act.form))
        self.acts[-1] = done
        if done.is_acknowledged:
            _told.put(done.verb)
        return done


def answered(act: Act, answer: Answer) -> Act:
    """The act with what the server said of it; AssertionError for what it may never say."""
    assert answer.status in FINE, f"{answer.status} for {act}: {answer.text[:2000]}"
    number = REFERENCE.search(answer.location)
    return replace(act, status=answer.status, reference=number[0] if number else "")
