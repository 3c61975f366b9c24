"""What is lost or half there is found: a harness that finds nothing must not be one that sees nothing."""

import uuid

import pytest
from django.db import connection
from django.urls import reverse

from common.history.models import Revision
from common.history.recording import unrecorded
from engagements.models import Engagement, ReferenceCounter
from tests.torture.checking import Found, check
from tests.torture.content import new, told
from tests.torture.harness import furnish
from tests.torture.visiting import Act

KEY = str(uuid.uuid4())


@pytest.fixture
def sent(client, staff):
    """An engagement logged, edited and aligned, as a visitor of the crowd does."""
    furnish()
    client.force_login(staff)
    client.post(reverse("engagements:create"), new("a" * 32, KEY) | {"do": "log"})
    engagement = Engagement.objects.get()
    reference = engagement.reference
    form = new("a" * 32, KEY) | told("b" * 32) | {"version": "1", "do": "save", "place": "a" * 32}
    client.post(reverse("engagements:edit", args=[reference]), form)
    acts = [("log", KEY, "a" * 32), ("edit", reference, "b" * 32)]
    return [
        Act(verb=verb, about=about, mark=mark, by="staff", status=302, reference=reference)
        for verb, about, mark in acts
    ]


def test_what_is_there_whole_is_fine(sent):
    assert check(sent) == Found()


def test_an_acknowledged_edit_that_is_not_there_is_lost(sent):
    edit = Act(verb="edit", about=sent[1].about, mark="c" * 32, by="staff", status=302)

    assert len(check([*sent, edit]).lost) == 1


def test_an_edit_that_nobody_answered_may_be_there_or_not(sent):
    edit = Act(verb="edit", about=sent[1].about, mark="c" * 32, by="staff")

    assert check([*sent, edit]) == Found()
    assert (
        check([sent[0], Act(verb="edit", about=sent[1].about, mark="b" * 32, by="staff")])
        == Found()
    )


def test_an_earlier_save_in_the_place_of_a_later_one_is_lost(sent):
    again = Act(verb="edit", about=sent[1].about, mark="a" * 32, by="staff", status=302)

    assert len(check([*sent, again]).lost) == 1


def test_an_acknowledged_engagement_that_is_not_there_is_lost(sent):
    log = Act(verb="log", about=str(uuid.uuid4()), mark="d" * 32, by="staff", status=302)

    assert len(check([*sent, log]).lost) == 1


@pytest.mark.parametrize(
    "spoil",
    [
        lambda: Engagement.objects.get().participations.all().delete(),
        lambda: Engagement.objects.get().countries.clear(),
        lambda: Engagement.objects.get().alignments.all().delete(),
        lambda: Engagement.objects.update(purpose="Something else"),
        lambda: Engagement.objects.update(version=7),
        lambda: ReferenceCounter.objects.update(last=2),
        lambda: raw(f"DELETE FROM {Revision._meta.db_table} WHERE number = 2"),
        lambda: raw(f"DELETE FROM {Revision._meta.db_table} WHERE number > 0"),
    ],
)
def test_half_a_record_is_found_though_nobody_was_told_of_it(sent, spoil):
    with unrecorded():
        spoil()

    assert check([]).half


def raw(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
