"""A part of a page that is told the same is not written again; told anything else, it is."""

from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from django.urls import clear_script_prefix, set_script_prefix
from django.utils import timezone, translation
from django.utils.safestring import mark_safe

from engagements.index.current import counted_by
from engagements.index.notes import news_since, place_now
from engagements.index.parts import Untold, part, told_by
from engagements.index.remembering import remembered
from engagements.index.snapshot import Snapshot
from engagements.kinds import Stage
from engagements.models import Engagement
from tests.factories import make_country, make_engagement, make_partner
from tests.parts import list_part

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Line:
    name: str
    counts: dict[str, tuple[int, ...]]
    source: object = field(default=None, compare=False)


class Page:
    """A page of one part, as it is after each change; says how often the part was written."""

    def __init__(self, read=lambda: None):
        self.index, self.written, self.read = Snapshot.of(place_now()), 0, read

    def write(self) -> str:
        self.written += 1
        self.read()
        return f"written {self.written}"

    def shown(self, **told) -> str:
        self.index = self.index.after(news_since(self.index.place))
        with counted_by(self.index):
            return remembered(object(), lambda: part("row.html", told, self.write))


def test_after_a_save_what_is_told_the_same_is_not_written_again():
    engagement, line = make_engagement(), {"line": Line("Visits", {"done": (3, 4)})}
    page = Page()
    first = page.shown(**line)
    engagement.title_en = "Saved"
    engagement.save()
    assert page.shown(**line) == first


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1, 2),
        (1, True),
        ("1", 1),
        (Decimal("1.5"), Decimal("1.50")),
        ("<b>", mark_safe("<b>")),
        (Stage.DRAFT, Stage.COMPLETED),
        (Line("Visits", {"done": (3, 4)}), Line("Visits", {"done": (3, 5)})),
        ([1, [2]], [1, 2]),
        (None, ""),
    ],
    ids=repr,
)
def test_what_is_told_otherwise_is_written_anew(one, other):
    page = Page()
    assert page.shown(value=one) != page.shown(value=other)


def test_another_language_has_parts_of_its_own():
    page = Page()
    english = page.shown(value=1)
    with translation.override("fr"):
        assert page.shown(value=1) != english


def test_another_day_has_parts_of_its_own():
    page = Page()
    # No two such places have the same date at any moment.
    with timezone.override("Pacific/Kiritimati"):
        in_the_east = page.shown(value=1)
    with timezone.override("Etc/GMT+12"):
        in_the_west = page.shown(value=1)
    assert in_the_east != in_the_west


def test_another_address_of_the_site_has_parts_of_its_own():
    page = Page()
    first = page.shown(value=1)
    set_script_prefix("/liaison/")
    try:
        assert page.shown(value=1) != first
    finally:
        clear_script_prefix()


def test_one_partner_is_not_another():
    page, one, other = Page(), make_partner(), make_partner()
    first = page.shown(partner=one)
    assert page.shown(partner=one) == first
    assert page.shown(partner=other) != first


def test_what_takes_no_part_when_lines_are_compared_takes_none_here():
    assert told_by(Line("a", {}, object())) == told_by(Line("a", {}, object()))


def test_a_change_of_what_engagements_are_told_by_has_all_written_anew():
    page, partner = Page(), make_partner()
    first = page.shown(partner=partner)
    partner.name_en = "Renamed"
    partner.save()
    assert page.shown(partner=partner) != first


def read_again(engagement: Engagement) -> Engagement:
    return Engagement.objects.for_list().get(pk=engagement.pk)


def test_a_record_is_told_by_all_that_was_read_of_it_and_with_it():
    engagement = make_engagement(partners=[make_partner()])
    told = told_by(read_again(engagement))
    assert told_by(read_again(engagement)) == told
    engagement.countries.add(make_country())
    assert told_by(read_again(engagement)) != told


def test_a_value_of_which_nobody_knows_when_it_is_the_same_has_the_part_written_each_time():
    page, value = Page(), object()
    with pytest.raises(Untold):
        told_by(value)
    assert page.shown(value=value) != page.shown(value=value)


def test_what_asks_the_database_while_it_is_written_is_not_kept():
    page = Page(read=lambda: Engagement.objects.count())
    assert page.shown(value=1) != page.shown(value=1)


def test_in_development_nothing_is_kept(settings):
    settings.DEBUG = True
    page = Page()
    assert page.shown(value=1) != page.shown(value=1)


def test_without_an_index_nothing_is_kept():
    page = Page()
    with counted_by(None):
        first, second = (
            remembered("page", lambda: part("row.html", {"value": 1}, page.write))
            for _time in range(2)
        )
    assert first != second


def test_rows_of_a_list_are_written_once_for_whoever_reads_them(staff, colleague):
    make_engagement(title_en="Seen by both")
    index = Snapshot.of(place_now())
    with counted_by(index):
        list_part(staff)
        kept = len(index.parts)
        assert "Seen by both" in list_part(colleague)
    # What differs between the two is written for the second: who may be chosen as lead, at most.
    assert len(index.parts) - kept <= 1
