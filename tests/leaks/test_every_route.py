"""Every page, file and fragment × who asks × what it is about: what is answered, to the last byte."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import HttpResponse

from tests.leaks.asking import Asker, without
from tests.leaks.conftest import NOBODY
from tests.leaks.routes import Route, address_of, every_route
from tests.leaks.table import ROLES, TABLE, Page
from tests.leaks.world import ABSENT, ABSENT_DRAFT, PEOPLE, Record, World

ROUTES = every_route()


def test_every_route_has_an_entry_in_the_table():
    missing = sorted(ROUTES.keys() - TABLE.keys())

    assert not missing, (
        f"These routes have no entry: {', '.join(missing)}. Add each to TABLE in "
        'tests/leaks/table.py: "app:name": Page(get=ALL), with the status every role gets for a '
        "record it may read, post= where it takes POST, query= or sends= where those name a record."
    )


def test_no_entry_is_of_a_route_that_has_gone():
    assert TABLE.keys() - ROUTES.keys() == set()


# What the databases answer differently shows to one who is cleared, one who is not, and nobody; the others'
# answers are compared on SQLite.
WHO = [*PEOPLE, NOBODY] if connection.vendor == "sqlite" else ["manager", "staff", NOBODY]


@pytest.mark.parametrize("key", [key for key in TABLE if key in ROUTES])
def test_what_may_not_be_seen_is_answered_as_what_is_not_there(world, askers, key):
    pages = TABLE[key] if isinstance(TABLE[key], list) else [TABLE[key]]

    problems = [
        problem
        for who, asker in ((who, askers[who]) for who in WHO)
        for page in pages
        for method in ("get", "post")
        if getattr(page, method)
        for problem in asked_both_ways(world, Question(ROUTES[key], page, who, asker, method))
    ]

    assert not problems, "\n".join(problems)


def asked_both_ways(world, question):
    """As a page; and as HTMX asks for a part, where that can make a difference."""
    yield from question.problems(world)
    if question.differs_as_a_part:
        yield from replace(question, htmx=True, answers=[], of_nothing={}).problems(world)


@dataclass(frozen=True)
class Question:
    """A route, who asks for it, and how."""

    route: Route
    page: Page
    who: str
    asker: Asker
    method: str
    htmx: bool = False
    answers: list[HttpResponse] = field(default_factory=list)
    of_nothing: dict[Record, bytes] = field(default_factory=dict)

    def problems(self, world: World) -> Iterator[str]:
        if self.who not in ROLES and not self.lets_in:
            return  # one more of a role that is left out, whatever the clearance
        if not self.names_a_record:
            response = self.ask(world, ABSENT)
            yield from self._wrong_status("", response, self.expected(readable=True))
            yield from self._betrayed(world, "", response)
            return
        for name, record in self._worth_asking_for(world):
            readable = self.may_read(record)
            response = self.ask(world, record)
            yield from self._wrong_status(name, response, self.expected(readable=readable))
            yield from self._betrayed(world, name, response)
            if not readable:
                yield from self._different(world, name, record, response)

    def _worth_asking_for(self, world: World) -> Iterator[tuple[str, Record]]:
        """As a part of a page, one of those the person may read is enough."""
        known = False
        records = world.notes if "key" in self.route.arguments else world.records
        for name, record in records.items():
            if not (self.htmx and known and self.may_read(record)):
                yield name, record
            known = known or self.may_read(record)

    @property
    def lets_in(self) -> bool:
        """Whether anything but a refusal can come of it."""
        return getattr(self.page, self.method)[self.column] not in {403, 405}

    @property
    def differs_as_a_part(self) -> bool:
        """Whether any answer so far asked for it, or the table says so."""
        said = getattr(self.page, f"{self.method}_part")
        return bool(said) or any(answer.asked_whether_a_part for answer in self.answers)

    @property
    def names_a_record(self) -> bool:
        by_address = {"reference", "pk"} & set(self.route.arguments)
        return bool(by_address or self.page.query or self.page.sends)

    def ask(self, world: World, record: Record) -> HttpResponse:
        given = {"reference": record.reference, "pk": record.pk, "key": record.key}
        given |= self.page.arguments(world, record)
        arguments = {name: given[name] for name in self.route.arguments}
        address = address_of(self.route, arguments)
        if self.page.query:
            address += f"?{urlencode(self.page.query(record))}"
        sent = None
        if self.method == "post":
            sent = self.page.sends(record) if self.page.sends else {}
        self.answers.append(self.asker(address, sent=sent, htmx=self.htmx))
        return self.answers[-1]

    def may_read(self, record: Record) -> bool:
        fits = record.is_draft == self.page.of_drafts
        return fits and record.may_be_read_by(self.asker.person)

    def expected(self, *, readable: bool) -> int:
        """The status, for a record the person may read, and for one they may not."""
        statuses = getattr(self.page, self.method)
        if self.htmx:
            statuses = getattr(self.page, f"{self.method}_part") or statuses
        status = statuses[self.column]
        if readable or status == 405 or self.who == NOBODY:
            return status
        if not self.route.view.audience(self.asker.person):
            return 403
        if self.method == "post" and self.page.absent_post:
            return self.page.absent_post
        return self.page.absent

    @property
    def column(self) -> int:
        return ROLES.index(self.who if self.who in ROLES else PEOPLE[self.who][0])

    # What can be wrong

    def _wrong_status(self, name: str, response: HttpResponse, expected: int) -> Iterator[str]:
        if response.status_code != expected:
            yield f"{self}, {name}: {response.status_code}, expected {expected}"

    def _betrayed(self, world: World, name: str, response: HttpResponse) -> Iterator[str]:
        """The words of a record, where the person may not read it, stand nowhere."""
        for record in [*world.records.values(), *world.notes.values()]:
            if not record.may_be_read_by(self.asker.person) and record.word in response.whole:
                yield f"{self}, {name}: the answer holds “{record.word.decode()}”"

    def _different(
        self, world: World, name: str, record: Record, response: HttpResponse
    ) -> Iterator[str]:
        hidden = without(response.whole, record.names)
        nothing = self._answered_of_nothing(world, ABSENT_DRAFT if record.is_draft else ABSENT)
        if hidden != nothing:
            lines = zip(hidden.split(b"\n"), nothing.split(b"\n"), strict=False)
            first = next(((a, b) for a, b in lines if a != b), ("one", "is longer"))
            yield f"{self}, {name}: not as if it were not there: {first}"

    def _answered_of_nothing(self, world: World, absent: Record) -> bytes:
        if absent not in self.of_nothing:
            self.of_nothing[absent] = without(self.ask(world, absent).whole, absent.names)
        return self.of_nothing[absent]

    def __str__(self) -> str:
        part = " as a part" if self.htmx else ""
        return f"{self.route.key} {self.method.upper()}{part}, {self.who}"
