"""What figures that are kept up cost after a change, and what they come to."""

import pytest

from engagements.index import keeping, snapshot
from engagements.index.keeping import kept_up, told_of_each
from engagements.index.notes import news_since, place_now
from engagements.index.snapshot import Snapshot
from engagements.kinds import Kind
from engagements.models import Engagement
from tests.factories import make_engagement

pytestmark = pytest.mark.django_db


class Counting:
    """How many there are of each kind; and of how many it was ever asked."""

    def __init__(self):
        self.read = []

    def __call__(self, snapshot, keys):
        assert keys.issubset(snapshot.every)
        self.read.append(len(keys))
        kinds = snapshot.values["kind"].items()
        return {kind: having.intersection_cardinality(keys) for kind, having in kinds}


@pytest.fixture
def three():
    return [make_engagement(kind=Kind.INCOMING_VISIT) for _ in range(3)]


def after(index: Snapshot) -> Snapshot:
    return index.after(news_since(index.place))


def to_kind(engagement: Engagement, kind: Kind) -> None:
    Engagement.objects.filter(pk=engagement.pk).update(kind=kind)


def test_after_a_change_those_that_changed_are_counted_and_no_more(three):
    index, count = Snapshot.of(place_now()), Counting()
    kept_up("kinds", index, index.every, count)
    to_kind(three[0], Kind.OUTGOING_VISIT)
    index = after(index)

    assert kept_up("kinds", index, index.every, count) == {
        Kind.INCOMING_VISIT: 2,
        Kind.OUTGOING_VISIT: 1,
    }
    assert kept_up("kinds", index, index.every, count)[Kind.INCOMING_VISIT] == 2
    assert count.read == [3, 1, 1]


def test_of_what_changed_twice_the_first_is_taken_away_and_the_last_added(three):
    index, count = Snapshot.of(place_now()), Counting()
    kept_up("kinds", index, index.every, count)
    to_kind(three[0], Kind.OUTGOING_VISIT)
    index = after(index)
    to_kind(three[0], Kind.DEPLOYMENT)
    to_kind(three[1], Kind.DEPLOYMENT)
    index = after(index)

    assert kept_up("kinds", index, index.every, count) == {
        Kind.INCOMING_VISIT: 1,
        Kind.DEPLOYMENT: 2,
    }


def test_what_is_new_is_added_and_what_is_gone_taken_away(three):
    index, count = Snapshot.of(place_now()), Counting()
    kept_up("kinds", index, index.every, count)
    make_engagement(kind=Kind.DEPLOYMENT)
    three[0].delete()
    index = after(index)

    assert kept_up("kinds", index, index.every, count) == {
        Kind.INCOMING_VISIT: 2,
        Kind.DEPLOYMENT: 1,
    }


def test_figures_of_other_engagements_are_counted_for_themselves(three):
    index, count = Snapshot.of(place_now()), Counting()
    kept_up("kinds", index, index.every, count)
    fewer = index.every - index.every[:1]

    assert kept_up("kinds", index, fewer, count) == {Kind.INCOMING_VISIT: 2}
    assert kept_up("kinds", index, index.every, count) == {Kind.INCOMING_VISIT: 3}
    assert count.read == [3, 2]


def test_as_many_others_are_another_set(three):
    index = Snapshot.of(place_now())
    to_kind(three[2], Kind.DEPLOYMENT)
    index = after(index)
    kept_up("kinds", index, index.every[:2], Counting())

    assert kept_up("kinds", index, index.every[1:], Counting())[Kind.DEPLOYMENT] == 1


def test_what_changed_and_is_not_counted_changes_no_figure(three):
    index, count = Snapshot.of(place_now()), Counting()
    two = index.every[:2]
    kept_up("kinds", index, two, count)
    to_kind(three[2], Kind.DEPLOYMENT)
    index = after(index)

    assert kept_up("kinds", index, two, count) == {Kind.INCOMING_VISIT: 2}


def test_one_set_has_its_figures_whichever_question_was_asked_last(three):
    index, count, other = Snapshot.of(place_now()), Counting(), Counting()
    kept_up("kinds", index, index.every, count)
    kept_up("others", index, index.every, other)
    for kind in (Kind.OUTGOING_VISIT, Kind.DEPLOYMENT):
        to_kind(three[0], kind)
        index = after(index)
        kept_up("others", index, index.every, other)

    assert kept_up("kinds", index, index.every, count) == {
        Kind.INCOMING_VISIT: 2,
        Kind.DEPLOYMENT: 1,
    }
    assert count.read[0] == 3
    assert max(count.read[1:]) == 1


def test_what_is_told_of_each_kind_is_told_again_of_those_it_changed_for(three):
    to_kind(three[2], Kind.DEPLOYMENT)
    index, told = Snapshot.of(place_now()), []

    def tell(kind, own):
        told.append(kind)
        return max(own)

    told_of_each("last", index, index.every, "kind", tell)
    to_kind(three[1], Kind.OUTGOING_VISIT)
    index, told[:] = after(index), []

    assert told_of_each("last", index, index.every, "kind", tell) == {
        Kind.INCOMING_VISIT: three[0].pk,
        Kind.OUTGOING_VISIT: three[1].pk,
        Kind.DEPLOYMENT: three[2].pk,
    }
    assert sorted(told) == [Kind.INCOMING_VISIT, Kind.OUTGOING_VISIT]


def test_so_many_sets_have_figures_and_no_more(three, monkeypatch):
    monkeypatch.setattr(keeping, "LOTS", 2)
    index = Snapshot.of(place_now())
    for few in range(3):
        kept_up("kinds", index, index.every[:few], Counting())

    assert len(index.lots) == 2


def test_where_very_many_changed_at_once_they_are_counted_anew(three, monkeypatch):
    monkeypatch.setattr(snapshot, "AT_ONCE", 1)
    index, count = Snapshot.of(place_now()), Counting()
    kept_up("kinds", index, index.every, count)
    Engagement.objects.update(kind=Kind.DEPLOYMENT)
    index = after(index)

    assert kept_up("kinds", index, index.every, count) == {Kind.DEPLOYMENT: 3}
    assert count.read == [3, 3]


def test_a_snapshot_that_is_behind_counts_for_itself(three):
    """As another thread may still have it."""
    behind, count = Snapshot.of(place_now()), Counting()
    to_kind(three[0], Kind.DEPLOYMENT)
    ahead = after(behind)
    kept_up("kinds", ahead, ahead.every, count)

    assert kept_up("kinds", behind, behind.every, count) == {Kind.INCOMING_VISIT: 3}
    assert kept_up("kinds", ahead, ahead.every, count)[Kind.DEPLOYMENT] == 1
