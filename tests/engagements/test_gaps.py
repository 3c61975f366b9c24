"""What lacks something, and what starts in a month: each against engagements counted by hand."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from common.partial_dates import PartialDate, Precision
from engagements.gaps import Gap
from engagements.kinds import Stage
from engagements.models import Engagement
from tests.factories import make_country, make_engagement, make_partner

TODAY = dt.date(2026, 11, 22)
ONGOING = PartialDate(Precision.ONGOING)
NO_FIRST_OF_A_MONTH = [
    PartialDate.season(2026, "autumn"),
    PartialDate.year(2026),
    PartialDate.year(2026, about=True),
    PartialDate.fiscal(2027),
    PartialDate.unknown(),
]


def lacking(gap, today=TODAY):
    return set(Engagement.objects.lacking(gap, today))


def starting_in(month):
    return set(Engagement.objects.starting_in(month))


def test_an_outcome_is_due_60_days_after_the_last_day():
    due = make_engagement(start=TODAY - dt.timedelta(days=60))
    make_engagement(start=TODAY - dt.timedelta(days=59))
    make_engagement(start=TODAY - dt.timedelta(days=200), outcome="An exchange every year.")
    make_engagement(start=TODAY - dt.timedelta(days=200), stage=Stage.APPROVED)

    assert lacking(Gap.OUTCOME) == {due}


def test_an_outcome_is_due_only_once_the_last_day_it_can_be_is_long_gone():
    spring = make_engagement(start=PartialDate.season(2026, "spring"))
    make_engagement(start=PartialDate.season(2026, "autumn"))
    make_engagement(start=PartialDate.fiscal(2027))
    make_engagement(start=PartialDate.unknown())
    make_engagement(start=dt.date(2004, 5, 1), end=ONGOING)
    last_year = make_engagement(start=PartialDate.year(2025, about=True))

    assert lacking(Gap.OUTCOME) == {spring, last_year}


def test_what_is_planned_is_late_the_day_after_its_last_day():
    late = make_engagement(start=dt.date(2026, 11, 21), stage=Stage.SUBMITTED)
    make_engagement(start=dt.date(2026, 11, 22), stage=Stage.APPROVED)
    make_engagement(start=PartialDate.month(2026, 11), stage=Stage.APPROVED)
    make_engagement(start=dt.date(2026, 10, 1), end=ONGOING, stage=Stage.APPROVED)
    make_engagement(start=dt.date(2026, 10, 1))

    assert lacking(Gap.LATE) == {late}


def test_a_title_lacks_in_one_language():
    english = make_engagement(title_en="A visit", title_fr="")
    french = make_engagement(title_en="", title_fr="Une visite")
    make_engagement(title_en="A visit", title_fr="Une visite")

    assert (lacking(Gap.TITLE_FR), lacking(Gap.TITLE_EN)) == ({english}, {french})


def test_cost_and_people_are_lacking_where_they_are_not_given_and_not_where_they_are_none():
    blank = make_engagement()
    free = make_engagement(actual_cost=0, csc_participants=0)

    assert (lacking(Gap.COST), lacking(Gap.PEOPLE)) == ({blank}, {blank})
    assert free.actual_cost == 0


def test_country_and_partner_are_lacking_where_there_is_none():
    whole = make_engagement(countries=[make_country()], partners=[make_partner(), make_partner()])
    nowhere = make_engagement(partners=[make_partner()])
    alone = make_engagement(countries=[make_country()])

    assert (lacking(Gap.COUNTRY), lacking(Gap.PARTNER)) == ({nowhere}, {alone})
    assert whole not in lacking(Gap.COUNTRY) | lacking(Gap.PARTNER)


def test_a_partner_in_use_is_unverified_for_a_year_or_never_was():
    never, long_ago, lately, gone = (make_partner() for _ in range(4))
    long_ago.verified_on = dt.date(2025, 11, 22)
    lately.verified_on = dt.date(2025, 11, 23)
    gone.archived_at, gone.archive_reason = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), "Closed."
    for partner in (long_ago, lately, gone):
        partner.save()
    both = make_engagement(partners=[lately, never])
    old = make_engagement(partners=[long_ago])
    make_engagement(partners=[lately, gone])
    make_engagement()

    assert lacking(Gap.PARTNER_UNVERIFIED) == {both, old}


def test_a_draft_ages_30_days_after_it_was_saved_as_days_go_here(settings):
    here = ZoneInfo(settings.TIME_ZONE)
    last_moment = dt.datetime(2026, 10, 23, 23, 59, tzinfo=here)
    ageing = make_engagement(stage=Stage.DRAFT, changed_at=last_moment)
    make_engagement(stage=Stage.DRAFT, changed_at=last_moment + dt.timedelta(minutes=1))
    make_engagement(changed_at=last_moment)

    assert lacking(Gap.DRAFT_AGEING) == {ageing}


@pytest.mark.parametrize("gap", Gap.values)
def test_every_gap_has_its_condition(gap):
    assert lacking(gap) == set()


def test_starts_in_a_month_where_the_start_is_known_to_the_month():
    first, last = (
        make_engagement(start=dt.date(2026, 4, 1)),
        make_engagement(start=dt.date(2026, 4, 30)),
    )
    somewhere = make_engagement(start=PartialDate.month(2026, 4))
    make_engagement(start=dt.date(2026, 3, 31), end=PartialDate.day(dt.date(2026, 4, 2)))
    make_engagement(start=dt.date(2026, 5, 1))
    for date in NO_FIRST_OF_A_MONTH:
        make_engagement(start=date)

    assert starting_in(dt.date(2026, 4, 1)) == {first, last, somewhere}


def test_december_ends_before_january():
    december = make_engagement(start=dt.date(2026, 12, 31))
    make_engagement(start=dt.date(2027, 1, 1))

    assert starting_in(dt.date(2026, 12, 1)) == {december}


def test_the_rest_starts_in_no_known_month():
    make_engagement(start=dt.date(2026, 4, 1))
    make_engagement(start=PartialDate.month(2026, 4))
    vague = {make_engagement(start=date) for date in NO_FIRST_OF_A_MONTH}

    assert starting_in(None) == vague
