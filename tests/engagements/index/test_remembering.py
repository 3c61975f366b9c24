"""What is made of a snapshot is kept with it: no longer than what it was made of stands."""

import pytest

from accounts.models import User
from engagements.index.current import counted_by
from engagements.index.notes import news_since, place_now
from engagements.index.remembering import KEPT, remembered
from engagements.index.snapshot import Snapshot
from engagements.models import Engagement
from partners.models import Partner
from tests.factories import make_engagement, make_partner
from tests.parts import list_part

pytestmark = pytest.mark.django_db


class Making:
    """Says how often it was asked to make something."""

    def __init__(self, read=Engagement.objects.none):
        self.times, self.read = 0, read

    def __call__(self) -> int:
        self.times += 1
        list(self.read())
        return self.times


def caught_up(index: Snapshot) -> Snapshot:
    return index.after(news_since(index.place))


def test_it_is_made_once_for_as_long_as_nothing_changes():
    index, make = Snapshot.of(place_now()), Making(Engagement.objects.all)
    for _time in range(3):
        index = caught_up(index)
        with counted_by(index):
            remembered("page", make)
    assert make.times == 1


@pytest.mark.parametrize("change", [make_engagement, make_partner])
def test_any_change_has_it_made_anew(change):
    index, make = Snapshot.of(place_now()), Making(Partner.objects.all)
    with counted_by(index):
        remembered("page", make)
    change()
    with counted_by(caught_up(index)):
        assert remembered("page", make) == 2


def test_what_reads_a_table_that_tells_of_no_change_is_not_kept():
    make = Making(User.objects.all)
    with counted_by(Snapshot.of(place_now())):
        assert [remembered("page", make) for _time in range(2)] == [1, 2]


def test_without_an_index_nothing_is_kept():
    make = Making()
    with counted_by(None):
        assert [remembered("page", make) for _time in range(2)] == [1, 2]


def test_of_many_the_oldest_goes():
    make = Making()
    with counted_by(Snapshot.of(place_now())):
        for page in range(KEPT + 1):
            remembered(page, make)
        assert remembered(KEPT, make) == KEPT + 1
        assert remembered(0, make) == KEPT + 2


@pytest.mark.parametrize(("query", "leads"), [("", True), ("lead=staff", False)])
def test_a_list_is_kept_until_who_is_on_it_is_called_otherwise(staff, manager, query, leads):
    make_engagement(logged_by=staff, lead_officer=staff if leads else None)
    User.objects.filter(pk=staff.pk).update(last_name="Formerly")
    index = Snapshot.of(place_now())

    with counted_by(index):
        before, again = list_part(manager, query), list_part(manager, query)
        User.objects.filter(pk=staff.pk).update(last_name="Otherwise")
        after = list_part(manager, query)

    assert [key[0] for key in index.made] == ["list", "list"]
    assert before == again
    assert after == before.replace("Formerly", "Otherwise") != before


def test_a_list_is_kept_for_its_reader_and_its_part_alone(staff, manager):
    make_engagement(logged_by=staff, lead_office=staff.office, sensitivity=0)
    index = Snapshot.of(place_now())

    with counted_by(index):
        pages = [list_part(reader) for reader in (staff, manager, staff)]
        list_part(staff, "page=1")

    assert [key[0] for key in index.made] == ["list", "list", "list"]
    assert pages[0] == pages[2] != pages[1]
