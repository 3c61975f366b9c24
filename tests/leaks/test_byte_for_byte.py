"""Every answer of an instance, with and without what its reader may not see: the same to the last byte.

What may differ is named, with its reason, in asking.PER_REQUEST. Gaps in the numbers of engagements are
normal (docs/decisions/0013): the record that is hidden is made last.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice

import pytest
from django.db import connection, transaction
from django.utils import timezone

from dashboards import actions
from engagements import notes, stages
from engagements.actions import save_draft
from engagements.kinds import Kind
from engagements.models import Engagement, Load, LoadedRow, Note
from tests.factories import make_load
from tests.leaks.asking import Asker
from tests.leaks.crawl import asks_in
from tests.leaks.instance import NOTE_KEY, A, B, Instance, amend, make_instance, note
from tests.leaks.walking import Walk


@pytest.fixture(scope="module")
def instance(django_db_setup, django_db_blocker) -> Iterator[Instance]:
    """Made once: what a test hides in it is undone with the test, and the rest in the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_instance()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def lowered(instance) -> None:
    """What was protected until somebody lowered it, before anybody looks."""
    engagement = protected(instance, place="Nightshade", purpose="Nightshade")
    daylight = {"title_en": "Borealis fair", "place": "Daylight", "purpose": "", "sensitivity": 0}
    amend(instance, engagement, **daylight)


@pytest.fixture(scope="module")
def walked(instance, lowered) -> Callable[..., Walk]:
    """Everything that a person can ask, walked through once; all are signed in before anything is hidden."""
    askers = {who: Asker(person) for who, person in instance.people.items()}

    @cache
    def walked(who: str, language: str, filters: str) -> Walk:
        asked = asks_in(language, instance.people[who], filters=filters)
        return Walk(askers[who], asked, language)

    return walked


# What is hidden


def done(instance: Instance) -> None:
    """The newest engagement with these partners, of a kind, a country, an office of its own."""
    engagement = protected(instance, start=instance.today - dt.timedelta(days=2))
    amend(instance, engagement, kind=Kind.AGREEMENT_SIGNED, outcome="Signed", actual_cost=900)
    note(instance, "Borealis treaty", "Who asked for it", people=[])


def ahead(instance: Instance) -> None:
    """What waits for the approver, and comes before everything else that is planned."""
    protected(instance, start=instance.today + dt.timedelta(days=2))


def protected(instance: Instance, **fields) -> Engagement:
    told = {"partners": "QUIET UNODC", "serving": "P1 S3 M2", "countries": "BJ NO"}
    told |= {"kind": Kind.AGREEMENT_SIGNED, "lead_office": instance.offices["ATL"]}
    told |= {"lead_officer": instance.author, "csc_participants": 3, "sensitivity": B}
    return instance.log(instance.author, "Borealis treaty", **told | fields)


def a_draft(instance: Instance) -> None:
    told = instance.told("Borealis idea", partners="QUIET ICPA", serving="P2", countries="BJ")
    save_draft(by=instance.author, **told)


def a_note(instance: Instance) -> None:
    """For others, in an engagement that everybody reads."""
    note(instance, "Prison farm", "Who spoke against it", people=[], key=NOTE_KEY)


def a_note_amended_and_withdrawn(instance: Instance) -> None:
    kept = Note.objects.get(key=NOTE_KEY)
    office = instance.offices["IR"]
    text = {"text": "Who spoke for it", "text_language": "fr", "sensitivity": A}
    notes.amend_note(by=instance.author, note=kept, version=1, office=office, **text)
    notes.withdraw_note(by=instance.author, note=kept)


def an_edit(instance: Instance) -> None:
    known = Engagement.objects.get(title_en="Known to fewer")
    amend(instance, known, title_en="Borealis pact", sensitivity=A, lead_officer=instance.author)


def a_decision(instance: Instance) -> None:
    waiting = Engagement.objects.filter(title_en="Borealis treaty").latest("pk")
    stages.approve(by=instance.author, engagement=waiting)


def marked_higher_since(instance: Instance) -> None:
    """It was there for everybody to read, and then it was not."""
    amend(instance, protected(instance, sensitivity=0), sensitivity=B)


def a_view(instance: Instance) -> None:
    """Another office's, of which somebody makes their start page; and one that nobody shares."""
    told = {"page": "dashboard", "query": "partner=QUIET&stage=completed"}
    office = instance.offices["IR"]
    shared = actions.save_view(
        by=instance.author, name="Borealis view", key=NOTE_KEY, office=office, **told
    )
    actions.save_view(by=instance.author, name="Borealis in short", **told)
    actions.start_with(by=instance.author, view=shared)
    actions.subscribe(by=instance.author, view=shared, rhythm="weekly")


def a_load(instance: Instance) -> None:
    """Another person's, of what is hidden: neither its pages nor the filter by its key know it."""
    load = make_load(instance.author, key=NOTE_KEY, sensitivity=B, file_name="borealis.xlsx")
    hidden = Engagement.objects.filter(title_en="Borealis treaty").latest("pk")
    told = {"reference": hidden.reference, "sheet": "Sheet1", "row": 2, "fingerprint": "x"}
    LoadedRow.objects.create(load=load, engagement=hidden, outcome="created", version=1, **told)
    Load.objects.update(stage="loaded", loaded_at=timezone.now())


SECRETS: list[Callable[[Instance], None]] = [
    done,
    ahead,
    a_decision,
    a_load,
    a_draft,
    a_note,
    a_note_amended_and_withdrawn,
    a_view,
    an_edit,
    marked_higher_since,
]


# Thousands of answers. What differs between the databases shows in one person's; the others' are compared
# on SQLite.
READERS = [("staff", "fr", "some")]
if connection.vendor == "sqlite":
    READERS += [
        ("reader", "en", "all"),
        ("administrator", "en", "few"),
        ("approver", "en", "few"),
        ("manager", "en", "few"),
    ]
every_reader = pytest.mark.parametrize(("who", "language", "filters"), READERS)


@every_reader
def test_what_is_hidden_changes_no_answer(instance, walked, who, language, filters):
    walk = walked(who, language, filters)
    assert len(walk.answers) > 200

    for hide in SECRETS:
        hide(instance)

    assert list(walk.differences()) == []


@every_reader
def test_what_it_was_while_it_was_protected_shows_nowhere_once_it_is_lowered(
    walked, who, language, filters
):
    answers = walked(who, language, filters).answers.values()

    assert any(b"Daylight" in answer for answer in answers)
    assert not [answer for answer in answers if b"Nightshade" in answer]


def test_what_is_compared_holds_what_the_reader_may_see(instance, walked):
    walk = walked(*READERS[0])

    instance.log(instance.author, "Borealis fair", partners="UNODC", serving="P1")

    assert len(list(islice(walk.differences(), 20))) == 20


def test_where_the_database_tells_the_same_the_answer_is_the_same(instance, walked):
    """What differences() relies on, held against answers made anew."""
    walk = walked(*READERS[0])

    instance.log(instance.author, "Borealis fair", partners="UNODC", serving="P1")

    otherwise = walk.told_otherwise()
    told_the_same = [ask for ask in walk.answers if ask not in otherwise][::3]
    assert len(told_the_same) > 100
    assert list(walk.differences(told_the_same)) == []
