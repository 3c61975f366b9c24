"""Every page, file and fragment × a Protected B record: what would differ without it carries its marking."""

import re
from dataclasses import replace

import pytest
from django.db import connection, transaction

from engagements.kinds import Kind
from engagements.models import Engagement
from tests.leaks.crawl import FILTERED
from tests.leaks.table import TABLE
from tests.leaks.test_every_route import ROUTES, Question

# A number beside a partner's name that leads to its other engagements: a record's page carries the marking
# of the record, so that its sheets are handled as what they are (docs/decisions/0011).
SIGNPOSTS = {"engagements:detail"}
# Cleared for everything; what the databases answer differently shows to one of them.
CLEARED = ["manager", "administrator", "approver"][: 3 if connection.vendor == "sqlite" else 1]
MARKINGS = re.compile(
    rb'\s*<div id="page-marking(?:-end)?".*?</div>(?:\s*</div>)?|PROTECTED B|-protected-b', re.S
)
TOP, END = b'id="page-marking" data-level="2"', b'id="page-marking-end" data-level="2"'


def is_marked(response) -> bool:
    text = response.whole
    if response["Content-Type"].startswith("text/csv"):
        return text.count(b"PROTECTED B") == 2 and b"-protected-b.csv" in text
    if is_file(response):
        return text.count(b"PROTECTED B") >= 2 and b"-protected-b." in text
    return TOP in text and END in text


@pytest.fixture
def asked(world, askers):
    """Every way in which the table asks for the route, about the record: each question with its answer."""

    def asked(key, who, record):
        return list(every_way(world, key, who, askers[who], record))

    return asked


def every_way(world, key, who, asker, record):
    pages = TABLE[key] if isinstance(TABLE[key], list) else [TABLE[key]]
    for page in pages:
        for method in ("get", "post"):
            question = Question(ROUTES[key], page, who, asker, method)
            if getattr(page, method) and question.lets_in and not page.of_drafts:
                yield from answered(world, question, record)
                if question.differs_as_a_part:
                    yield from answered(world, replace(question, htmx=True), record)


def answered(world, question, record):
    response = question.ask(world, record)
    if shows_something(response, question.htmx):
        yield str(question), response


def shows_something(response, htmx: bool) -> bool:
    """No page that leads to another, or is not there; a part is asked for by HTMX alone."""
    return response.status_code not in {301, 302, 404} and (
        htmx or is_file(response) or b"<html" in response.whole
    )


def is_file(response) -> bool:
    return response.get("Content-Disposition", "").startswith("attachment")


def worth_asking():
    """What speaks of engagements at all: neither the admin nor the way in."""
    kept = ("engagements:", "search:", "partners:", "objectives:", "dashboards:")
    return [key for key in TABLE if key in ROUTES and key.startswith(kept)]


@pytest.mark.parametrize("key", worth_asking())
@pytest.mark.parametrize("who", CLEARED)
def test_what_names_a_protected_b_record_is_marked_so(world, asked, key, who):
    record = world.records["Protected B"]
    if "key" in ROUTES[key].arguments:
        record = world.notes["note in what is Protected B"]

    unmarked = [
        question
        for question, response in asked(key, who, record)
        if any(name.encode() in told(response) for name in (record.reference, "Borealis"))
        and not is_marked(response)
        and not is_a_part_that_adds_nothing(response)
    ]

    assert unmarked == []


@pytest.mark.parametrize("key", worth_asking())
def test_no_pages_title_tells_the_title_of_a_protected_b_record(world, asked, key):
    records = [world.records["Protected B"]]
    if "key" in ROUTES[key].arguments:
        records = [world.notes["note in what is Protected B"], world.notes["Protected B note"]]

    titles = {
        question: re.findall(rb"<title>.*?</title>|<meta [^>]*>", response.whole, re.S)
        for record in records
        for question, response in asked(key, "manager", record)
    }

    words = [record.word for record in records] + [b"Borealis"]
    assert [q for q, found in titles.items() if any(w in t for w in words for t in found)] == []


@pytest.mark.parametrize("key", [key for key in worth_asking() if key not in SIGNPOSTS])
def test_what_counts_a_protected_b_record_is_marked_so(world, asked, key):
    secret, other = world.records["Protected B"], world.records["Unclassified"]
    if "key" in ROUTES[key].arguments:
        other = world.notes["note for everyone"]
    with_it = dict(asked(key, "manager", other))
    with transaction.atomic():
        Engagement.objects.get(pk=secret.pk).delete()
        without_it = {
            question: MARKINGS.sub(b"", response.whole)
            for question, response in asked(key, "manager", other)
        }
        transaction.set_rollback(True)

    unmarked = [
        question
        for question, response in with_it.items()
        if MARKINGS.sub(b"", response.whole) != without_it[question] and not is_marked(response)
    ]

    assert unmarked == []


@pytest.mark.parametrize("page", [page for page in FILTERED if page.startswith("dashboard/")])
def test_what_is_told_beyond_a_filter_is_marked_as_what_it_is_told_from(world, askers, page):
    secret = Engagement.objects.filter(pk=world.records["Protected B"].pk)
    secret.update(kind=Kind.TRAINING_DELIVERED)
    address = f"/en/{page}?kind={Kind.OTHER}"
    Engagement.objects.exclude(pk=secret.get().pk).update(kind=Kind.OTHER)
    with_it = askers["manager"](address)
    secret.get().delete()
    without_it = askers["manager"](address)

    differs = MARKINGS.sub(b"", with_it.whole) != MARKINGS.sub(b"", without_it.whole)

    assert is_marked(with_it) or not differs


def told(response) -> bytes:
    """The body: the address of another page, where a redirect leads, tells of no record."""
    return response.whole.partition(b"\n\n")[2]


def is_a_part_that_adds_nothing(response) -> bool:
    """A part of a page that is about the record already, and marked as it is."""
    return b"<html" not in response.whole and b'id="changes"' in response.whole
