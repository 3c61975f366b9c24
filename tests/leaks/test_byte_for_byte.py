"""Every answer of an instance, with and without what its reader may not see: the same to the last byte.

What may differ is named, with its reason, in asking.PER_REQUEST. Gaps in the numbers of engagements are
normal (docs/decisions/0013): the record that is hidden is made last.
"""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection

from dashboards import actions
from engagements import notes, stages
from engagements.actions import save_draft
from engagements.kinds import Kind
from engagements.models import Engagement, Note
from tests.leaks.crawl import Ask, every_answer
from tests.leaks.instance import NOTE_KEY, A, B, Instance, amend, make_instance, note


@pytest.fixture
def instance():
    return make_instance()


def differences(before: dict[Ask, bytes], after: dict[Ask, bytes]) -> list[str]:
    """Each request that is answered otherwise, and the first line in which it is."""
    found = []
    for ask, answer in before.items():
        if answer != after[ask]:
            lines = zip(answer.split(b"\n"), after[ask].split(b"\n"), strict=False)
            was, became = next(((a, b) for a, b in lines if a != b), (b"", b"longer or shorter"))
            found.append(f"{ask}: {was.decode()!r} became {became.decode()!r}")
    return found


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


SECRETS: list[Callable[[Instance], None]] = [
    ahead,
    a_decision,
    a_draft,
    a_note,
    a_note_amended_and_withdrawn,
    a_view,
    an_edit,
    marked_higher_since,
]


# Thousands of answers. What differs between the databases shows in one person's; the others' are compared
# on SQLite.
READERS = [("staff", "fr", False)]
if connection.vendor == "sqlite":
    READERS += [("reader", "en", True), ("administrator", "en", False), ("approver", "en", False)]


@pytest.mark.parametrize(("who", "language", "wide"), READERS)
def test_a_protected_b_engagement_changes_no_answer(instance, who, language, wide):
    person = instance.people[who]
    before = every_answer(person, language=language, wide=wide)

    done(instance)

    assert len(before) > 200
    assert not differences(before, every_answer(person, again=before))


def test_nothing_else_that_is_hidden_changes_an_answer(instance):
    person = instance.people["manager"]
    before = every_answer(person)

    for hide in SECRETS:
        hide(instance)

    assert not differences(before, every_answer(person, again=before))


def test_what_is_compared_holds_what_the_reader_may_see(instance):
    person = instance.people["approver"]
    before = every_answer(person)

    instance.log(instance.author, "Borealis fair", partners="UNODC", serving="P1")

    changed = differences(before, every_answer(person, again=before))
    assert len(changed) > 20


def test_what_it_was_while_it_was_protected_shows_nowhere_once_it_is_lowered(instance):
    engagement = protected(instance, place="Nightshade", purpose="Nightshade")
    lowered = {"title_en": "Borealis fair", "place": "Daylight", "purpose": "", "sensitivity": 0}
    amend(instance, engagement, **lowered)

    answers = every_answer(instance.people["manager"]).values()

    assert any(b"Daylight" in answer for answer in answers)
    assert not [answer for answer in answers if b"Nightshade" in answer]
