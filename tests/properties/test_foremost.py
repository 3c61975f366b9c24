"""What stands first on a person's page is the same by the index and by the database."""

from django.db.models import Q
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from dashboards.worklist import worklist
from engagements.foremost import foremost
from engagements.index.current import counted_by
from engagements.index.notes import place_now
from engagements.index.snapshot import Snapshot
from engagements.models import Engagement
from tests.properties.sending import undone
from tests.properties.world import engagements, log


@given(told=st.lists(engagements, min_size=3, max_size=8), who=st.integers(0, 1))
def test_what_stands_first_is_the_same_by_either(world, told, who):
    reader = world["people"][who]
    with undone():
        for one in told:
            log(world, one)
        index = Snapshot.of(place_now())
        with counted_by(None):
            by_database = everything_first(reader)
        with counted_by(index):
            by_index = everything_first(reader)
        assert by_index == by_database


def everything_first(reader) -> list:
    """A person's page; and fewer than there are, of two groups and of one."""
    found, silent = Engagement.objects.visible_to(reader), Q(outcome="")
    return [
        worklist(reader, timezone.localdate()),
        list(foremost(found, silent, ~silent, by="spans_to", number=1)),
        list(foremost(found, silent, ~silent, by="start_earliest", number=3)),
        list(foremost(found, by="start_earliest", number=2, latest=True)),
    ]
