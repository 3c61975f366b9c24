"""What the crowd does until the server is gone, and what it was told before. No Django here."""

from __future__ import annotations

import json
import random
import re
import uuid
from dataclasses import dataclass, field, replace

from tests.serving.visitor import Answer, Gone, Told, Visitor
from tests.torture.content import content_of, new, objectives_of, readers_of, told

NEW = "/en/engagements/new/"
REFERENCE = re.compile(r"IE-\d{4}-\d{4,}")
# What such a request may be answered with.
FINE = {200, 302, 409, 422}
# What a form saves without a button.
BY_ITSELF = {"autosave", "keep"}


@dataclass(frozen=True, kw_only=True)
class Act:
    """One save that was sent. `about` is a reference; of a new form, a draft, a note or a page its key."""

    verb: str  # log, draft, autosave, keep, edit, align, approve, note
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
        return self.status == (200 if self.verb in BY_ITSELF else 302)

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
        ways = [self.log, self.log, self.draft, self.autosave]
        if self.mine:
            ways += [self.edit, self.edit, self.align, self.keep, self.note]
        self.chance.choice(ways)()

    def log(self) -> None:
        ahead = self.chance.random() < 0.4
        mark, key = self.new_mark(), str(uuid.uuid4())
        self.log_it(NEW, new(mark, key, ahead=ahead) | {"do": ["log"]}, mark)

    def log_it(self, path: str, form: Told, mark: str) -> None:
        (key,) = form["form_key"]
        act = Act(verb="log", about=key, mark=mark, by=self.turn.username, form=form)
        if reference := self.save(path, act).reference:
            self.mine.append(reference)

    def draft(self) -> None:
        mark, key = self.new_mark(), str(uuid.uuid4())
        form = new(mark, key) | {"do": ["draft"]}
        self.save(NEW, Act(verb="draft", about=key, mark=mark, by=self.turn.username, form=form))

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

    def autosave(self) -> None:
        """A new form is typed in for a while, and then logged, or left."""
        key, page, path = str(uuid.uuid4()), str(uuid.uuid4()), NEW
        for turn in range(1, self.chance.randint(2, 4)):
            mark = self.new_mark()
            form = new(mark, key) | {"do": ["autosave"], "page": [page], "turn": [str(turn)]}
            act = Act(verb="autosave", about=key, mark=mark, by=self.turn.username, form=form)
            done, answer = self.send(path, act)
            if not done.is_acknowledged:
                return
            path = json.loads(answer.text)["address"]
        if self.chance.random() < 0.5:
            form = new(mark, key) | {"do": ["log"], "page": [page], "turn": [str(turn + 1)]}
            self.log_it(path, form | {"version": [str(turn)]}, mark)

    def keep(self) -> None:
        """An edit is typed and never sent: what is typed is kept beside the record."""
        page = str(uuid.uuid4())
        path = f"/en/engagements/{self.chance.choice(self.mine)}/edit/"
        for turn in range(1, self.chance.randint(2, 4)):
            mark = self.new_mark()
            form = told(mark) | {"do": ["autosave"], "page": [page], "turn": [str(turn)]}
            self.save(
                path, Act(verb="keep", about=page, mark=mark, by=self.turn.username, form=form)
            )

    def note(self) -> None:
        mark, key = self.new_mark(), str(uuid.uuid4())
        path = f"/en/engagements/{self.chance.choice(self.mine)}/notes/new/"
        form = {"text": [content_of(mark).purpose], "text_language": ["en"], "sensitivity": ["0"]}
        form |= {"people": list(readers_of(mark)), "office": ["IR"], "key": [key]}
        self.save(path, Act(verb="note", about=key, mark=mark, by=self.turn.username, form=form))

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
        return self.send(path, act)[0]

    def send(self, path: str, act: Act) -> tuple[Act, Answer]:
        """What was not answered stays in `acts` as what may have been done."""
        self.acts.append(act)
        answer = self.visitor.post(path, act.form)
        self.acts[-1] = done = answered(act, answer)
        if done.is_acknowledged:
            _told.put(done.verb)
        return done, answer


def answered(act: Act, answer: Answer) -> Act:
    """The act with what the server said of it; AssertionError for what it may never say."""
    assert answer.status in FINE, f"{answer.status} for {act}: {answer.text[:2000]}"
    number = REFERENCE.search(answer.location) if act.verb == "log" else None
    return replace(act, status=answer.status, reference=number[0] if number else "")
