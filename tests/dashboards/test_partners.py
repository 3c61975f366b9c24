"""With whom: what is counted of partners, alone and with the bodies beneath them, counted by hand."""

import datetime as dt

import pytest
from django.http import QueryDict

from accounts.models import Sensitivity
from common.partial_dates import FiscalYear, PartialDate, Season
from dashboards.links import list_of
from dashboards.metrics.partners import partners_of
from engagements.filters import EngagementFilter
from engagements.kinds import GIVEN, RECEIVED, Kind, Stage
from engagements.models import Engagement, Participation
from tests.factories import make_engagement, make_partner

TODAY = dt.date(2026, 11, 22)
Role = Participation.PartnerRole


def of(user, query="", *, silent=24, year=2027):
    readable = Engagement.objects.visible_to(user)
    filters = EngagementFilter(QueryDict(query), readable, user=user)
    assert not filters.problems
    return partners_of(
        filters.qs.counted(),
        readable,
        year=FiscalYear(year),
        today=TODAY,
        silent=silent,
        language="en",
    )


def lines_of(found, view="all", sort="name"):
    """{code: line}, in the order of the page with all opened."""
    looked_for = found.matching(view, found.reached)
    lines = found.lines(found.opened(looked_for, sort), looked_for)
    return {line.partner.code: line for line in lines}


def line(user, partner, query="", **kwargs):
    return lines_of(of(user, query, **kwargs))[partner.code]


def codes(found, view):
    return {found.lines([(pk, 0)])[0].partner.code for pk in found.matching(view, found.reached)}


def with_role(partner, role, **kwargs):
    engagement = make_engagement(**kwargs)
    Participation.objects.create(engagement=engagement, partner=partner, role=role)
    return engagement


@pytest.fixture
def un():
    return make_partner("UN", name_en="United Nations")


@pytest.fixture
def ecosoc(un):
    return make_partner("ECOSOC", name_en="Economic Council", parent=un)


@pytest.fixture
def unodc(ecosoc):
    return make_partner("UNODC", name_en="Office on Drugs and Crime", parent=ecosoc)


@pytest.fixture
def undp(un):
    return make_partner("UNDP", name_en="Development Programme", parent=un)


@pytest.fixture
def norway():
    return make_partner("NOR", name_en="Norwegian Correctional Service")


@pytest.fixture
def saudi():
    """Archived, with an autumn long ago."""
    return make_partner(
        "SAU", name_en="Saudi Arabia", archived_at="2020-01-01T12:00Z", archive_reason="Dissolved"
    )


@pytest.fixture
def logged(un, unodc, undp, norway, saudi):
    """Three levels, one with whom everything is new, one of long ago; nothing for a fourth."""
    make_partner("MERGED", archived_at="2026-01-01T12:00Z", archive_reason="Merged into NOR")
    make_engagement(
        partners=[unodc, undp], kind=Kind.TRAINING_DELIVERED, start=dt.date(2026, 9, 17)
    )
    visit = make_engagement(partners=[unodc], kind=Kind.OUTGOING_VISIT, start=dt.date(2017, 10, 15))
    visit.participations.create(partner=unodc, role=Role.FUNDER)
    make_engagement(partners=[un], kind=Kind.BILATERAL_MEETING, start=dt.date(2005, 6, 1))
    make_engagement(partners=[norway], kind=Kind.INCOMING_VISIT, start=dt.date(2026, 5, 1))
    with_role(
        norway, Role.REQUESTER, kind=Kind.INFORMATION_EXCHANGE, start=PartialDate.month(2026, 6)
    )
    make_engagement(
        partners=[saudi],
        kind=Kind.TECHNICAL_ASSISTANCE,
        start=PartialDate.season(2006, Season.AUTUMN),
    )


# Numbers


def test_an_engagement_with_two_bodies_counts_once_for_those_above_both(staff, logged):
    lines = lines_of(of(staff))

    assert {code: one.all.value for code, one in lines.items()} == {
        "NOR": 2,
        "SAU": 1,
        "UN": 3,
        "UNDP": 1,
        "ECOSOC": 2,
        "UNODC": 2,
    }


def test_this_fiscal_year_stands_beside_all_years(staff, logged):
    lines = lines_of(of(staff))

    assert {code: one.this_year.value for code, one in lines.items()} == {
        "NOR": 2,
        "SAU": 0,
        "UN": 1,
        "UNDP": 1,
        "ECOSOC": 1,
        "UNODC": 1,
    }


def test_given_and_received_are_rolled_up_too(staff, logged):
    lines = lines_of(of(staff))

    assert {code: (one.given.value, one.received.value) for code, one in lines.items()} == {
        "NOR": (2, 0),
        "SAU": (1, 0),
        "UN": (1, 1),
        "UNDP": (1, 0),
        "ECOSOC": (1, 1),
        "UNODC": (1, 1),
    }


@pytest.mark.parametrize(
    ("pair", "kind", "role"),
    [
        ("hosted", Kind.INCOMING_VISIT, Role.PARTICIPANT),
        ("made", Kind.OUTGOING_VISIT, Role.HOST),
        ("training_given", Kind.TRAINING_DELIVERED, Role.REQUESTER),
        ("training_taken", Kind.TRAINING_RECEIVED, Role.IMPLEMENTER),
        ("answered", Kind.INFORMATION_EXCHANGE, Role.REQUESTER),
        ("asked", Kind.INFORMATION_EXCHANGE, Role.IMPLEMENTER),
        ("asked", Kind.INFORMATION_EXCHANGE, Role.HOST),
    ],
)
def test_each_pair_counts_its_kind_in_its_direction(staff, unodc, un, pair, kind, role):
    with_role(unodc, role, kind=kind)

    for partner in (un, unodc):
        pairs = line(staff, partner).pairs
        assert {name for name, figure in pairs.items() if figure} == {pair}


def test_an_exchange_in_which_it_neither_asked_nor_answered_is_in_no_pair(staff, norway):
    with_role(norway, Role.PARTICIPANT, kind=Kind.INFORMATION_EXCHANGE)

    found = line(staff, norway)

    assert not any(found.pairs.values())
    assert (found.all.value, found.given.value, found.received.value) == (1, 0, 0)


def test_an_exchange_between_two_bodies_is_given_and_received_by_the_one_above(
    staff, un, unodc, undp
):
    exchange = with_role(unodc, Role.REQUESTER, kind=Kind.INFORMATION_EXCHANGE)
    exchange.participations.create(partner=undp, role=Role.HOST)

    found = lines_of(of(staff))

    assert (found["UN"].all.value, found["UN"].given.value, found["UN"].received.value) == (1, 1, 1)
    assert (found["UNODC"].given.value, found["UNODC"].received.value) == (1, 0)
    assert (found["UNDP"].given.value, found["UNDP"].received.value) == (0, 1)


def test_those_who_took_part_are_told_from_those_who_only_head_others(staff, logged):
    found = of(staff)
    lines = lines_of(found)

    assert {code for code, one in lines.items() if one.is_reached} == {
        "UN", "UNODC", "UNDP", "NOR", "SAU",
    }  # fmt: skip
    assert not lines["ECOSOC"].is_reached
    assert (lines["UN"].bodies, lines["ECOSOC"].bodies, lines["UNODC"].bodies) == (2, 1, 0)
    assert len(found.reached) == 5


def test_declined_cancelled_and_drafts_reach_nobody(staff, norway):
    for stage in (Stage.DECLINED, Stage.CANCELLED, Stage.DRAFT):
        make_engagement(partners=[norway], stage=stage, stage_reason="No.", logged_by=staff)

    assert of(staff).tallies == {}


def test_every_figure_opens_exactly_its_list(client, staff, logged):
    client.force_login(staff)
    filters = EngagementFilter(QueryDict(""), Engagement.objects.visible_to(staff), user=staff)
    assert not filters.problems

    for one in lines_of(of(staff)).values():
        for figure in one.figures:
            listed = client.get(list_of(filters, figure))
            assert listed.context["page"].paginator.count == figure.value, (one.partner, figure)


# Last contact


def test_the_last_contact_of_a_partner_may_be_with_a_body_of_it(staff, logged):
    lines = lines_of(of(staff))

    assert {code: str(one.last.start) for code, one in lines.items()} == {
        "NOR": "2026-06",
        "SAU": "autumn 2006",
        "UN": "2026-09-17",
        "UNDP": "2026-09-17",
        "ECOSOC": "2026-09-17",
        "UNODC": "2026-09-17",
    }


def test_what_is_planned_or_declined_is_no_contact(staff, norway):
    make_engagement(partners=[norway], start=dt.date(2020, 1, 1), title_en="The last")
    make_engagement(partners=[norway], start=dt.date(2026, 11, 1), stage=Stage.APPROVED)
    make_engagement(
        partners=[norway], start=dt.date(2026, 11, 2), stage=Stage.DECLINED, stage_reason="No."
    )

    assert line(staff, norway).last.title_en == "The last"


def test_without_a_known_start_no_contact_is_known(staff, norway):
    make_engagement(partners=[norway], start=PartialDate.unknown())

    found = line(staff, norway)

    assert (found.last, found.silent_months, found.is_new) == (None, None, False)


def test_of_two_that_began_on_a_day_the_last_logged_is_the_last_contact(staff, norway):
    make_engagement(partners=[norway], start=dt.date(2026, 5, 1))
    make_engagement(partners=[norway], start=dt.date(2026, 5, 1), title_en="Second")
    make_engagement(partners=[norway], start=dt.date(2026, 5, 1), stage=Stage.APPROVED)

    assert line(staff, norway).last.title_en == "Second"


# Silent


def test_silent_is_whoever_no_engagement_began_with_for_so_many_months(staff, norway, undp):
    make_engagement(partners=[norway], start=dt.date(2024, 11, 21))
    make_engagement(partners=[undp], start=dt.date(2024, 11, 22))

    assert codes(of(staff), "silent") == {"NOR"}
    assert codes(of(staff, silent=25), "silent") == set()
    assert codes(of(staff, silent=23), "silent") == {"NOR", "UNDP"}


def test_what_may_have_begun_in_time_makes_nobody_silent(staff, norway, undp):
    make_engagement(partners=[norway], start=PartialDate.year(2024))
    make_engagement(partners=[undp], start=PartialDate.season(2024, Season.SUMMER))

    assert codes(of(staff), "silent") == {"UNDP"}


def test_a_partner_is_not_silent_while_a_body_of_it_is_not(staff, logged):
    assert codes(of(staff), "silent") == {"SAU"}


def test_how_long_is_told_from_the_last_day_it_can_have_begun(staff, saudi, logged):
    # Autumn 2006 ends on 2006-12-31 at the latest.
    assert line(staff, saudi).silent_months == 19 * 12 + 10


def test_one_planned_ahead_is_told_of(client, staff, saudi, norway, logged):
    make_engagement(partners=[saudi], stage=Stage.APPROVED, start=dt.date(2099, 1, 15))
    make_engagement(partners=[norway], stage=Stage.APPROVED, start=dt.date(2026, 11, 1))
    client.force_login(staff)

    found = line(staff, saudi)

    assert found.silent_months
    listed = client.get(f"/en/engagements/?{found.ahead}")
    assert listed.context["page"].paginator.count == 1
    assert line(staff, norway).ahead == ""


def test_with_whom_something_is_only_planned_has_not_fallen_silent(staff, norway):
    make_engagement(partners=[norway], stage=Stage.APPROVED, start=dt.date(2027, 1, 15))

    found = of(staff)

    assert (codes(found, "all"), codes(found, "silent"), codes(found, "new")) == (
        {"NOR"}, set(), set(),
    )  # fmt: skip


# New


def test_new_is_whoever_the_first_completed_one_of_the_year_is_with(staff, logged):
    # UNDP is new though the United Nations, which it is a body of, is not.
    assert codes(of(staff), "new") == {"NOR", "UNDP"}


def test_the_first_of_april_begins_the_year_in_which_they_are_new(staff, norway, undp):
    make_engagement(partners=[norway], start=dt.date(2026, 3, 31))
    make_engagement(partners=[undp], start=dt.date(2026, 4, 1))

    assert codes(of(staff), "new") == {"UNDP"}
    assert codes(of(staff, year=2026), "new") == {"NOR"}


def test_nobody_is_new_who_may_have_been_met_before(staff, norway):
    make_engagement(partners=[norway], start=dt.date(2026, 5, 1))
    make_engagement(partners=[norway], start=PartialDate.unknown())

    assert codes(of(staff), "new") == set()


def test_a_filter_makes_nobody_new_silent_or_one_way(staff, norway):
    make_engagement(partners=[norway], start=dt.date(2001, 5, 1), kind=Kind.OUTGOING_VISIT)
    make_engagement(partners=[norway], start=dt.date(2026, 5, 1), kind=Kind.TRAINING_DELIVERED)

    assert [codes(of(staff, "fy=2026-27"), view) for view in ("new", "one-way")] == [set(), set()]
    assert codes(of(staff, "fy=2001-02"), "silent") == set()
    assert str(line(staff, norway, "fy=2001-02").last.start) == "2026-05-01"


# One way


def test_one_way_says_which_way(staff, logged, unodc, norway, saudi):
    sweden = make_partner("SWE")
    make_engagement(partners=[sweden], kind=Kind.TRAINING_RECEIVED)
    make_engagement(partners=[make_partner("MEET")], kind=Kind.BILATERAL_MEETING)

    lines = lines_of(of(staff))

    assert {code: one.one_way for code, one in lines.items() if one.one_way} == {
        "NOR": "given",
        "SAU": "given",
        "UNDP": "given",
        "SWE": "received",
    }


# What the reader may not read


def test_what_may_not_be_read_leaves_every_partner_as_it_is(staff, reader, norway, undp, saudi):
    make_engagement(partners=[norway], start=dt.date(2001, 5, 1), kind=Kind.TRAINING_RECEIVED)
    before = lines_of(of(reader))
    secret = {"sensitivity": Sensitivity.PROTECTED_A, "start": dt.date(2026, 5, 1)}
    make_engagement(partners=[norway, undp], kind=Kind.TRAINING_DELIVERED, **secret)
    make_engagement(
        partners=[norway], stage=Stage.APPROVED, **secret | {"start": dt.date(2099, 1, 1)}
    )
    make_engagement(partners=[saudi], stage=Stage.DRAFT, logged_by=staff)

    assert lines_of(of(reader)) == before
    assert set(lines_of(of(staff))) == {"NOR", "UN", "UNDP"}
    assert of(reader).sensitivity == 0
    assert of(staff).sensitivity == 1


# In order


def test_bodies_stand_under_those_above_them_in_every_order(staff, logged):
    found = of(staff)

    def order(sort):
        rows = found.opened(found.reached, sort)
        return [(one.partner.code, one.depth) for one in found.lines(rows)]

    assert order("name") == [
        ("NOR", 0), ("SAU", 0), ("UN", 0), ("UNDP", 1), ("ECOSOC", 1), ("UNODC", 2),
    ]  # fmt: skip
    assert order("number") == [
        ("UN", 0), ("ECOSOC", 1), ("UNODC", 2), ("UNDP", 1), ("NOR", 0), ("SAU", 0),
    ]  # fmt: skip
    assert order("last") == [
        ("UN", 0), ("UNDP", 1), ("ECOSOC", 1), ("UNODC", 2), ("NOR", 0), ("SAU", 0),
    ]  # fmt: skip


def test_those_above_stand_there_as_headings_of_what_is_looked_for(staff, logged):
    found = lines_of(of(staff), "new")

    assert {code: one.matches for code, one in found.items()} == {
        "NOR": True, "UN": False, "UNDP": True,
    }  # fmt: skip


@pytest.mark.parametrize("times", [1, 3])
def test_query_count_does_not_grow(staff, django_assert_num_queries, times):
    top = make_partner()
    for _ in range(times):
        make_engagement(partners=[make_partner(parent=top), make_partner(parent=top)])
        make_engagement(partners=[make_partner()])

    with django_assert_num_queries(4):
        found = of(staff)
    with django_assert_num_queries(2):
        assert len(lines_of(found)) == 3 * times + 1


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind in {*GIVEN, *RECEIVED}])
def test_all_that_was_given_or_received_is_itemised(staff, unodc, kind):
    with_role(unodc, Role.PARTICIPANT, kind=kind)

    found = line(staff, unodc)

    assert found.given.value + found.received.value == 1
    assert sum(figure.value for figure in found.pairs.values()) == 1
